"""Nobody stores words over a colleague's that they have not seen: they are told of them first."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from embassy.clock.clocks import in_words

STORED_SINCE = _(
    "%(who)s stored other words at this time: %(when)s. That was after you opened the editor, so "
    "nothing of yours was stored. Compare with the history, then save again."
)


class NotOverNewer:
    """Mixin for the forms of pages: refuses words typed over older ones than there are now.

    A form that does not say what was opened counts as old: a page had no version yet, or forged.
    What was typed stays in the form, which from then on counts as opened at the newer words.
    """

    stored_since: Revision | None = None
    opened: str = ""

    def is_valid(self) -> bool:
        """Look at what was stored meanwhile, whatever else is wrong."""
        valid = super().is_valid()
        if self.is_bound:
            self.refuse_older()
        return valid and not self.errors

    def refuse_older(self) -> None:
        """Refuse a form that was opened before somebody else stored the words there are now."""
        latest = self.instance.get_latest_revision() if self.instance.pk else None
        if not latest or latest.user_id == getattr(self.for_user, "pk", None):
            return
        if self.is_older_than(latest) and not self.has_error(None, code="older"):
            when = in_words(latest.created_at, self.mission_zone())
            named = {"who": latest.user or _("Somebody"), "when": when}
            self.stored_since = latest
            self.add_error(None, ValidationError(STORED_SINCE, code="older", params=named))

    def is_older_than(self, latest: Revision) -> bool:
        """Say whether the form was sent with the marks of other words than the latest ones."""
        if own := self.data.get("overwrite_revision_id"):  # stored while it was being typed
            self.opened = own
            return own != str(latest.pk)
        self.opened = self.data.get("loaded_revision_id") or ""
        marks = (self.opened, self.data.get("loaded_revision_created_at"))
        return marks != (str(latest.pk), latest.created_at.isoformat())

    def comparison(self) -> str:
        """Give where what was opened and what a colleague stored stand side by side."""
        page, latest = self.instance, self.stored_since
        is_known = self.opened.isdecimal() and len(self.opened) < 19
        versions = page.revisions.exclude(pk=latest.pk)
        if is_known and versions.filter(pk=self.opened).exists():
            both = [page.pk, self.opened, latest.pk]
            return reverse("wagtailadmin_pages:revisions_compare", args=both)
        return reverse("wagtailadmin_pages:history", args=[page.pk])
