"""An office that takes questions, and readers who ask it."""

from django.test import Client

from sections.models import OfficePage
from tests.french import in_french

CENTER = "/sections-offices/department-of-state/public-affairs-section/american-center-bamako/"
ASK = f"{CENTER}ask/"
HOST = {"HTTP_HOST": "localhost"}
TYPED = {
    "question": "Is the library open on Saturday?",
    "name": "Aminata Traoré",
    "mail": "aminata@reader.example",
    "phone": "",
}


def center() -> OfficePage:
    """Give the office of the demo site that takes questions."""
    return OfficePage.objects.get(slug="american-center-bamako", locale__language_code="en")


def center_in_french() -> OfficePage:
    """Give its page in French."""
    return in_french(center())


def sent(address: str = ASK, client: Client | None = None, headers=None, **typed):
    """Send the form as a reader's browser does; give the answer."""
    reader = client or Client(enforce_csrf_checks=True)
    return reader.post(address, TYPED | typed, headers=headers or {}, **HOST)
