"""The first button of a page's editor: what is to be done, or how far the page is on its way."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from embassy.approval import Refused
from embassy.models import ContentPage
from embassy.release import publishing
from tests.two_people import HOST, approved_on_desk

pytestmark = pytest.mark.django_db

SUBMIT = "Submit for a second person"


@pytest.fixture
def page(home, staff):
    """A page that somebody begins to write."""
    made = ContentPage(title="Visas", slug="visa-hours", locale=home.locale, live=False)
    home.add_child(instance=made)
    made.save_revision(user=staff["section_editor"], log_action=True)
    return ContentPage.objects.get(pk=made.pk)


def buttons(page, user) -> list[tuple[str, str]]:
    """Give the texts of the editor's buttons, the first one first, with where links lead."""
    browser = Client(HTTP_HOST=HOST)
    browser.force_login(user)
    answer = browser.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    found = BeautifulSoup(answer, "html.parser").select("footer nav.actions--primary .button")
    told = [(" ".join(each.get_text().split()), each.get("href", "")) for each in found]
    return [one for one in told if one[0] and one[0] != "Actions"]


def test_a_draft_is_submitted_first_of_all(page, staff):
    found = [label for label, _address in buttons(page, staff["section_editor"])]
    assert found[0] == SUBMIT and "Save draft" in found


def test_what_waits_says_so_and_leads_to_its_desk(page, staff):
    publishing.submit(page, staff["section_editor"])
    desk = f"/admin/publishing/{page.pk}/"
    own = buttons(page, staff["section_editor"])
    assert own[0] == ("Waits for a second person", desk)
    others = buttons(page, staff["approver"])
    assert others[0] == ("Waits for you: read it", desk)
    for found in (own, others):
        labels = [label for label, _address in found]
        assert "Save draft" in labels and SUBMIT not in labels


def test_what_came_back_is_submitted_again_and_leads_to_the_reason(page, staff):
    publishing.submit(page, staff["section_editor"])
    publishing.give_back(page, staff["approver"], "Say when.")
    found = buttons(page, staff["section_editor"])
    assert found[0][0] == SUBMIT
    assert ("Returned: see why", f"/admin/publishing/{page.pk}/") in found


def test_what_was_approved_to_go_out_later_says_so(page, staff):
    stored = page.get_latest_revision_as_object()
    stored.go_live_at = timezone.now() + timedelta(days=2)
    stored.save_revision(user=staff["section_editor"])
    publishing.submit(ContentPage.objects.get(pk=page.pk), staff["section_editor"])
    assert approved_on_desk(page, staff["approver"]).status_code == 302
    found = buttons(page, staff["section_editor"])
    assert found[0] == ("Approved, goes out at its time", f"/admin/publishing/{page.pk}/")
    assert SUBMIT not in [label for label, _address in found]
    browser = Client(HTTP_HOST=HOST)
    browser.force_login(staff["section_editor"])
    desk = browser.get(f"/admin/publishing/{page.pk}/").content.decode()
    assert "approved, goes out at its time" in desk and SUBMIT not in desk
    assert desk.count("(Bamako time)") >= 3 and "+00:00" not in desk
    with pytest.raises(Refused, match="approved already"):
        publishing.submit(ContentPage.objects.get(pk=page.pk), staff["section_editor"])


def test_a_public_page_offers_its_desk_last(page, staff):
    publishing.submit(page, staff["section_editor"])
    approved_on_desk(page, staff["approver"])
    found = buttons(page, staff["section_editor"])
    assert found[0][0] in (SUBMIT, "Save draft")
    assert ("What waits, and who approves it", f"/admin/publishing/{page.pk}/") in found
