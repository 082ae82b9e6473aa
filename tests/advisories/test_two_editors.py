"""Two editors of one warning: nobody overwrites words that they have not seen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.advisories.factories import draft
from tests.editor import posted

pytestmark = pytest.mark.django_db

REFUSED = "nothing of yours was stored"


@pytest.fixture
def page(staff):
    """An alert that the duty officer is writing."""
    now = timezone.now()
    return draft(now, now + timedelta(hours=6), by=staff["duty_officer"])


def opened(page, user) -> dict:
    """Give what the editor posts of somebody who opened it just now."""
    latest = page.get_latest_revision()
    return posted(page.get_latest_revision_as_object(), user) | {
        "loaded_revision_id": str(latest.pk),
        "loaded_revision_created_at": latest.created_at.isoformat(),
    }


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


def test_a_revision_that_a_colleague_wrote_over_counts_as_newer(client, page, staff):
    store(page, staff["consular"], "First words")
    mine = opened(page, staff["duty_officer"]) | {"texts-0-title": "Typed by me"}
    store(page, staff["consular"], "Later words", overwrite_revision=page.get_latest_revision())
    assert REFUSED in save(client, page, staff["duty_officer"], mine).content.decode()
    assert title(page) == "Later words"


def test_own_words_in_another_window_are_no_colleague(client, page, staff):
    mine = opened(page, staff["duty_officer"]) | {"texts-0-title": "Typed by me"}
    store(page, staff["duty_officer"], "Also mine")
    assert save(client, page, staff["duty_officer"], mine).status_code == 302
    assert title(page) == "Typed by me"


def test_words_of_a_colleague_that_were_seen_may_be_changed(client, page, staff):
    store(page, staff["consular"], "A colleague's words")
    mine = opened(page, staff["duty_officer"]) | {"texts-0-title": "Typed by me"}
    assert save(client, page, staff["duty_officer"], mine).status_code == 302
    assert title(page) == "Typed by me"
