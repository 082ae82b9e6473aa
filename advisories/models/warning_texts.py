"""What a warning says in one language, and the forms that ask for each language once."""

from django.db import models
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable

from advisories.languages import not_spoken, repeated
from embassy.models import MissionSettings
from embassy.pages import MissionPageForm
from embassy.texts.invisible import refuse_invisible_in


class WarningForm(MissionPageForm):
    """Asks for one text per language, each language once, and for nothing that nobody sees."""

    def is_valid(self) -> bool:
        """Look at the languages of the texts once all their rows have been read."""
        valid = super().is_valid()
        rows = [row for formset in self.formsets.values() for row in formset.forms]
        valid = refuse_invisible_in([self, *rows]) and valid
        if "texts" in self.formsets and not any(self.formsets["texts"].errors):
            self.check_languages(self.texts_to_keep())
        return valid and not self.errors and not any(self.texts_errors())

    def texts_to_keep(self) -> list[ModelForm]:
        """Give the rows of the texts, without those that are deleted or were left empty."""
        rows = self.formsets["texts"].forms
        filled = [row for row in rows if row.has_changed() or row.instance.pk]
        return [row for row in filled if row.cleaned_data and not row.cleaned_data.get("DELETE")]

    def texts_errors(self) -> list:
        """Give what is refused of each text."""
        return self.formsets["texts"].errors if "texts" in self.formsets else []

    def check_languages(self, rows: list[ModelForm]) -> None:
        """Refuse no text at all, two in one language, and one that the mission does not speak."""
        if sentence := repeated([row.cleaned_data["language"] for row in rows]):
            self.add_error(None, sentence)
        site = self.mission_site()
        spoken = MissionSettings.for_site(site).languages if site else None
        for row in rows if spoken is not None else []:
            if sentence := not_spoken(row.cleaned_data["language"], spoken):
                row.add_error("language", sentence)


class AlertForm(WarningForm):
    """Names the page by the headline of its first text, so that nobody types it twice."""

    def save(self, commit: bool = True):
        """Take the headline over, into the stored row too where there is one."""
        page = super().save(commit=commit)
        headlines = [text.title for text in page.texts.all() if text.title]
        page.title = page.draft_title = (headlines or [page.title])[0]
        if commit:
            type(page).objects.filter(pk=page.pk).update(title=page.title, draft_title=page.title)
        return page


class WarningText(Orderable):
    """What a warning says in one language."""

    language = models.CharField(
        _("language"),
        max_length=10,
        help_text=_(
            "One text for each language. Times, places and level stand above, once for all."
        ),
    )

    class Meta(Orderable.Meta):
        abstract = True
