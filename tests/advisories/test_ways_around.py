"""Ways around the second person, and around the frozen words, that are closed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Page

from advisories import lifecycle
from advisories.faces.mail_body import mail_body
from advisories.faces.read_aloud import read_aloud
from advisories.faces.text_form import text_form
from advisories.models import AlertPage, Clearance, Incident, Issued
from advisories.models.issue import NO_CODE_YET
from advisories.vocabulary import Act
from embassy.approval import Refused
from embassy.fields import Texts
from tests import cap
from tests.advisories.factories import alert, draft, end, issue_alone

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def page():
    """An alert in force."""
    now = timezone.now()
    return alert(now - HOUR, now + HOUR)


def test_words_that_were_discarded_keep_their_writer(page, staff):
    now = timezone.now()
    lifecycle.reopen(page, staff["approver"], now, Act.UPDATE)
    words = page.get_latest_revision_as_object()
    words.texts.all()[0].event = "Words of the approver."
    written = words.save_revision(user=staff["approver"])
    lifecycle.discard(page, staff["approver"])
    lifecycle.reopen(page, staff["duty_officer"], now, Act.UPDATE)
    again = written.as_object()
    again.texts.all()[0].event = "Words of the approver."
    again.save_revision(user=staff["duty_officer"])
    fresh = AlertPage.objects.get(pk=page.pk)
    lifecycle.submit(fresh, staff["duty_officer"], now)
    seen = Clearance.objects.get(page=page).reading
    with pytest.raises(Refused, match="wrote none of it"):
        lifecycle.approve(fresh, staff["approver"], now, seen)


@pytest.mark.parametrize("who", ["approver", "public_affairs", "duty_officer"])
def test_nobody_copies_a_warning(page, staff, client, who):
    client.force_login(staff[who])
    before = Page.objects.count()
    form = {"new_title": "x", "new_slug": "x", "new_parent_page": page.get_parent().pk}
    for wish in ({"publish_copies": "on"}, {"alias": "on"}):
        answer = client.post(f"/admin/pages/{page.pk}/copy/", form | wish)
        assert answer.status_code in (302, 403, 404)
    assert Page.objects.count() == before


def test_a_copy_is_refused_below_the_screens_too(page, staff):
    for way in (page.copy, page.create_alias, page.copy_for_translation):
        with pytest.raises(PermissionDenied):
            way()


def test_an_incident_is_named_as_it_was_when_something_was_said_of_it(client, site, staff):
    now = timezone.now()
    incident = Incident.objects.create(site=site, name=Texts(en="Unrest"), begun_on=now.date())
    alert(now - HOUR, now + HOUR, incident=incident)
    client.force_login(staff["duty_officer"])
    address = f"/incidents/{incident.pk}/"
    before = client.get(address).content.decode()
    Incident.objects.filter(pk=incident.pk).update(
        name=Texts(en="FALSE ALARM"), begun_on="2001-01-01"
    )
    after = client.get(address).content.decode()
    assert "Unrest" in before and "Unrest" in after
    assert "FALSE ALARM" not in after and "2001" not in after


def test_the_desk_of_what_ended_shows_what_was_issued(page, staff, client):
    ended = end(page, Act.CANCEL, staff)
    client.force_login(staff["duty_officer"])
    desk = client.get(f"/admin/warnings/{page.pk}/").content.decode()
    assert NO_CODE_YET not in desk
    assert desk.count(ended.code) >= 2
    assert ended.identifier in desk and f"{page.pk}.3" not in desk


@pytest.mark.parametrize(
    ("act", "english", "french"),
    [
        (Act.CANCEL, "Cancellation", "Annulation"),
        (Act.ALL_CLEAR, "All clear", "Levée de l"),
    ],
)
def test_an_end_says_that_it_is_one_whatever_its_note(staff, act, english, french, compiled):
    now = timezone.now()
    page = alert(now - HOUR, now + HOUR)
    issue = end(page, act, staff, Texts(en="ok", fr="ok"))
    row = Issued.objects.get(issue=issue, language="en")
    text = text_form(row, "https://example.org/").text
    assert text.startswith(f"{english}: ") and "Avoid the center" not in text
    script = read_aloud(row, "Africa/Bamako")
    assert script[0] == f"{english}." and not any("Avoid" in line for line in script)
    mail = mail_body(row, "https://example.org/")
    assert mail.startswith(f"{english}.") and "Avoid the center" not in mail
    row.language = "fr"
    assert text_form(row).text.startswith(french)


def test_a_drill_says_so_in_every_text_of_its_message(staff):
    now = timezone.now()
    page = draft(now, now + HOUR, staff["duty_officer"], status="Exercise")
    lifecycle.submit(page, staff["duty_officer"], now)
    seen = Clearance.objects.get(page=page).reading
    issue = lifecycle.approve(page, staff["approver"], now, seen)
    for name in ("headline", "description"):
        assert f"<{name}>EXERCISE: " in issue.cap
    assert issue.code not in issue.cap
    cap.read(issue.cap.encode())  # valid against the schema


def test_a_drill_says_so_beside_its_headline_wherever_staff_read_it(staff, client):
    now = timezone.now()
    page = draft(now, now + HOUR, staff["duty_officer"], "Shots heard", status="Exercise")
    client.force_login(staff["approver"])
    mark = '<span class="w-status">EXERCISE</span> '
    link = f'{mark}<a href="/admin/warnings/{page.pk}/">Shots heard</a>'
    lifecycle.clearance_of(page)
    assert link in client.get("/admin/warnings/").content.decode()
    lifecycle.submit(page, staff["duty_officer"], now)
    for address in ("/admin/", "/admin/warnings/"):
        assert link in client.get(address).content.decode(), address
    desk = client.get(f"/admin/warnings/{page.pk}/").content.decode()
    for before in ("<h3>", "<h4>Page</h4>", "<h4>Banner</h4>"):
        assert desk.partition(before)[2].partition(mark)[0].strip() in ("", "<p>"), before
    issue_it(page, staff, client, "Issued to those who take part in the exercise.")
    assert link in client.get("/admin/warnings/").content.decode()


def issue_it(page, staff, client, sentence: str) -> None:
    """Press the approver's button and read the answer."""
    seen = {"step": "approve", "read": Clearance.objects.get(page=page).reading}
    answer = client.post(f"/admin/warnings/{page.pk}/step/", seen, follow=True).content.decode()
    assert sentence in answer and ("Every public face" in answer) is ("exercise" not in sentence)


def test_what_is_meant_carries_no_such_word_and_says_that_it_is_public(staff, client):
    now = timezone.now()
    page = draft(now, now + HOUR, staff["duty_officer"])
    lifecycle.submit(page, staff["duty_officer"], now)
    client.force_login(staff["approver"])
    for address in ("/admin/", "/admin/warnings/", f"/admin/warnings/{page.pk}/"):
        assert "EXERCISE" not in client.get(address).content.decode(), address
    issue_it(page, staff, client, "Issued. Every public face says it from now on.")


def test_a_drill_of_one_officer_is_marked_on_the_first_screen(staff, client):
    now = timezone.now()
    page = draft(now, now + HOUR, staff["duty_officer"], status="Exercise")
    issue_alone(page, staff["break_glass"], now, "To try it.")
    client.force_login(staff["approver"])
    for address in ("/admin/", "/admin/warnings/"):
        text = client.get(address).content.decode()
        box = text.split("Issued by one officer alone", 1)[1].split("</ul>", 1)[0]
        assert "EXERCISE" in box, address
