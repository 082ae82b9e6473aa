"""The composer: what is left to do, and every face, while the words are still being typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advisories import lifecycle
from advisories.models import AlertText, Issued, TravelAdvisoryPage
from advisories.models.issue import NO_CODE_YET
from advisories.vocabulary import Act
from tests.advisories.factories import draft, issue
from tests.editor import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, staff):
    """A browser in which the duty officer is signed in."""
    client.force_login(staff["duty_officer"])
    return client


@pytest.fixture
def page(staff):
    """An alert that the duty officer is writing."""
    now = timezone.now()
    return draft(now, now + timedelta(hours=6), by=staff["duty_officer"])


def words_of(page, staff, **changed) -> dict:
    """Give what the editor's form holds."""
    return posted(page.get_latest_revision_as_object(), staff["duty_officer"]) | changed


def asked(client, page, data) -> list[dict]:
    """Give the checklist for words as they are typed."""
    response = client.post(f"/admin/warnings/{page.pk}/live/", data)
    assert response.status_code == 200
    return response.json()["checks"]


def to_do(checks: list[dict]) -> list[str]:
    """Give the lines that are not done."""
    return [check["words"] for check in checks if not check["ok"]]


def test_the_checklist_follows_what_is_typed(officer, page, staff):
    assert not to_do(asked(officer, page, words_of(page, staff)))
    checks = asked(officer, page, words_of(page, staff, **{"texts-0-actions": "- The center."}))
    assert any("begin each action with a verb" in line for line in to_do(checks))
    checks = asked(officer, page, words_of(page, staff, **{"texts-0-event": ""}))
    assert any("fill in" in line for line in to_do(checks))


def test_what_the_form_refuses_is_a_line_too(officer, page, staff):
    data = words_of(page, staff)
    checks = asked(officer, page, data | {"expires": data["effective"]})
    assert any(line.endswith("Choose an end after the beginning.") for line in to_do(checks))


def test_asking_stores_nothing(officer, page, staff):
    before = page.revisions.count(), Issued.objects.count(), page.latest_revision_id
    asked(officer, page, words_of(page, staff, **{"texts-0-title": "Something else"}))
    page.refresh_from_db()
    assert (page.revisions.count(), Issued.objects.count(), page.latest_revision_id) == before


def test_an_advisory_has_a_checklist_beside_its_words(officer, staff, home):
    advisory = TravelAdvisoryPage.objects.get()
    now = timezone.now()
    lifecycle.reopen(advisory, staff["duty_officer"], now, Act.UPDATE)
    data = words_of(advisory, staff)
    assert not to_do(asked(officer, advisory, data))
    assert to_do(asked(officer, advisory, data | {"texts-0-summary": "null"}))


@pytest.mark.parametrize("missing", ["changed_on", "reviewed_on", "level"])
def test_an_advisory_without_a_day_or_a_level_is_asked_for_it(officer, staff, home, missing):
    advisory = TravelAdvisoryPage.objects.get()
    lifecycle.reopen(advisory, staff["duty_officer"], timezone.now(), Act.UPDATE)
    data = words_of(advisory, staff, **{missing: "", "texts-0-title": "Half of it"})
    assert to_do(asked(officer, advisory, data))
    kept = officer.post(f"/admin/pages/{advisory.pk}/edit/", data)
    assert kept.status_code == 200 and "Half of it" in kept.content.decode()


@pytest.mark.parametrize("who", ["section_editor", "administrator"])
def test_who_may_not_write_warnings_is_told_nothing(client, page, staff, who):
    data = words_of(page, staff)
    client.force_login(staff[who])
    assert client.post(f"/admin/warnings/{page.pk}/live/", data).status_code in (302, 403)


def test_the_editor_shows_what_is_left_and_leads_to_the_desk(officer, page):
    text = officer.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert f'data-warning-live="/admin/warnings/{page.pk}/live/"' in text
    assert f'href="/admin/warnings/{page.pk}/"' in text
    assert "all four blocks are filled" in text


def preview(client, page, data, mode="composer") -> str:
    """Give what the editor's preview shows of words as they are typed."""
    address = f"/admin/pages/{page.pk}/edit/preview/"
    told = client.post(address, data).json()
    assert told["is_valid"], told
    response = client.get(address, {"mode": mode, "in_preview_panel": "true"})
    assert response.status_code == 200
    return response.content.decode()


def test_the_preview_shows_every_face_of_what_is_typed(officer, page, staff):
    data = words_of(page, staff, **{"texts-0-title": "Water on the bridge"})
    text = preview(officer, page, data)
    for face in ("Banner", "Text message", "Mail", "Read aloud to callers", "CAP 1.2"):
        assert f">{face}<" in text
    assert text.count("Water on the bridge") >= 5
    assert "Before it is submitted" in text
    assert NO_CODE_YET in text
    assert "Water on the bridge" in preview(officer, page, data, mode="")


def test_a_preview_shows_no_code_that_will_not_be_the_code(officer, page, staff):
    desk = officer.get(f"/admin/warnings/{page.pk}/").content.decode()
    assert NO_CODE_YET in desk
    issued = issue(page)
    desk = officer.get(f"/admin/warnings/{page.pk}/").content.decode()
    assert NO_CODE_YET not in desk and issued.code in desk


@pytest.mark.parametrize("missing", ["kind", "effective"])
def test_what_every_face_needs_is_asked_for_and_nothing_is_lost(officer, page, staff, missing):
    data = words_of(page, staff, **{missing: "", "texts-0-title": "Half of it"})
    assert any("required" in line for line in to_do(asked(officer, page, data)))
    kept = officer.post(f"/admin/pages/{page.pk}/edit/", data)
    assert kept.status_code == 200 and "Half of it" in kept.content.decode()
    assert officer.get(f"/admin/warnings/{page.pk}/").status_code == 200


def test_times_on_the_desk_are_those_of_the_mission(officer, page, staff, site):
    lifecycle.submit(page, staff["duty_officer"], timezone.now())
    assert "Bamako time" in officer.get(f"/admin/warnings/{page.pk}/").content.decode()


def test_an_ending_that_is_refused_keeps_its_words_in_every_language(officer, page, staff):
    page.texts.add(AlertText(language="fr", title="Routes", location="x", event="y", actions="- z"))
    issue(page)
    typed = {"step": "end", "act": "all_clear", "note_en": "", "note_fr": "Tout est calme."}
    text = officer.post(f"/admin/warnings/{page.pk}/step/", typed).content.decode()
    assert "Say in each language" in text
    assert "Tout est calme." in text


def test_words_that_cannot_be_changed_are_not_asked_about(officer, page):
    issue(page)
    text = officer.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert f'href="/admin/warnings/{page.pk}/"' in text
    assert "data-warning-live" not in text
