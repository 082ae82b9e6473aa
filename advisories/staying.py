"""Warnings that nobody takes away: those that were issued, and those that wait for approval.

What was issued the database itself keeps (`Issue` protects its page). What waits stays until it is
returned or taken back, so that neither its writer nor its approver looks for it in vain.
"""

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.signals import pre_page_move

from advisories.models import Clearance, Issued
from advisories.vocabulary import State


def why_not_deleted(page) -> str:
    """Say why a page is not deleted, with all below it; empty when it may be."""
    if Issued.objects.filter(page__path__startswith=page.path).exists():
        return _(
            "“%(page)s” was issued and stays on record. Cancel it, or give the all clear, to end "
            "it."
        ) % {"page": page.title}
    return why_not_moved(page)


def why_not_moved(page) -> str:
    """Say which warning at or below a page waits for approval; empty when none does."""
    below = Clearance.objects.filter(page__path__startswith=page.path).awaiting()
    waiting = below.select_related("page").first()
    return waits(waiting) if waiting else ""


def waits(clearance: Clearance) -> str:
    """Say what comes first."""
    return _(
        "“%(page)s” waits for approval and stays where it is. Return it or take it back first: "
        "its desk under Warnings has the buttons."
    ) % {"page": clearance.page.draft_title}


@receiver(pre_delete, sender=Clearance, dispatch_uid="advisories.staying.deleted")
def keep_what_waits(sender, instance: Clearance, **kwargs) -> None:
    """Refuse to delete a warning that waits, whatever is deleted that it goes with."""
    now = Clearance.objects.select_for_update().filter(pk=instance.pk, state=State.REVIEW)
    if now.first():
        raise PermissionDenied(waits(instance))


@receiver(pre_page_move, dispatch_uid="advisories.staying.moved")
def keep_what_waits_in_its_place(
    sender, instance, parent_page_before, parent_page_after, **kwargs
) -> None:
    """Refuse to put it below another page, alone or with what it stands under."""
    if parent_page_before.pk == parent_page_after.pk:
        return
    if refusal := why_not_moved(instance):
        raise PermissionDenied(refusal)
