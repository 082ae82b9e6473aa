"""The emergency card: whom to call, what to do, what is in force; one small response.

It stands alone: its style is part of it, and to show it a browser asks for nothing else. Once it is
shown, one line of script has the device keep it for when there is no network. Printed, it is a card
for the wallet, whose QR code leads back to it.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
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
        "style": mark_safe(inside("card.css")),
        "keep": mark_safe(inside("js/card.js")) if settings.OFFLINE else "",
        "qr": code_of(site),
    }
    response = TemplateResponse(request, "advisories/emergency_card.html", context)
    response._csp_update = {
        "style-src": [known_by(inside("card.css"))],
        "script-src": [known_by(inside("js/card.js"))],
    }
    return response


@cache
def inside(name: str) -> str:
    """Give a file of the build that stands in the card itself."""
    return Path(finders.find(name)).read_text(encoding="utf-8").strip()


@cache
def known_by(text: str) -> str:
    """Give what the security policy knows a style or a script in a page by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


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
