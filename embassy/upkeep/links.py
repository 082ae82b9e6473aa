"""Links that lead nowhere, page by page: whoever edits pages is told."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from embassy.links.link_report import broken_links_of
from embassy.upkeep import Owed, Part

LONGEST = 80
"""So many letters of an address tell which link it is."""


def broken(user, at: datetime) -> Part:
    """Give the links that the last check found broken, each leading to its page's editor."""
    rows = [
        Owed(
            problem.page.title,
            f"{problem.address[:LONGEST]} – {problem.sentence}",
            reverse("wagtailadmin_pages:edit", args=[problem.page_id]),
        )
        for problem in broken_links_of(user).in_order()
    ]
    return Part("links", _("Broken links"), rows)
