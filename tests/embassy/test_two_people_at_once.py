"""Two at the same moment: two who approve one page, and two who write it."""

import threading
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from wagtail.models import Page, PageLogEntry

from embassy.approval import Refused
from embassy.demo import demo_site, sign_ins
from embassy.models import ContentPage, User
from embassy.models.workflow import SecondPersonTask, reading_of
from embassy.release import publishing
from embassy.release.newer import NotOverNewer
from tests.editor import marks_of, posted
from tests.receivers import PATIENCE
from tests.two_people import HOST

REFUSED = "nothing of yours was stored"
MARKS = ("loaded_revision_id", "loaded_revision_created_at")


def people() -> dict[str, User]:
    """Give the accounts of the demo mission by role."""
    return {role: User.objects.get(email=email) for role, email, _password in reversed(sign_ins())}


@pytest.fixture
def committed(committed_database):
    """A page of a database of its own, and who works there."""
    return made(), people()


@pytest.fixture
def page(home):
    """A page that readers see."""
    return made()


def made() -> ContentPage:
    """Make a page that readers see."""
    above = demo_site().root_page.specific
    page = ContentPage(title="Visas", slug="visa-hours", locale=above.locale)
    above.add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def store(page, user, title: str, **how):
    """Store another title as somebody."""
    now = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    now.title = title
    return now.save_revision(user=user, **how)


def opened(page, user, **changes) -> dict:
    """Give what the editor posts of somebody who opened it just now."""
    now = ContentPage.objects.get(pk=page.pk)
    return posted(now.get_latest_revision_as_object(), user) | changes


def save(page, user, data: dict, **headers):
    """Save the form as somebody."""
    browser = Client(HTTP_HOST=HOST)
    browser.force_login(user)
    return browser.post(f"/admin/pages/{page.pk}/edit/", data, headers=headers)


def draft_title(page) -> str:
    """Give the title stored last."""
    return ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object().title


def together(*works) -> None:
    """Do all of this at once, each in its own thread with its own connection."""

    def closing(work) -> None:
        """Do it and close the connection."""
        work()
        connection.close()

    threads = [threading.Thread(target=closing, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)


@pytest.mark.django_db
def test_words_of_a_colleague_are_not_overwritten_and_the_difference_is_one_link_away(page, staff):
    first = page.latest_revision_id
    mine = opened(page, staff["section_editor"], title="Typed by me")
    store(page, staff["public_affairs"], "A colleague's words")
    answer = save(page, staff["section_editor"], mine)
    text = answer.content.decode()
    assert REFUSED in text and str(staff["public_affairs"]) in text and "Typed by me" in text
    latest = Page.objects.get(pk=page.pk).latest_revision
    assert f"/admin/pages/{page.pk}/revisions/compare/{first}...{latest.pk}/" in text
    assert draft_title(page) == "A colleague's words"
    assert f'name="loaded_revision_id" value="{latest.pk}"' in text
    assert save(page, staff["section_editor"], mine | marks_of(page)).status_code == 302
    assert draft_title(page) == "Typed by me"


@pytest.mark.django_db
@pytest.mark.parametrize("forged", ["", "x", "abc", "999999999", "9" * 40, "1 OR 1"])
def test_a_forged_mark_leads_to_the_history(page, staff, forged):
    store(page, staff["public_affairs"], "A colleague's words")
    sent = opened(page, staff["section_editor"], title="Mine") | {"loaded_revision_id": forged}
    answer = save(page, staff["section_editor"], sent)
    text = answer.content.decode()
    assert REFUSED in text and f"/admin/pages/{page.pk}/history/" in text
    assert draft_title(page) == "A colleague's words"


@pytest.mark.django_db
@pytest.mark.parametrize("left_out", [MARKS, MARKS[:1], MARKS[1:]])
def test_a_form_that_does_not_say_what_was_opened_is_refused(page, staff, left_out):
    store(page, staff["public_affairs"], "A colleague's words")
    sent = opened(page, staff["section_editor"], title="Mine")
    for mark in left_out:
        del sent[mark]
    assert REFUSED in save(page, staff["section_editor"], sent).content.decode()
    answer = save(page, staff["section_editor"], sent, Accept="application/json")
    assert answer.status_code == 400 and not answer.json()["success"]
    assert draft_title(page) == "A colleague's words"


@pytest.mark.django_db
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_page_without_a_version_is_stored_until_a_colleague_stored_one(page, staff, accept):
    Page.objects.filter(pk=page.pk).update(latest_revision=None, live_revision=None)
    page.revisions.all().delete()
    desk = Client(HTTP_HOST=HOST)
    desk.force_login(staff["section_editor"])
    form = desk.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert not any(mark in form for mark in MARKS)
    sent = posted(ContentPage.objects.get(pk=page.pk), staff["section_editor"])
    assert not any(mark in sent for mark in MARKS)
    mine, theirs = sent | {"title": "Mine"}, sent | {"title": "Theirs"}
    answer = save(page, staff["section_editor"], mine, Accept=accept)
    assert answer.status_code == (302 if accept == "text/html" else 200)
    assert draft_title(page) == "Mine"
    assert REFUSED in save(page, staff["public_affairs"], theirs).content.decode()
    again = mine | {"title": "Mine again"}
    if accept == "application/json":  # the editor then says which version is its own
        again["overwrite_revision_id"] = str(answer.json()["revision_id"])
    assert save(page, staff["section_editor"], again).status_code == 302
    assert draft_title(page) == "Mine again"


@pytest.mark.django_db
def test_own_words_in_another_window_are_no_colleague(page, staff):
    mine = opened(page, staff["section_editor"], title="Typed by me")
    store(page, staff["section_editor"], "Also mine")
    assert save(page, staff["section_editor"], mine).status_code == 302
    assert draft_title(page) == "Typed by me"


@pytest.mark.django_db
def test_a_page_that_a_colleague_locked_meanwhile_is_refused_and_the_words_stay(page, staff):
    mine = opened(page, staff["section_editor"], title="Typed by me")
    locked = {"locked": True, "locked_by": staff["approver"]}
    at = datetime(2026, 11, 23, 22, 5, tzinfo=UTC)
    Page.objects.filter(pk=page.pk).update(**locked, locked_at=at)
    text = save(page, staff["section_editor"], mine).content.decode()
    assert "a colleague locked this page" in text and "Typed by me" in text
    told = f"{staff['approver']} locked this page on November 23, 2026, 22:05"
    assert told in text and "Public affairs, Consular, Approver" in text
    assert draft_title(page) == "Visas"


@pytest.mark.django_db
def test_a_lock_of_nobody_still_says_who_can_take_it_away(page, staff):
    mine = opened(page, staff["section_editor"], title="Typed by me")
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=None, locked_at=None)
    text = save(page, staff["section_editor"], mine).content.decode()
    assert "This page is locked." in text and "Public affairs" in text


