"""The staff pages around warnings: what was issued stays on record."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from advisories.models import Issued


def is_on_record(page) -> bool:
    """Whether a page or one below it was issued as a warning."""
    return Issued.objects.filter(page__path__startswith=page.path).exists()


@hooks.register("register_log_actions")
def name_the_steps(actions) -> None:
    """Name every step of a warning's life in the log of its page."""
    for name, (label, message) in STEPS.items():
        actions.register_action(f"advisories.{name}", label, message)


STEPS = {
    "submit": (_("Submit for approval"), _("Submitted for approval")),
    "withdraw": (_("Withdraw"), _("Taken back to be written on")),
    "return": (_("Return"), _("Returned to be written on")),
    "approve": (_("Approve"), _("Approved and issued")),
    "break_glass": (_("Issue alone"), _("Issued by one officer alone")),
    "confirm": (_("Confirm"), _("Confirmed by a second officer")),
    "reopen": (_("Update"), _("Opened for an update")),
    "end": (_("End or review"), _("Its end, or its review, submitted for approval")),
    "discard": (_("Discard"), _("Update discarded")),
}


@hooks.register("before_delete_page")
def keep_what_was_issued(request, page):
    """Refuse to delete issued warnings, with a sentence that says what to do instead."""
    if is_on_record(page):
        messages.error(request, refusal(page))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_bulk_action")
def keep_what_was_issued_in_bulk(request, action_type, objects, action):
    """Refuse to delete issued warnings among several pages."""
    if action_type != "delete":
        return None
    for page in objects:
        if hasattr(page, "path") and is_on_record(page):
            messages.error(request, refusal(page))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def refusal(page) -> str:
    """Say why a page stays."""
    return _now(
        "“%(page)s” was issued and stays on record. Cancel it, or give the all clear, to end it."
    ) % {"page": page.title}
