"""Words of its own for a page in one language: its translation text by text, stopped and restarted.

Neither changes what readers see. What was typed is kept while it is stopped, with who typed it; the
page has an editor like any other. Both are on record, and safe to repeat.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from embassy.approval import Refused
from embassy.release import publishing
from embassy.translations import memory, steps, typists

STOPPED = "embassy.translation_stopped"
RESTARTED = "embassy.translation_restarted"


def stop(page: Page, by) -> None:
    """Give a page words of its own; what was typed for it stays where it is."""
    with publishing.held(page) as held:
        translation = steps.of(page, by)
        steps.refuse_locked(held, by)
        translation.enabled = False
        translation.save(update_fields=["enabled"])
        typists.put_aside(page)
        log(instance=page, action=STOPPED, user=by)


def restart(page: Page, by) -> None:
    """Write a page text by text again, from what was typed before it was stopped."""
    if by is not None and not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    with publishing.held(page) as held:
        translation = memory.stopped(page)
        if translation is None:
            raise Refused(_("This page is translated text by text already, or never was."))
        steps.refuse_locked(held, by)
        translation.enabled = True
        translation.save(update_fields=["enabled"])
        log(instance=page, action=RESTARTED, user=by)
