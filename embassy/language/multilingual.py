"""Pages that are one record in all languages of their mission."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from embassy.fields import TextsField


class InAllLanguages(models.Model):
    """A page that is one record in all languages: its title and summary in each of them."""

    in_all_languages = True

    titles = TextsField(
        _("title in each language"),
        blank=True,
        help_text=_("As menus and lists show it; empty means the title above."),
    )
    summaries = TextsField(
        _("summary in each language"),
        blank=True,
        help_text=_("One or two plain sentences for lists and search."),
    )

    titles_search_fields = [
        index.SearchField("titles", boost=2),
        index.SearchField("summaries"),
    ]
    titles_panels = [FieldPanel("titles"), FieldPanel("summaries")]

    class Meta:
        abstract = True

    def title_in(self, language: str) -> str:
        """Give the title in a language, or else the page's own."""
        return self.titles.get(language) or self.title

    def summary_in(self, language: str) -> str:
        """Give the summary in a language; nothing rather than one in another language."""
        own = self.summary if self.locale.language_code == language else ""
        return self.summaries.get(language) or own

    def text_in(self, language: str) -> str:
        """Give what search finds it by in one language: nothing of the others."""
        own = (self.titles.get(language, ""), self.summaries.get(language, ""))
        return " ".join([super().text_in(language), *own])
