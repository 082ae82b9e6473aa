"""The staff pages around warnings: what was issued stays on record."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks

from advisories.models import Issued


def is_on_record(page) -> bool:
    """Whether a page or one below it was issued as a warning."""
    return Issued.objects.filter(page__path__startswith=page.path).exists()


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
    return _("“%(page)s” was issued and stays on record. Unpublish it to take it off the site.") % {
        "page": page.title
    }
