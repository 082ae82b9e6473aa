"""What one person may do to a page alone, and what of it needs a second one.

A draft that was never public is its writer's own, unless it was approved for a time to come.
Warnings are left out: what the public reads of them is decided by issues alone
(`docs/decisions/0009-warnings-by-two-people.md`).
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction, Revision

from embassy.acts import order
from embassy.models.requested_act import RequestedAct

Act = RequestedAct.Act


def with_all_below(page: Page) -> QuerySet[Page]:
    """Query a page and everything below it."""
    return Page.objects.filter(path__startswith=page.path)


def was_public(page: Page) -> bool:
    """Whether the public reads, or once could read, a page or one below it."""
    return with_all_below(page).filter(Q(live=True) | ~Q(first_published_at=None)).exists()


def is_public(page: Page) -> bool:
    """Whether a page or one below it is published now."""
    return with_all_below(page).filter(live=True).exists()


def will_be_public(page: Page) -> bool:
    """Whether a page or one below it was approved, to go out at a time."""
    keys = with_all_below(page).annotate(key=Cast("pk", TextField())).values("key")
    scheduled = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    return scheduled.filter(object_id__in=keys).exists()


def needs_two(page: Page, act: str) -> bool:
    """Whether one person alone may not do this to a page."""
    model = page.specific_class
    if model is None or not getattr(model, "is_shown_as_stored", False):
        return False
    if act == Act.UNPUBLISH:
        return Page.objects.filter(pk=page.pk, live=True).exists()
    if act in (Act.UNSCHEDULE, Act.ORDER):
        return True
    known = was_public(page) if act == Act.DELETE else is_public(page)
    return known or will_be_public(page)


def refuse_alone(page: Page, act: str, user) -> None:
    """Refuse what an account does to a page without a second one; programs name no account."""
    if user is None or not needs_two(page, act):
        return
    if not RequestedAct.objects.let(page, act):
        raise PermissionDenied(_("This needs a second person. Ask for it in the staff pages."))


def guard_restrictions() -> None:
    """Have what restricts who reads a page refuse one account alone, as the pages do.

    The model is Wagtail's own, of which no other class can be made; safe to call again.
    """
    for name in ("save", "delete"):
        theirs = getattr(PageViewRestriction, name)
        if not hasattr(theirs, "__wrapped__"):
            setattr(PageViewRestriction, name, seconded(theirs))


def seconded(theirs: Callable) -> Callable:
    """Give a step of a restriction that first looks at who takes it."""

    @wraps(theirs)
    def step(self: PageViewRestriction, *args, user=None, **kwargs):
        if user is not None and issubclass(self.page.specific_class or Page, SilencedByTwo):
            refuse_alone(self.page, Act.PRIVACY, user)
        return theirs(self, *args, user=user, **kwargs)

    return step


class SilencedByTwo:
    """Mixin for pages: what silences or moves them takes two people, whoever calls it.

    Programs name no account, and nobody stands in their way.
    """

    def unpublish(self, *args, user=None, **kwargs):
        """Refuse one account alone."""
        refuse_alone(self, Act.UNPUBLISH, user)
        return super().unpublish(*args, user=user, **kwargs)

    def move(self, target, pos=None, user=None):
        """Refuse one account alone; within its list, what changes the order that readers see."""
        parent = target if pos and pos.endswith("-child") else target.get_parent()
        if parent != self.get_parent():
            refuse_alone(self, Act.MOVE, user)
        elif user is not None and order.changes(self, target, pos):
            refuse_alone(parent, Act.ORDER, user)
        return super().move(target, pos=pos, user=user)

    @transaction.atomic
    def delete(self, *args, user=None, **kwargs):
        """Refuse one account alone; of what is refused on the way the log says nothing."""
        refuse_alone(self, Act.DELETE, user)
        return super().delete(*args, user=user, **kwargs)

    def copy(self, *args, user=None, keep_live=True, **kwargs):
        """Let what an account copies be a draft: it goes out as every draft does."""
        return super().copy(*args, user=user, keep_live=keep_live and user is None, **kwargs)

    def create_alias(self, *args, user=None, **kwargs):
        """Refuse an account: an alias is public at once, at an address that nobody confirmed."""
        if user is not None:
            raise PermissionDenied
        return super().create_alias(*args, user=user, **kwargs)
