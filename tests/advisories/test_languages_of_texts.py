"""A warning is written in the languages of its mission, one text each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advisories import lifecycle
from advisories.models import AlertText, Clearance, Issue
from advisories.readiness import checklist
from embassy.approval import Refused
from embassy.models import MissionSettings
from tests.advisories.factories import draft
from tests.editor import posted

pytestmark = pytest.mark.django_db
NOT_SPOKEN = "is not a language of this mission"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def page(staff, now):
    """An alert in English that the duty officer is writing."""
    return draft(now, now + timedelta(hours=6), by=staff["duty_officer"])


def in_languages(page, *codes: str):
    """Store the text of a draft once in each language, as a program could."""
    words = page.get_latest_revision_as_object()
    text = words.texts.first()
    names = ("title", "location", "event", "actions", "assistance")
    said = {name: getattr(text, name) for name in names}
    words.texts = [AlertText(language=code, sort_order=n, **said) for n, code in enumerate(codes)]
    words.save_revision(clean=False)
    page.refresh_from_db()
    return page


def speak(site, *codes: str) -> None:
    """Let the mission speak these languages from now on."""
    MissionSettings.objects.filter(site=site).update(languages=list(codes))


def row_errors(response) -> list[str]:
    """Give the sentences at the language of the first text."""
    assert response.status_code == 200
    return response.context["form"].formsets["texts"].forms[0].errors.get("language", [])


def test_a_forged_language_is_refused_at_its_field(client, page, staff):
    client.force_login(staff["duty_officer"])
    data = posted(page.get_latest_revision_as_object(), staff["duty_officer"])
    before = page.latest_revision_id
    answer = client.post(f"/admin/pages/{page.pk}/edit/", data | {"texts-0-language": "de"})
    [sentence] = row_errors(answer)
    assert NOT_SPOKEN in sentence and "English, French" in sentence
    page.refresh_from_db()
    assert page.latest_revision_id == before


def test_a_language_the_mission_no_longer_speaks_is_refused_too(client, page, staff, site):
    client.force_login(staff["duty_officer"])
    data = posted(page.get_latest_revision_as_object(), staff["duty_officer"])
    speak(site, "fr")
    answer = client.post(f"/admin/pages/{page.pk}/edit/", data)
    [sentence] = row_errors(answer)
    assert sentence.startswith("English " + NOT_SPOKEN)


def test_each_language_of_the_mission_is_stored(client, page, staff):
    client.force_login(staff["duty_officer"])
    for code in ("fr", "en"):
        data = posted(page.get_latest_revision_as_object(), staff["duty_officer"])
        client.post(f"/admin/pages/{page.pk}/edit/", data | {"texts-0-language": code})
        page.refresh_from_db()
        assert page.get_latest_revision_as_object().texts.first().language == code


def test_a_text_that_is_deleted_may_be_in_any(client, page, staff):
    client.force_login(staff["duty_officer"])
    words = in_languages(page, "en", "de").get_latest_revision_as_object()
    data = posted(words, staff["duty_officer"]) | {"texts-0-id": "", "texts-1-id": ""}
    client.post(f"/admin/pages/{page.pk}/edit/", data | {"texts-1-DELETE": "on"})
    page.refresh_from_db()
    assert [t.language for t in page.get_latest_revision_as_object().texts.all()] == ["en"]


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        (("en", "de"), NOT_SPOKEN),
        (("en", "en"), "two texts in one language"),
        ((), "at least one language"),
    ],
)
def test_such_texts_are_not_submitted_whichever_way_they_came(page, staff, now, codes, sentence):
    in_languages(page, *codes)
    with pytest.raises(Refused, match=sentence):
        lifecycle.submit(page, staff["duty_officer"], now)
    assert any(sentence in check.todo for check in checklist(words_of(page), now) if not check.ok)


def words_of(page):
    """Give the alert with the words under way."""
    return page.get_latest_revision_as_object()


def test_one_text_in_each_language_is_submitted(page, staff, now):
    in_languages(page, "en", "fr")
    assert any("mission’s languages" in check.what for check in checklist(words_of(page), now))
    with pytest.raises(Refused, match="begin each action with a verb"):
        lifecycle.submit(page, staff["duty_officer"], now)  # English words under French


def test_nobody_approves_a_language_the_mission_dropped_meanwhile(page, staff, now, site):
    lifecycle.submit(page, staff["duty_officer"], now)
    seen = Clearance.objects.get(page=page).reading
    speak(site, "fr")
    with pytest.raises(Refused, match=NOT_SPOKEN):
        lifecycle.approve(page, staff["approver"], now, seen)
    assert not Issue.objects.of(page).exists()
    speak(site, "en", "fr")
    assert lifecycle.approve(page, staff["approver"], now, seen).number == 1
