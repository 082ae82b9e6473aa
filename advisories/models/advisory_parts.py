"""What a travel advisory consists of besides its facts: texts, areas, whom to call."""

import re

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.rich_text import get_text_for_indexing

from advisories.models.warning_texts import WarningText
from advisories.vocabulary import Level
from embassy.blocks import PROSE, Prose
from embassy.fields import TextsField
from embassy.models import Place
from embassy.pages import PageContact

PAGE = "advisories.TravelAdvisoryPage"


class AdviceBlock(blocks.StructBlock):
    """What an advisory says under one heading."""

    heading = blocks.CharBlock(max_length=120, label=_("heading"))
    text = Prose(features=PROSE, label=_("text"))

    class Meta:
        icon = "warning"
        label = _("Advice")
        help_text = _("One heading of the advisory: what the risk is, then what to do.")
        preview_value = {"heading": "Crime", "text": "<p>Stay alert.</p>"}


class AdvisoryText(WarningText):
    """The advisory in one language."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(
        _("title"), max_length=200, help_text=_("The heading of the advisory in this language.")
    )
    summary = RichTextField(
        _("summary"),
        features=PROSE,
        help_text=_("What a traveler must know first, in a few sentences."),
    )
    posture = RichTextField(
        _("changes of posture"),
        blank=True,
        features=PROSE,
        help_text=_("Ordered departure and its end, with their dates."),
    )
    staff_rules = RichTextField(
        _("rules for mission staff"),
        blank=True,
        features=PROSE,
        help_text=_("What staff are told, the public is told."),
    )
    advice = StreamField(
        [("advice", AdviceBlock())],
        verbose_name=_("advice"),
        blank=True,
        help_text=_("A block for each heading: what the risk is, then what to do."),
    )

    panels = [
        FieldPanel("language", widget=forms.Select(choices=settings.LANGUAGES)),
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("posture"),
        FieldPanel("staff_rules"),
        FieldPanel("advice"),
    ]

    class Meta(WarningText.Meta):
        verbose_name = _("text of a travel advisory")

    def parts(self) -> list[tuple[str, str]]:
        """Give what it says as plain text, each part with what it is called."""
        named = [(name, getattr(self, name)) for name in ("summary", "posture", "staff_rules")]
        prose = [(str(self._meta.get_field(name).verbose_name), html) for name, html in named]
        prose += [(block.value["heading"], block.value["text"].source) for block in self.advice]
        headings = " ".join(block.value["heading"] for block in self.advice)
        heads = [(str(_("title")), self.title), (str(_("heading")), headings)]
        return heads + [(heading, words_and_calls(html)) for heading, html in prose]


def words_and_calls(html: str) -> str:
    """Give the words of rich text, and what its links would call."""
    calls = re.findall(r'href="tel:([^"]*)"', html)
    return " ; ".join([get_text_for_indexing(html), *calls])


class AdvisoryContact(PageContact):
    """Whom readers of the advisory can call."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="contact_rows")


class AdvisoryArea(Orderable):
    """The level in a part of the country, where it differs from that of the whole."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="area_rows")
    place = models.ForeignKey(
        Place,
        verbose_name=_("area"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("A place that is missing is made under Mission facts, Places."),
    )
    level = models.PositiveSmallIntegerField(
        _("level"), choices=Level.choices, help_text=_("The level of this area alone.")
    )
    note = TextsField(_("note"), blank=True, help_text=_("What to do there, in a few words."))

    panels = [
        FieldRowPanel([FieldPanel("place"), FieldPanel("level")]),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("level of an area")
