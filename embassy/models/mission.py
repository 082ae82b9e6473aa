"""What the site knows of its mission as facts: who, where, when open; words stand on pages."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page
from wagtail.permission_policies.sites import SitePermissionPolicy

from embassy.countries import COUNTRIES
from embassy.fields import ChoicesField, TextsField, unsaid_in
from embassy.models.scoped import Fact, FactForm
from embassy.texts.numbers import is_contact_address
from embassy.vocabulary import TIME_ZONES, calendars

_language_checks: list[Callable[["MissionSettings"], None]] = []


def check_of_languages(check: Callable[["MissionSettings"], None]):
    """Register what must hold of a mission's languages for an app that speaks them."""
    _language_checks.append(check)
    return check


STATE_CODE_HELP = _("Two letters of ISO 3166-1, like ML: maps know the state by them.")


@register_setting(icon="site", order=10)
class MissionSettings(Fact, BaseSiteSetting, ClusterableModel):
    """One mission: sending and host state, city, address, languages, hours and social pages."""

    name = TextsField(_("name"), help_text=_("As people say it: “U.S. Embassy in Bamako”."))
    formal_name = TextsField(
        _("formal name"),
        blank=True,
        help_text=_("As on the letterhead. Empty means the name above."),
    )
    sending_state = TextsField(_("sending state"), help_text=_("The state whose mission this is."))
    sending_state_code = models.CharField(_("its ISO code"), max_length=2, default="US")
    host_state = TextsField(_("host state"), help_text=_("The state in which the mission works."))
    host_state_code = models.CharField(_("its ISO code"), max_length=2, default="ML")
    city = TextsField(_("city"), help_text=_("The city in which it stands, in each language."))
    address = models.TextField(
        _("address"),
        blank=True,
        help_text=_("As on an envelope, one line a row, without the state."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("In degrees, like 12.6392; south of the equator with a minus sign."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("In degrees, like -8.0029; west of Greenwich with a minus sign."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        choices=TIME_ZONES,
        default="UTC",
        help_text=_("The clock of the mission: the times of alerts are written and read on it."),
    )
    first_language = models.CharField(
        _("first language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default="en",
        help_text=_("Readers of a language the mission does not speak are led to this one."),
    )
    languages = ChoicesField(
        verbose_name=_("languages"),
        choices_of=settings.LANGUAGES,
        help_text=_("The languages in which the public is addressed, warnings above all."),
    )
    holiday_calendars = ChoicesField(
        verbose_name=_("closed on holidays of"),
        choices_of=calendars,
        blank=True,
        help_text=_("The mission is closed on the public holidays of these countries."),
    )
    show_government_banner = models.BooleanField(
        _("show “An official website of the United States government”"),
        default=False,
        help_text=_("Only a site on a real .gov address may show it."),
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection",
        verbose_name=_("files"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    worldwide_caution_url = models.URLField(
        _("Worldwide Caution page"),
        blank=True,
        help_text=_("Linked at the foot of every page. Leave it empty for no link."),
    )
    security_contact = models.CharField(
        _("security contact"),
        max_length=200,
        blank=True,
        help_text=_("Where to report a weakness of this site: mailto: or https: address."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("formal_name"),
                FieldPanel("sending_state"),
                FieldPanel("sending_state_code", help_text=STATE_CODE_HELP),
                FieldPanel("host_state"),
                FieldPanel("host_state_code", help_text=STATE_CODE_HELP),
            ],
            heading=_("Who"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("city"),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("time_zone"),
            ],
            heading=_("Where"),
        ),
        FieldPanel("first_language"),
        FieldPanel("languages"),
        FieldPanel("holiday_calendars"),
        InlinePanel("service_hours", label=_("service"), heading=_("Hours of services")),
        InlinePanel("social_pages", label=_("social page"), heading=_("Social pages")),
        FieldPanel("worldwide_caution_url"),
        FieldPanel("security_contact"),
        FieldPanel("show_government_banner"),
        FieldPanel("why"),
    ]

    base_form_class = FactForm

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")

    @classmethod
    def get_permission_policy(cls):
        """Editing is granted mission by mission."""
        return SitePermissionPolicy(cls)

    @classmethod
    def for_site(cls, site) -> "MissionSettings":
        """Give a mission's settings, read once for each `Site` object (one a request)."""
        if not hasattr(site, "_mission_settings"):
            found = super().for_site(site)
            if not hasattr(found, "facts_version"):  # made just now, so not read with its version
                found = cls.base_queryset().get(pk=found.pk)
            found.site = site  # what is known need not be asked again
            site._mission_settings = found
        return site._mission_settings

    @classmethod
    def base_queryset(cls):
        """Read the version of the facts and the home pages along with the settings."""
        return cls.whole().all()

    @classmethod
    @cache
    def whole(cls):
        """Put the question together that every request asks a copy of."""
        version = FactsVersion.objects.values("version")[:1]
        return (
            super()
            .base_queryset()
            .annotate(facts_version=models.Subquery(version), homes=ArraySubquery(homes()))
        )

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Refuse what the site could not use, each fault at its field."""
        self.sending_state_code = self.sending_state_code.upper()
        self.host_state_code = self.host_state_code.upper()
        errors = {
            name: _("Give the state's two letters of ISO 3166-1, like US, FR or ML.")
            for name in ("sending_state_code", "host_state_code")
            if getattr(self, name) not in COUNTRIES
        }
        if self.languages and self.first_language not in self.languages:
            errors["first_language"] = _("Tick this language among the languages too.")
        errors |= unsaid_in(self.first_language, self)
        if (self.latitude is None) != (self.longitude is None):
            errors["latitude"] = _("Give both latitude and longitude, or neither.")
        if self.security_contact and not is_contact_address(self.security_contact):
            errors["security_contact"] = _(
                "Begin with mailto: or https:, like mailto:security@example.org."
            )
        if errors:
            raise ValidationError(errors)
        for check in _language_checks:
            check(self)

    def has_home_in(self, language: str, home) -> bool:
        """Whether a home page found for a language is in it, or stands in for a missing one.

        Wagtail gives the home page of the first language where a language has none of its own.
        """
        return home.pk != self.site.root_page_id or language == self.first_language

    @property
    def name_with_place(self) -> str:
        """The whole name and where that is; a city that the name has is not said again."""
        name, city = str(self.formal_name or self.name), str(self.city)
        return ", ".join([name, *([] if city in name else [city]), str(self.host_state)])

    @property
    def address_lines(self) -> list[str]:
        """The address, a line each."""
        return [line.strip() for line in self.address.splitlines() if line.strip()]

    @property
    def address_in_words(self) -> str:
        """Whose address it is and the address, for search."""
        texts = (self.name, self.formal_name, self.city, self.host_state)
        return " ".join([*self.address_lines, *(one for text in texts for one in text.searched())])


def homes() -> models.QuerySet:
    """Query a mission's home pages, one for each language that has pages, as JSON objects."""
    pages = Page.objects.filter(translation_key=models.OuterRef("site__root_page__translation_key"))
    names = ("id", "path", "depth", "url_path", "slug", "live", "locale_id", "content_type_id")
    fields = {name: name for name in names} | {"language": "locale__language_code"}
    return pages.filter(homepage__isnull=False).order_by("pk").values(row=JSONObject(**fields))


class FactsVersion(models.Model):
    """The single row that a database trigger changes whenever any mission's facts change."""

    version = models.UUIDField()

    class Meta:
        verbose_name = _("version of the facts")

    def __str__(self) -> str:
        return str(self.version)
