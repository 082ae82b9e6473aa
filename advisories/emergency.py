"""The emergency card: whom to call, what to do, what is in force; one small response, no script.

It stands alone: its style is part of it, and a browser asks for nothing else. A device keeps it for
when there is no network once it has opened any other page; a link on the card leads to one.
Printed, it is a card for the wallet, whose QR code leads back to it.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Site

from advisories.models import Issued
from advisories.models.issued import first_end, once_each
from embassy.cache import readers_keep
from embassy.drawing.qr import qr_code
from embassy.facts import facts_of
from embassy.mission.roots import root_of
from embassy.models import MissionSettings


@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """Show the card of the mission a request is for."""
    site = Site.find_for_request(request)
    mission = MissionSettings.for_site(site)
    readers_keep(request)
    now = timezone.now()
    rows = Issued.objects.for_site(site).current().in_force(now).select_related("page", "issue")
    found = once_each(rows, get_language())
    alerts = [row for row in found if row.kind == Issued.Kind.ALERT]
    context = {
        "mission": mission,
        "contacts": facts_of(mission).emergency_contacts,
        "alerts": alerts,
        "first_end": first_end(alerts),
        "advisory": next((row for row in found if row.kind == Issued.Kind.ADVISORY), None),
        "now": now,
        "style": mark_safe(style()),
        "qr": code_of(site),
    }
    response = TemplateResponse(request, "advisories/emergency_card.html", context)
    response._csp_update = {"style-src": [f"'sha256-{style_hash()}'"]}
    return response


@cache
def style() -> str:
    """Give the card's style sheet, which stands in the page itself."""
    return Path(finders.find("card.css")).read_text(encoding="utf-8").strip()


@cache
def style_hash() -> str:
    """Give what the security policy knows the style by."""
    return base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()


def code_of(site: Site) -> SafeString:
    """Draw the card's own address as a QR code that is read from worn paper."""
    return qr_code(root_of(site) + reverse("emergency"), name="card__qr", error="q")


class CardSitemap(Sitemap):
    """The card in each language of its mission, for search engines."""

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict]:
        """Give its addresses; it says itself when it is of."""
        mission = MissionSettings.for_site(self.get_wagtail_site())
        found = []
        for code in mission.languages:
            with override(code):
                found.append({"location": self.request.build_absolute_uri(reverse("emergency"))})
        return found
