"""What a warning says in one language, and the form that asks for each language once."""

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable, Revision

from advisories.languages import not_spoken, repeated
from embassy.clocks import in_words
from embassy.invisible import refuse_invisible_in
from embassy.models import MissionSettings
from embassy.pages import MissionPageForm

STORED_SINCE = _(
    "%(who)s stored other words at this time: %(when)s. That was after you opened the editor, so "
    "nothing of yours was stored. Compare with the history, then save again."
)


class WarningForm(MissionPageForm):
    """Asks for one text per language, each language once, and for nothing that nobody sees."""

    def is_valid(self) -> bool:
        """Look at the languages of the texts once all their rows have been read."""
        valid = super().is_valid()
        rows = [row for formset in self.formsets.values() for row in formset.forms]
        valid = refuse_invisible_in([self, *rows]) and valid
        self.refuse_older()
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

    def refuse_older(self) -> None:
        """Refuse a form that was opened before somebody else stored the words they have now."""
        latest = self.instance.get_latest_revision() if self.instance.pk else None
        if not latest or latest.user_id == getattr(self.for_user, "pk", None):
            return
        if self.is_older_than(latest) and not self.has_error(None, code="older"):
            when = in_words(latest.created_at, self.mission_zone())
            named = {"who": latest.user or _("Somebody"), "when": when}
            self.add_error(None, ValidationError(STORED_SINCE, code="older", params=named))

    def is_older_than(self, latest: Revision) -> bool:
        """Say whether the form was sent with the marks of other words than the latest ones."""
        if own := self.data.get("overwrite_revision_id"):  # stored while it was being typed
            return own != str(latest.pk)
        opened = self.data.get("loaded_revision_id")
        at = self.data.get("loaded_revision_created_at") or latest.created_at.isoformat()
        return bool(opened) and (opened, at) != (str(latest.pk), latest.created_at.isoformat())

    def check_languages(self, rows: list[ModelForm]) -> None:
        """Refuse no text at all, two in one language, and one that the mission does not speak."""
        if sentence := repeated([row.cleaned_data["language"] for row in rows]):
            self.add_error(None, sentence)
        site = self.mission_site()
        spoken = MissionSettings.for_site(site).languages if site else None
        for row in rows if spoken is not None else []:
            if sentence := not_spoken(row.cleaned_data["language"], spoken):
                row.add_error("language", sentence)


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
