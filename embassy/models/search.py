"""What search knows beside pages: the words of a mission's pages, and what staff put first."""

from django.conf import settings
from django.contrib.postgres.indexes import GistIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from embassy.language.languages import language_name
from embassy.models.scoped import Fact, Scoped, ScopedQuerySet, SitePanel
from embassy.search.asked import has_words
from embassy.search.languages import config_for

LONGEST_WORD = 40


class SearchWord(models.Model):
    """A word on pages of a mission in a language, for those who misspell it.

    It says nothing of whether such a page is public: that is looked at before it is shown.
    """

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    word = models.CharField(max_length=LONGEST_WORD)
    """In small letters without accents, as it is compared."""
    written = models.CharField(max_length=LONGEST_WORD)
    """As a page writes it, in small letters."""

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["site", "language", "word"], name="a_word_once_per_mission_and_language"
            )
        ]
        indexes = [
            GistIndex(fields=["word"], name="search_word_nearest", opclasses=["gist_trgm_ops"])
        ]

    def __str__(self) -> str:
        return self.written


ASKS_FOR = """
EXISTS (
    SELECT FROM unnest(string_to_array(embassy_promotedresult.words, ',')) AS one (phrase)
    WHERE to_tsvector(%s::regconfig, %s) @@ plainto_tsquery(%s::regconfig, one.phrase) AND (
        btrim(one.phrase) !~ '\\s' OR numnode(plainto_tsquery(%s::regconfig, one.phrase)) > 1
        OR to_tsvector('simple', %s) @@ phraseto_tsquery('simple', one.phrase)
    )
)
"""  # a group of which one word alone counts (“how to get there”) is asked for as it is written


class PromotedResultQuerySet(ScopedQuerySet):
    """What staff put first."""

    def asked_for(self, words: str, language: str) -> "PromotedResultQuerySet":
        """Keep those one of whose phrases a reader of a language asks for: all its words."""
        config = config_for(language)
        asks = RawSQL(
            ASKS_FOR, [config, words, config, config, words], output_field=models.BooleanField()
        )
        return self.filter(language=language).alias(asks=asks).filter(asks=True)


class PromotedResult(Fact, Scoped):
    """A page that readers find first when they search for certain words."""

    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language in which readers search."),
    )
    words = models.CharField(
        _("words searched for"),
        max_length=500,
        help_text=_(
            "Words, or groups of words, with commas between: “lost passport, stolen passport”. "
            "Whoever searches for all the words of a group, in any form, finds the page first."
        ),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("In that language. Readers find it while it is published, for everybody."),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Smaller numbers come first in lists.")
    )

    objects = PromotedResultQuerySet.as_manager()

    panels = [
        SitePanel(),
        FieldPanel("words"),
        FieldPanel("page"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("sort_order")]),
        FieldPanel("why"),
    ]

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("promoted search result")
        verbose_name_plural = _("promoted search results")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "language", "page"],
                name="a_page_promoted_once_per_language",
                violation_error_message=_(
                    "This page is promoted in this language already. Add the words there."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Take only words that can be searched for, and a page that such readers find."""
        errors = {}
        phrases = [" ".join(phrase.split()) for phrase in (self.words or "").split(",")]
        phrases = [phrase for phrase in phrases if phrase]
        useless = [phrase for phrase in phrases if not has_words(phrase, self.language)]
        if useless or not phrases:
            errors["words"] = _(
                "Give words that say what is looked for; “the”, “and” and signs alone find nothing."
            )
        self.words = ", ".join(phrases)
        if self.page_id and not self.is_in_language:
            errors["page"] = _("Choose a page in this language: %(language)s.") % {
                "language": language_name(self.language)
            }
        if errors:
            raise ValidationError(errors)

    @property
    def is_in_language(self) -> bool:
        """Whether readers of the language find the page in it."""
        own_type = self.page.specific_class
        if getattr(own_type, "in_all_languages", False):
            return True
        return self.page.locale.language_code == self.language
