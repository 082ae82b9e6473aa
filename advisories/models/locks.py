"""What Wagtail's own screens may do with a warning: write its words while they are under way."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock
from wagtail.models import PagePermissionTester

from advisories.models.clearance import Clearance
from advisories.models.issue import Issue
from advisories.vocabulary import Right, State
from embassy.approval import has_right
from embassy.mission.belonging import site_of


class WarningLock(BaseLock):
    """Keeps everybody from changing words that wait for approval or were issued."""

    @cached_property
    def message(self) -> str:
        """Why the words cannot be changed now; empty when they can."""
        clearance = Clearance.objects.filter(page_id=self.object.pk).first()
        if clearance is None or clearance.state in (State.DRAFT, State.RETURNED):
            return ""
        if clearance.state == State.REVIEW:
            return _("This waits for approval and cannot be changed. Withdraw it first.")
        return _("This was issued and cannot be changed here.")

    def for_user(self, user) -> bool:
        """It holds for everybody."""
        return bool(self.message)

    def get_message(self, user) -> str:
        """Say what to do instead, and where."""
        link = (reverse("warnings_desk", args=[self.object.pk]), _("Go to its desk"))
        return format_html('{} <a href="{}">{}</a>', self.message, *link)


class WarningPermissions(PagePermissionTester):
    """Leaves writing to Wagtail; sending and silencing go through the warning's own steps."""

    def can_write(self) -> bool:
        """Whether the account may write this mission's warnings."""
        site = site_of(self.page)
        return site is not None and has_right(self.user, site, "advisories", Right.WRITE)

    def can_edit(self) -> bool:
        """Only who may write warnings opens their editor."""
        return super().can_edit() and self.can_write()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """A draft that was never issued may go; while it waits, `staying` says what comes first."""
        issued = Issue.objects.filter(page_id=self.page.pk).exists()
        return not issued and super().can_delete(ignore_bulk) and self.can_write()

    def never(self) -> bool:
        """What no account does to a warning from Wagtail's screens."""
        return False

    can_copy = can_publish = can_unpublish = can_unschedule = can_publish_subpage = never
    can_set_view_restrictions = can_lock = can_unlock = can_submit_for_moderation = never
    can_reorder_children = never
