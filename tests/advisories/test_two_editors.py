"""Two editors of one warning: nobody overwrites words that they have not seen."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from advisories.models import Writer
from advisories.models.warning_texts import WarningForm
from tests.advisories.factories import draft
from tests.advisories.sending import people
from tests.editor import posted
from tests.receivers import PATIENCE

REFUSED = "nothing of yours was stored"


@pytest.fixture
def page(staff):
    """An alert that the duty officer is writing."""
    now = timezone.now()
    return draft(now, now + timedelta(hours=6), by=staff["duty_officer"])


def opened(page, user) -> dict:
    """Give what the editor posts of somebody who opened it just now."""
    return posted(page.get_latest_revision_as_object(), user)


def save(client, page, user, data):
    """Save the form as somebody."""
    client.force_login(user)
    return client.post(f"/admin/pages/{page.pk}/edit/", data)


def title(page) -> str:
    """Give the English title stored last."""
    page.refresh_from_db()
    return page.get_latest_revision_as_object().texts.first().title


def store(page, user, words, **how) -> None:
    """Store other words as somebody."""
    now = page.get_latest_revision_as_object()
    text = now.texts.first()
    text.title = words
    now.texts = [text]
    now.save_revision(user=user, **how)
    page.refresh_from_db()


@pytest.mark.django_db
def test_words_of_a_colleague_are_not_overwritten_and_a_second_save_works(client, page, staff):
    mine = opened(page, staff["duty_officer"]) | {"texts-0-title": "Typed by me"}
    store(page, staff["consular"], "A colleague's words")
    answer = save(client, page, staff["duty_officer"], mine)
    text = answer.content.decode()
    assert REFUSED in text and str(staff["consular"]) in text and "Typed by me" in text
    assert title(page) == "A colleague's words"
    again = mine | {
        "loaded_revision_id": str(page.latest_revision_id),
        "loaded_revision_created_at": answer.context["loaded_revision_created_at"],
    }
    assert f'name="loaded_revision_id" value="{page.latest_revision_id}"' in text
    assert save(client, page, staff["duty_officer"], again).status_code == 302
    assert title(page) == "Typed by me"


@pytest.mark.django_db
def test_a_revision_that_a_colleague_wrote_over_counts_as_newer(client, page, staff):
    store(page, staff["consular"], "First words")
    mine = opened(page, staff["duty_officer"]) | {"texts-0-title": "Typed by me"}
    store(page, staff["consular"], "Later words", overwrite_revision=page.get_latest_revision())
    assert REFUSED in save(client, page, staff["duty_officer"], mine).content.decode()
    assert title(page) == "Later words"


@pytest.mark.django_db
def test_own_words_in_another_window_are_no_colleague(client, page, staff):
    mine = opened(page, staff["duty_officer"]) | {"texts-0-title": "Typed by me"}
    store(page, staff["duty_officer"], "Also mine")
    assert save(client, page, staff["duty_officer"], mine).status_code == 302
    assert title(page) == "Typed by me"


@pytest.mark.django_db
def test_words_of_a_colleague_that_were_seen_may_be_changed(client, page, staff):
    store(page, staff["consular"], "A colleague's words")
    mine = opened(page, staff["duty_officer"]) | {"texts-0-title": "Typed by me"}
    assert save(client, page, staff["duty_officer"], mine).status_code == 302
    assert title(page) == "Typed by me"


def test_of_two_saves_at_the_same_moment_one_is_refused(committed_database, monkeypatch):
    _site, staff = people()
    now = timezone.now()
    page = draft(now, now + timedelta(hours=6), by=staff["duty_officer"])
    roles = ("duty_officer", "consular")
    store(page, staff["public_affairs"], "What both have opened")
    forms = {role: opened(page, staff[role]) | {"texts-0-title": role} for role in roles}
    both_looked, looked, answers = threading.Barrier(2), WarningForm.refuse_older, {}

    def look_together(form) -> None:
        """Look for newer words; where nothing keeps them apart, both look before either stores."""
        looked(form)
        with suppress(threading.BrokenBarrierError):
            both_looked.wait(timeout=2)

    monkeypatch.setattr(WarningForm, "refuse_older", look_together)

    def save_as(role: str) -> None:
        """Save the form as somebody."""
        answers[role] = save(Client(), page, staff[role], forms[role])
        connection.close()

    threads = [threading.Thread(target=save_as, args=[role]) for role in roles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(answer.status_code for answer in answers.values()) == [200, 302]
    [stored] = [role for role in roles if answers[role].status_code == 302]
    [refused] = [role for role in roles if answers[role].status_code == 200]
    assert REFUSED in answers[refused].content.decode()
    assert title(page) == stored
    wrote = set(Writer.objects.filter(page_id=page.pk).values_list("user", flat=True))
    assert wrote == {staff[role].pk for role in ("duty_officer", "public_affairs", stored)}
