"""What a warning says in one language, and the form that asks for each language once."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable

from embassy.invisible import refuse_invisible_in
from embassy.pages import MissionPageForm


class WarningForm(MissionPageForm):
    """Asks for one text per language, each language once, and for nothing that nobody sees."""

    def is_valid(self) -> bool:
        """Look at the languages of the texts once all their rows have been read."""
        valid = super().is_valid()
        rows = [row for formset in self.formsets.values() for row in formset.forms]
        valid = refuse_invisible_in([self, *rows]) and valid
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

    language = models.CharField(
        _("language"),
        max_length=10,
        help_text=_(
            "One text for each language. Times, places and level stand above, once for all."
        ),
    )

    class Meta(Orderable.Meta):
        abstract = True
