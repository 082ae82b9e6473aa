"""Whether who writes in an editor is still signed in, and what the editor says if not."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from advisories import lifecycle
from embassy.models import ContentPage, HomePage
from tests.advisories.factories import draft
from tests.editor import posted
from tests.factories import person

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/session/"
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def page(staff):
    """An alert that the duty officer is writing."""
    now = timezone.now()
    return draft(now, now + timedelta(hours=6), by=staff["duty_officer"])


@pytest.fixture
def strict(staff):
    """A browser in which the duty officer is signed in, and whose tokens are looked at."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff["duty_officer"])
    return client


def asked(client, page=None):
    """Ask whether the editor of a page, or any, may send its form."""
    return client.get(f"{ADDRESS}{page.pk}/" if page else ADDRESS, headers=SCRIPT)


def test_who_is_signed_in_gets_a_token_that_is_good_for_the_form(strict, page, staff):
    data = posted(page.get_latest_revision_as_object(), staff["duty_officer"])
    data |= {"texts-0-title": "Typed for an hour"}
    editor = f"/admin/pages/{page.pk}/edit/"
    assert strict.post(editor, data).status_code == 403
    answer = asked(strict, page)
    assert answer.status_code == 200
    token = {"csrfmiddlewaretoken": answer.json()["token"]}
    assert strict.post(editor, data | token).status_code == 302
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().texts.first().title == "Typed for an hour"


def test_the_token_is_kept_by_nobody_and_read_by_no_other_site(strict, page):
    answer = asked(strict, page)
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize("headers", [SCRIPT, {"X-Requested-With": "XMLHttpRequest"}])
def test_who_is_not_signed_in_is_told_so_and_led_nowhere(client, page, headers):
    for address in (ADDRESS, f"{ADDRESS}{page.pk}/", f"{ADDRESS}999999/"):
        answer = client.get(address, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/json"
        assert "token" not in answer.json()


def test_an_ended_session_is_no_session(strict, page):
    assert asked(strict, page).status_code == 200
    strict.session.flush()
    assert asked(strict, page).status_code == 401


def test_who_may_not_write_warnings_gets_no_token_for_their_editor(client, page, staff):
    client.force_login(staff["section_editor"])
    answer = asked(client, page)
    assert answer.status_code == 403 and "token" not in answer.json()
    assert asked(client).status_code == 200


def test_who_has_no_content_to_edit_gets_no_token(client, page, staff):
    client.force_login(staff["administrator"])
    assert asked(client, page).status_code == asked(client).status_code == 403


def test_of_another_mission_there_is_nothing(client, page, dakar):
    client.force_login(person(dakar, "duty_officer"))
    answer = asked(client, page)
    assert answer.status_code == 404 and b"token" not in answer.content
    ours = HomePage.objects.get(pk=dakar.root_page_id)
    client.force_login(person(dakar, "public_affairs"))
    assert asked(client, ours).status_code == 200


def test_a_page_that_is_gone_is_not_found(client, staff):
    client.force_login(staff["public_affairs"])
    assert client.get(f"{ADDRESS}999999/").status_code == 404


def test_asking_changes_nothing(strict, page):
    before = page.revisions.count()
    assert Client().post(ADDRESS, headers=SCRIPT).status_code == 401
    assert strict.put(ADDRESS).status_code in (403, 405)
    assert asked(strict, page).status_code == 200
    assert page.revisions.count() == before


def test_that_somebody_types_is_said_with_a_token_and_answered_with_nothing(strict, page):
    for address in (ADDRESS, f"{ADDRESS}{page.pk}/"):
        assert strict.post(address, headers=SCRIPT).status_code == 403
        token = asked(strict, page).json()["token"]
        answer = strict.post(address, headers=SCRIPT | {"X-CSRFToken": token})
        assert (answer.status_code, answer.content) == (204, b"")


def sentences(text: str) -> list[str]:
    """Give for what an editor has a sentence."""
    return re.findall(r'<template data-when="([\w-]+)">\s*<p>\w', text)


def test_every_editor_asks_and_has_the_sentences(client, page, staff, home):
    client.force_login(staff["public_affairs"])
    for_page = ContentPage.objects.first().pk
    for address, asks in {
        f"/admin/pages/{page.pk}/edit/": f"{ADDRESS}{page.pk}/",
        f"/admin/pages/{for_page}/edit/": f"{ADDRESS}{for_page}/",
        f"/admin/pages/add/embassy/contentpage/{home.pk}/": ADDRESS,
        "/admin/snippets/embassy/closure/add/": ADDRESS,
    }.items():
        text = client.get(address).content.decode()
        assert f'data-session="{asks}"' in text, address
        assert sentences(text) == ["signed-out", "refused", "unreachable"]
        assert "js/session.js" in text and 'role="alert"' in text


def test_the_sentences_are_french_where_the_browser_is(client, page, staff, compiled):
    client.force_login(staff["duty_officer"])
    address = f"/admin/pages/{page.pk}/edit/"
    text = client.get(address, headers={"Accept-Language": "fr"}).content.decode()
    assert "Votre connexion a pris fin." in text and "Se connecter dans une" in text


def test_a_locked_warning_still_answers_its_writer(strict, page, staff):
    lifecycle.submit(page, staff["duty_officer"], timezone.now())
    assert asked(strict, page).status_code == 200


def test_what_needs_scripts_is_said_in_words_of_ours(client, staff):
    client.force_login(staff["duty_officer"])
    text = client.get("/admin/").content.decode()
    assert "Writing here needs JavaScript" in text and "staff.css" in text
