"""How long a session holds, what counts as use, and what scripts are told when it is over."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from accounts import middleware
from accounts.sessions import BEGAN, SEEN, begin, is_over, note_activity
from advisories.models import AlertPage
from tests.accounts.signing import HOST, SECURITY, SIGN_IN, come_by_letter, sign_in, words

pytestmark = pytest.mark.django_db
IDLE, AGE, SECOND = timedelta(minutes=30), timedelta(hours=12), timedelta(seconds=1)
SCRIPTS = [
    {"X-Requested-With": "XMLHttpRequest"},
    {"Accept": "application/json"},
    {"Sec-Fetch-Dest": "empty"},
]


class Clock:
    """The time as the middleware reads it."""

    def __init__(self):
        """Begin now."""
        self.at = timezone.now()

    def now(self) -> datetime:
        """Give the time."""
        return self.at


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """A clock to set."""
    clock = Clock()
    monkeypatch.setattr(middleware, "timezone", clock)
    return clock


@pytest.fixture
def began(client, officer, clock) -> datetime:
    """When the officer signed in, to the second of the session's own record."""
    sign_in(client, officer)
    clock.at = datetime.fromtimestamp(client.session[BEGAN], tz=clock.at.tzinfo)
    return clock.at


def is_let_in(client, address: str = "/admin/", **headers) -> bool:
    """Whether the staff pages open."""
    return client.get(address, headers=headers, **HOST).status_code == 200


@pytest.mark.parametrize(
    ("idle", "age", "over"),
    [
        (IDLE - SECOND, IDLE, False),
        (IDLE, IDLE, True),
        (SECOND, AGE - SECOND, False),
        (SECOND, AGE, True),
    ],
)
def test_a_session_ends_to_the_second(idle, age, over):
    at = timezone.now()
    session = {SEEN: (at - idle).timestamp(), BEGAN: (at - age).timestamp()}
    assert is_over(session, at) is over


@pytest.mark.parametrize("session", [{}, {SEEN: 1e12}, {BEGAN: 1e12}])
def test_a_session_that_says_nothing_is_over(session):
    assert is_over(session, timezone.now())


def test_activity_is_written_down_once_a_minute():
    at, session = timezone.now(), {}
    begin(session, at)
    note_activity(session, at + timedelta(seconds=59))
    assert session[SEEN] == at.timestamp()
    note_activity(session, at + timedelta(seconds=60))
    assert session[SEEN] == at.timestamp() + 60
    assert session[BEGAN] == at.timestamp()


def test_half_an_hour_without_a_request_ends_it(client, began, clock):
    clock.at = began + IDLE - SECOND
    assert is_let_in(client)
    clock.at += IDLE - SECOND
    assert is_let_in(client)
    clock.at += IDLE
    sent = client.get("/admin/pages/", **HOST)
    assert sent["Location"] == f"{SIGN_IN}?next=%2Fadmin%2Fpages%2F&ended=1"
    assert "for 30 minutes" in words(client.get(sent["Location"], **HOST))
    clock.at = began
    assert not is_let_in(client)  # it does not come back


def test_half_a_day_ends_it_however_busy(client, began, clock):
    while clock.at < began + AGE - IDLE:
        clock.at += IDLE / 2
        assert is_let_in(client)
    clock.at = began + AGE - SECOND
    assert is_let_in(client)
    clock.at = began + AGE
    assert not is_let_in(client)


def test_background_requests_keep_nothing_alive(client, began, clock, home, site):
    alert = AlertPage.objects.first()
    edit = f"/admin/pages/{home.pk}/edit/"
    page = client.get(edit, **HOST)
    assert page.status_code == 200
    background = [
        (f"/admin/editing-sessions/ping/wagtailcore/page/{home.pk}/1/", {}),
        (f"/admin/warnings/{alert.pk}/live/", {}),
        (edit, {"Accept": "application/json"}),
        (edit, {"X-Requested-With": "XMLHttpRequest"}),
    ]
    for address, headers in background:
        clock.at += timedelta(minutes=5)
        assert client.post(address, {}, headers=headers, **HOST).status_code not in (302, 401)
    assert client.session[SEEN] == began.timestamp()
    clock.at = began + IDLE
    assert not is_let_in(client)


def test_asking_whether_one_is_signed_in_keeps_nothing_alive(client, began, clock, home):
    for address in ("/admin/session/", f"/admin/session/{home.pk}/"):
        clock.at += timedelta(minutes=14)
        assert client.get(address, headers=SCRIPTS[1], **HOST).status_code == 200
    assert client.session[SEEN] == began.timestamp()
    clock.at = began + IDLE
    assert client.get("/admin/session/", headers=SCRIPTS[1], **HOST).status_code == 401


