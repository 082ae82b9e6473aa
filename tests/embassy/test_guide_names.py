"""What the guides quote from screens stands on those screens, word for word, in every language."""

import re

import pytest
from django.utils import translation

from embassy import guides
from tests.embassy.guide_screens import Screens, plain
from tests.embassy.test_guides import LANGUAGES, template_of

pytestmark = pytest.mark.django_db

WHERE = {
    "sign_in": ["Sign in with a passkey", "Sign in"],
    "code": ["Go on"],
    "invitation": ["Go on with a passkey", "Keep this password"],
    "security_at_first": ["Add a passkey", "Add an authenticator app"],
    "codes": ["I have kept them"],
    "security": ["Sign out everywhere"],
    "account": ["Sign-in and security"],
    "first_screen": [
        "Pages that wait for you",
        "Waiting for you as the second person",
        *("To look after", "Pages behind in translation"),
        *("Pages", "Mission facts", "Contact points", "Warnings", "Account", "Help"),
    ],
    "first_screen_of_writer": ["Yours, waiting for a second person"],
    "first_screen_of_returned": ["Pages that came back to you"],
    "editor": ["Save draft", "Submit for a second person", "Sign in in a new window"],
    "editor_of_own": ["Before you publish", "Waits for a second person"],
    "desk": [
        "What readers would see changed",
        "Read the whole page as readers would",
        *("Approve and publish", "Return to the writer", "Return", "Who can approve it"),
    ],
    "desk_of_writer": ["Take back and write on"],
    "translation_to_begin": ["Begin"],
    "translation_behind": ["Take up the changes"],
    "number": ["Save"],
    "requests": ["Confirm", "Decline"],
    "requests_of_asker": ["Withdraw", "Second person"],
    "warnings": ["New alert"],
    "alert_editor": ["Submit for approval", "To do"],
    "alert_desk": ["Approve and issue"],
    "alert_desk_of_chief": ["Break the glass: issue it alone"],
    "index": [
        *("Accounts", "Audit", "What waits for a second administrator"),
        *("Confirm", "Decline"),
    ],
    "accounts": ["Invite somebody", "invited", "Send again", "long ago or never"],
    "invite": ["Save"],
    "one_account": [
        *("Ask for a grave role", "Reset the second factor", "Close the account"),
        *("Sign out everywhere", "Save"),
    ],
    "grave_account": ["Take a grave role away"],
    "invited_account": ["Withdraw the invitation"],
    "closed_account": ["Send an invitation"],
    "audit": ["Show", "Download as CSV"],
}


def test_every_name_in_the_guides_is_looked_for():
    quoted = {
        name
        for guide in guides.TITLES
        for name in re.findall(r'{% on_screen "([^"]+)" %}', template_of(guide, "en"))
    }
    assert quoted == {name for names in WHERE.values() for name in names}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", list(WHERE))
def test_names_in_the_guides_stand_on_the_screens(staff, site, compiled, screen, language):
    written = getattr(Screens(staff, site, language), screen)()
    with translation.override(language):
        wanted = {plain(translation.gettext(name)) for name in WHERE[screen]}
    assert wanted <= written