@pytest.mark.django_db
def test_a_save_that_is_stored_says_nothing_of_locks(page, staff):
    mine = opened(page, staff["section_editor"], title="Typed by me")
    locked = {"locked": True, "locked_by": staff["section_editor"]}
    Page.objects.filter(pk=page.pk).update(**locked, locked_at=datetime.now(UTC))
    assert save(page, staff["section_editor"], mine).status_code == 302
    assert draft_title(page) == "Typed by me"


def test_of_two_saves_at_the_same_moment_one_is_refused(committed, monkeypatch):
    page, staff = committed
    store(page, staff["consular"], "What both have opened")
    roles = ("section_editor", "public_affairs")
    forms = {role: opened(page, staff[role], title=role) for role in roles}
    both_looked, looked, answers = threading.Barrier(2), NotOverNewer.refuse_older, {}

    def look_together(form) -> None:
        """Look for newer words; where nothing keeps them apart, both look before either stores."""
        looked(form)
        with suppress(threading.BrokenBarrierError):
            both_looked.wait(timeout=2)

    monkeypatch.setattr(NotOverNewer, "refuse_older", look_together)

    def saved_by(role: str):
        """Give the work of saving as somebody."""
        return lambda: answers.update({role: save(page, staff[role], forms[role])})

    together(*(saved_by(role) for role in roles))
    assert sorted(answer.status_code for answer in answers.values()) == [200, 302]
    [stored] = [role for role in roles if answers[role].status_code == 302]
    assert draft_title(page) == stored
    assert publishing.writers_of(page) == {staff["consular"].pk, staff[stored].pk}


def test_of_two_who_approve_at_the_same_moment_one_does(committed, monkeypatch):
    page, staff = committed
    store(page, staff["section_editor"], "Visas on Monday")
    publishing.submit(page, staff["section_editor"])
    seen = reading_of(Page.objects.get(pk=page.pk).latest_revision)
    both_asked, asked, said = threading.Barrier(2), SecondPersonTask.why_not, {}

    def ask_together(task, *args) -> str:
        """Ask; where nothing keeps them apart, both ask before either approves."""
        answer = asked(task, *args)
        with suppress(threading.BrokenBarrierError):
            both_asked.wait(timeout=2)
        return answer

    monkeypatch.setattr(SecondPersonTask, "why_not", ask_together)

    def approved_by(role: str):
        """Give the work of approving as somebody."""

        def work() -> None:
            try:
                publishing.approve(page, staff[role], seen)
                said[role] = "approved"
            except Refused as refused:
                said[role] = str(refused)

        return work

    together(approved_by("public_affairs"), approved_by("approver"))
    assert len(said) == 2
    [other] = [answer for answer in said.values() if answer != "approved"]
    assert "A colleague was faster" in other
    assert ContentPage.objects.get(pk=page.pk).title == "Visas on Monday"
    published = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish")
    assert published.exclude(user=None).count() == 1
