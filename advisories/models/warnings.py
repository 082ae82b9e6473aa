"""What advisories and alerts share: one record for all languages, shown as it was issued."""

from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable
from wagtail.search import index

from advisories.models.issued import Issued, digest
from embassy.languages import with_prefix, without_prefix
from embassy.models import MissionSettings
from embassy.pages import BasePage, MissionPageForm, site_of


class WarningForm(MissionPageForm):
    """Asks for one text per language, each language once."""

    def is_valid(self) -> bool:
        """Look at the languages of the texts once all their rows have been read."""
        valid = super().is_valid()
        if "texts" in self.formsets and not any(self.formsets["texts"].errors):
            rows = [
                form.cleaned_data
                for form in self.formsets["texts"].forms
                if form.has_changed() or form.instance.pk
            ]
            self.check_languages([r["language"] for r in rows if r and not r.get("DELETE")])
        return valid and not self.errors

    def check_languages(self, languages: list[str]) -> None:
        """Refuse no text at all, and two texts in one language."""
        if not languages:
            self.add_error(None, _("Write the text in at least one language."))
        elif len(set(languages)) != len(languages):
            self.add_error(None, _("There are two texts in one language. Keep one of them."))


class WarningText(Orderable):
    """What a warning says in one language."""

    language = models.CharField(_("language"), max_length=10)

    class Meta(Orderable.Meta):
        abstract = True


class WarningPage(BasePage):
    """A warning: state and facts once, texts per language; readers see the issued row."""

    in_all_languages = True
    base_form_class = WarningForm

    search_fields = [*BasePage.search_fields, index.SearchField("issued_text")]

    class Meta:
        abstract = True

    @property
    def issued_text(self) -> str:
        """The words in force in all languages, for search."""
        return " ".join(row.plain_text for row in Issued.objects.current_of(self))

    def issued_for(self, language: str) -> Issued | None:
        """Give the current issued row in a language, or else in the first that there is."""
        rows = list(Issued.objects.current_of(self))
        return next((row for row in rows if row.language == language), rows[0] if rows else None)

    def title_in(self, language: str) -> str:
        """Give the headline that readers of a language see: the issued one."""
        row = self.issued_for(language)
        return row.title if row else super().title_in(language)

    def summary_in(self, language: str) -> str:
        """Give the page's summary in its own language, in others how the issued text begins."""
        if self.locale.language_code == language and self.summary:
            return self.summary
        row = self.issued_for(language)
        return row.opening if row and row.language == language else ""

    def get_context(self, request, *args, **kwargs) -> dict:
        """Show the issued row; a preview shows what would be issued."""
        context = super().get_context(request, *args, **kwargs)
        language = get_language()
        if getattr(request, "is_preview", False):
            context["warning"] = self.draft_in(language)
        else:
            context["warning"] = self.issued_for(language)
        if context["warning"] is None:
            raise Http404
        context["is_other_language"] = context["warning"].language != language
        context["now"] = timezone.now()
        return context

    def draft_in(self, language: str) -> Issued | None:
        """Give an unsaved row of the draft as it stands, for previews."""
        rows = self.freeze(timezone.now())
        return next((row for row in rows if row.language == language), rows[0] if rows else None)

    def freeze(self, at) -> list[Issued]:
        """Give unsaved rows with everything a face shows, one per language of the warning."""
        rows = []
        for text in self.texts.all():
            with override(text.language):
                content = self.content_in(text)
            row = Issued(
                site=site_of(self if self.path else self.get_parent()),
                page=self,
                kind=self.issued_kind,
                language=text.language,
                issued_at=at,
                content=content,
                sha256=digest(content, text.language),
                **{"effective": at, **self.times(at)},
            )
            rows.append(row)
        return rows

    def get_sitemap_urls(self, request=None) -> list[dict]:
        """Give the address in each of the mission's languages."""
        return urls_in_all_languages(self, super().get_sitemap_urls(request), request)


def urls_in_all_languages(page, entries: list[dict], request) -> list[dict]:
    """Repeat a page's sitemap entry below the prefix of each language of its mission."""
    mission = MissionSettings.for_request(request)
    path = without_prefix(page.get_url(request))
    return [
        {**entry, "location": request.build_absolute_uri(with_prefix(path, code))}
        for entry in entries
        for code in mission.languages
    ]
