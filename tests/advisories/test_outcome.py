"""What became of an alert is said by every face of it, in the same words, from its very moment."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from advisories import drills, lifecycle
from advisories.faces.outcome import Outcome, outcome_in_words, outcome_of
from advisories.models import AlertPage, AlertText, Clearance, Incident, Issue, Issued
from advisories.vocabulary import Act
from embassy.clock.clocks import in_words
from embassy.fields import Texts
from tests.advisories.factories import alert, approved, draft, end

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
ZONE = "Africa/Bamako"
ENDS = {
    "": ("Over since ", "Terminée depuis le "),
    Act.CANCEL: ("Cancelled on ", "Annulée le "),
    Act.ALL_CLEAR: ("All clear since ", "Alerte levée le "),
}


@pytest.fixture
def flood(site) -> Incident:
    """Something that happens."""
    return Incident.objects.create(
        site=site, name=Texts(en="Flooding in Bamako", fr="Inondations"), begun_on=date(2026, 8, 1)
    )


def row(begins, ends, **fields) -> Issued:
    """Make up a row of the last issue."""
    content = {"act": fields.pop("act", Act.ISSUE), "time_zone": ZONE}
    return Issued(effective=begins, expires=ends, content=content, **fields)


def test_both_edges_of_its_time():
    begins = timezone.now().replace(microsecond=0)
    last = row(begins, begins + HOUR)
    for at, outcome in (
        (begins - SECOND, Outcome.UPCOMING),
        (begins, Outcome.IN_FORCE),
        (begins + HOUR - SECOND, Outcome.IN_FORCE),
        (begins + HOUR, Outcome.OVER),
    ):
        assert outcome_of(last, at) is outcome
        assert (outcome_in_words(last, at, ZONE) == "") == (outcome is Outcome.IN_FORCE)


@pytest.mark.parametrize(
    ("act", "outcome"), [(Act.CANCEL, Outcome.CANCELLED), (Act.ALL_CLEAR, Outcome.ALL_CLEAR)]
)
def test_an_end_is_known_from_its_moment_even_before_it_began(act, outcome):
    now = timezone.now()
    assert outcome_of(row(now - HOUR, now, act=act), now) is outcome
    assert outcome_of(row(now + HOUR, now, act=act), now) is outcome


def test_a_record_of_the_past_is_neither_over_nor_in_force():
    now = timezone.now()
    last = row(now - HOUR, None, is_historic=True)
    assert outcome_of(last, now) is Outcome.PAST
    assert outcome_in_words(last, now, ZONE) == "Kept for the record; no longer in force"


def reissued(page, staff) -> Issue:
    """Let two people say it in other words."""
    lifecycle.reopen(page, staff["duty_officer"], timezone.now(), Act.UPDATE)
    words = AlertPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    words.severity = "Extreme"
    words.save_revision(user=staff["duty_officer"])
    return approved(AlertPage.objects.get(pk=page.pk), staff)


def alert_that_ended(how: str, flood, staff, monkeypatch) -> AlertPage:
    """Issue an alert, update it, and end it or let it run out."""
    now = timezone.now()
    page = alert(now - HOUR, now + HOUR, "Zebra crossing closed", incident=flood)
    text = {"location": "Bamako", "event": "Passage zébré fermé.", "actions": "- Évitez-le."}
    words = page.get_latest_revision_as_object()
    words.texts = [
        *page.texts.all(),
        AlertText(language="fr", title="Passage zébré fermé", assistance="Appelez.", **text),
    ]
    words.save_issued_words()
    lifecycle.put_on_record(AlertPage.objects.get(pk=page.pk), timezone.now())
    reissued(page, staff)
    if how:
        end(page, how, staff)
    else:
        monkeypatch.setattr(timezone, "now", lambda: now + HOUR)
    return page


def text_of(path: str) -> str:
    """Give what a reader finds on a page, without what the banner says above it."""
    response = Client().get(path, HTTP_HOST="localhost")
    assert response.status_code == 200, path
    read = BeautifulSoup(response.content, "html.parser")
    for later in read.select("[hidden]"):
        later.decompose()
    return " ".join(read.select_one("main").get_text(" ").split())


def description_of(path: str) -> set[str]:
    """Give how a page describes itself to search engines and when it is shared."""
    read = BeautifulSoup(Client().get(path, HTTP_HOST="localhost").content, "html.parser")
    tags = read.select("meta[name=description], meta[property='og:description']")
    return {tag["content"] for tag in tags}


@pytest.mark.parametrize("how", ENDS)
def test_every_face_says_what_became_of_it(how, flood, staff, compiled, monkeypatch):
    page = alert_that_ended(how, flood, staff, monkeypatch)
    issues = list(Issue.objects.of(page))
    last = Issued.objects.current_of(page).first()
    for prefix, language, words in (("", "en", ENDS[how][0]), ("/fr", "fr", ENDS[how][1])):
        with override(language):
            told = f"{words}{in_words(last.expires, ZONE)}"
        paths = [
            f"{prefix}{page.url}",
            f"{prefix}{page.url}1/",
            f"{prefix}{page.url}2/",
            f"{prefix}/alerts/",
            f"{prefix}/incidents/{flood.pk}/",
            f"{prefix}/search/?q={'zebra' if language == 'en' else 'zébré'}",
            *(f"{prefix}/verify/{issue.code}/" for issue in issues),
        ]
        for path in paths:
            assert " ".join(told.split()) in text_of(path), path
        for path in paths[:3]:
            (description,) = description_of(path)
            assert told in description, path


def test_an_alert_in_force_is_called_nothing_else(flood, staff):
    now = timezone.now()
    page = alert(now - HOUR, now + HOUR, "Zebra crossing closed", incident=flood)
    code = Issue.objects.of(page).first().code
    ends = [words for said in ENDS.values() for words in said]
    paths = [page.url, f"/incidents/{flood.pk}/", "/search/?q=zebra", f"/verify/{code}/"]
    for path in paths:
        assert not [words for words in ends if words in text_of(path)], path
    assert description_of(page.url) == {"Roads are closed."}


def test_an_issue_that_left_the_incident_is_replaced_all_the_same(flood, staff):
    now = timezone.now()
    page = alert(now - HOUR, now + HOUR, "Zebra crossing closed", incident=flood)
    page.incident = None
    page.save_issued_words()
    lifecycle.put_on_record(page, timezone.now())
    text = text_of(f"/incidents/{flood.pk}/")
    assert "Replaced on " in text and "in force" not in text


@pytest.mark.parametrize("how", [Act.CANCEL, Act.ALL_CLEAR])
def test_an_earlier_issue_of_a_drill_says_so_too(how, site, staff):
    now = timezone.now()
    page = draft(now - HOUR, now + HOUR, staff["duty_officer"], status="Exercise")
    approved(page, staff)
    path = f"/drills/{drills.token_for(site)}/{page.pk}/1/"
    assert "Replaced on" not in text_of(path)
    lifecycle.end(page, staff["duty_officer"], timezone.now(), how, Texts(en="Well done."))
    seen = Clearance.objects.get(page=page).reading
    last = lifecycle.approve(page, staff["approver"], timezone.now(), seen)
    text = text_of(path)
    assert f"Replaced on {in_words(last.sent, ZONE)}" in text
    assert f"{ENDS[how][0]}{in_words(last.sent, ZONE)}" in text and "Well done." in text
    assert f"{page.pk}/2/" in Client().get(path, HTTP_HOST="localhost").content.decode()