@pytest.mark.parametrize(("typed_after", "is_here"), [(IDLE - SECOND, True), (IDLE, False)])
def test_typing_is_activity_until_the_session_has_ended(client, began, clock, typed_after, is_here):
    clock.at = began + typed_after
    answer = client.post("/admin/session/", headers=SCRIPTS[1], **HOST)
    assert answer.status_code == (204 if is_here else 401)
    clock.at += IDLE - SECOND
    assert is_let_in(client) is is_here
    clock.at += IDLE
    assert not is_let_in(client)


def test_who_types_all_day_is_signed_out_after_half_a_day(client, began, clock, home):
    typing = timedelta(minutes=5)
    while clock.at < began + AGE - typing:
        clock.at += typing
        answer = client.post(f"/admin/session/{home.pk}/", headers=SCRIPTS[1], **HOST)
        assert answer.status_code == 204
    clock.at = began + AGE - SECOND
    assert client.post("/admin/session/", headers=SCRIPTS[1], **HOST).status_code == 204
    clock.at = began + AGE
    assert client.post("/admin/session/", headers=SCRIPTS[1], **HOST).status_code == 401


def test_choosing_in_a_window_of_the_editor_is_activity(client, began, clock):
    clock.at += timedelta(minutes=20)
    assert is_let_in(client, "/admin/choose-page/", **{"X-Requested-With": "XMLHttpRequest"})
    assert client.session[SEEN] == clock.at.timestamp()


@pytest.mark.parametrize("headers", SCRIPTS)
def test_scripts_are_told_plainly(client, began, clock, headers):
    answer = Client().get("/admin/pages/", headers=headers, **HOST)
    assert answer.status_code == 401 and answer.json()["sign_in"] == SIGN_IN
    clock.at += IDLE
    for _time in range(2):
        answer = client.post("/admin/warnings/1/live/", {}, headers=headers, **HOST)
        assert answer.status_code == 401 and answer["Content-Type"] == "application/json"
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("headers", SCRIPTS)
def test_scripts_of_somebody_without_a_factor_are_refused(client, newcomer, headers):
    come_by_letter(client, newcomer)
    answer = client.get("/admin/pages/", headers=headers, **HOST)
    assert answer.status_code == 403 and answer.json()["sign_in"] == SECURITY


def test_a_page_of_a_person_is_no_script(client, site):
    browser = {"Accept": "text/html,application/json;q=0.9", "Sec-Fetch-Dest": "document"}
    assert client.get("/admin/", headers=browser, **HOST).status_code == 302


def test_an_ended_session_is_a_visitors_on_public_pages(client, began, clock, home):
    page = home.get_children().get(slug="privacy")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/privacy/", **HOST).status_code == 200
    clock.at += IDLE
    ended = client.get("/privacy/", **HOST)
    assert ended.status_code == 302 and not ended.cookies
    assert not client.get("/", **HOST).cookies


def test_public_pages_are_no_activity_and_write_nothing(client, began, clock):
    clock.at += timedelta(minutes=20)
    answer = client.get("/", **HOST)
    assert answer.status_code == 200 and not answer.cookies
    assert client.session[SEEN] == began.timestamp()


def test_without_a_factor_no_page_opens_for_those_signed_in(client, newcomer, home):
    page = home.get_children().get(slug="privacy")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    come_by_letter(client, newcomer)
    assert client.get("/privacy/", **HOST).status_code == 302


def test_a_session_without_the_factor_there_is_has_to_sign_in_again(client, officer):
    client.force_login(officer)
    sent = client.get("/admin/", **HOST)
    assert sent["Location"].startswith(SIGN_IN)
    assert "_auth_user_id" not in client.session


def test_a_proof_of_somebody_else_is_none(client, officer, newcomer):
    sign_in(client, officer)
    session = client.session
    session["account_authentication_methods_user"] = str(newcomer.pk)
    session.save()
    assert not is_let_in(client)


def test_signing_out_does_not_lead_back_to_itself(client, began, clock):
    clock.at += IDLE
    sent = client.post("/admin/logout/", **HOST)
    assert sent["Location"] == f"{SIGN_IN}?ended=1"


def test_a_session_goes_with_the_browser(client, began):
    assert client.session.get_expire_at_browser_close()
