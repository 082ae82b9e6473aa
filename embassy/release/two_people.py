"""What makes a page go out by two people: its permissions, its workflow, and where it is stored."""

from wagtail.models import PagePermissionTester, Workflow

from embassy.mission.belonging import site_of
from embassy.release import publishing


class TwoPeoplePermissions(PagePermissionTester):
    """What an account may do with a page: nobody publishes what was just typed (`publishing`)."""

    def can_publish(self) -> bool:
        """Not from the editor: words go out when a second person approves them."""
        return False

    can_publish_subpage = can_publish

    def holds_publish(self) -> bool:
        """Whether the account has the right that Wagtail calls publishing."""
        return super().can_publish()

    can_set_view_restrictions = can_unschedule = holds_publish


class StaysPermissions(TwoPeoplePermissions):
    """For a page that the rest stands on: words may change, but nobody takes it off the site."""

    def never(self) -> bool:
        """What no account does to it from Wagtail's screens."""
        return False

    can_copy = can_unpublish = can_unschedule = can_set_view_restrictions = never

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """It goes with its mission only; a draft with nothing below it nobody has read."""
        is_mere_draft = self.page.first_published_at is None and self.page.is_leaf()
        return is_mere_draft and super().can_delete(ignore_bulk)


class TwoPeople:
    """Mixin for pages: whoever wrote words since they were public does not let them out."""

    approved_by: tuple[str, ...] = ("public_affairs", "approver")
    """The roles that let out pages of a type; none where words go out in another way."""

    def permissions_for_user(self, user) -> PagePermissionTester:
        """Say what an account may do here; letting words out takes two."""
        return TwoPeoplePermissions(user, self)

    def get_workflow(self) -> Workflow | None:
        """Give the mission's one workflow; none where words go out in another way."""
        return publishing.workflow_of(site_of(self)) if self.approved_by else None

    def save_revision(self, user=None, previous_revision=None, overwrite_revision=None, **how):
        """Store words under way and who wrote them, never over words that were let out."""
        again = {"previous_revision": previous_revision, "overwrite_revision": overwrite_revision}
        if not self.approved_by:
            return super().save_revision(user=user, **again, **how)
        with publishing.held(self):
            if overwrite_revision is not None and publishing.is_let_out(overwrite_revision):
                again["overwrite_revision"] = None
            revision = super().save_revision(user=user, **again, **how)
            by = None if publishing.says_the_same(self, revision) else user
            publishing.has_written(self, by, revision, previous_revision)
        return revision

    def publish(self, revision, user=None, **how):
        """Publish a revision; an account publishes only what it approved as a second person."""
        if not self.approved_by:
            return super().publish(revision, user=user, **how)
        with publishing.held(self):
            if user is not None:
                publishing.refuse_alone(self, revision, user)
                how["skip_permission_checks"] = True  # Wagtail asks whether one may do it alone
            super().publish(revision, user=user, **how)
            publishing.went_out(self, revision)
        return None
