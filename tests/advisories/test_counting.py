"""The length of the text message, counted while an officer types."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advisories.addresses import reading_address
from advisories.faces.text_form import text_form
from advisories.models import AlertKind, Issue, Issued
from advisories.models.issue import NO_CODE_YET
from tests.advisories.factories import draft
from tests.editor import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(staff):
    now = timezone.now()
    return draft(now, now + timedelta(hours=1), staff["consular"])


def counted(client, page, title, actions="- Avoid it.", language="en", **more):
    fields = posted(page.get_latest_revision_as_object(), page.owner) | {
        "kind": AlertKind.objects.get(code="security-alert").pk,
        "status": "Actual",
        "texts-TOTAL_FORMS": "1",
        "texts-0-language": language,
        "texts-0-title": title,
        "texts-0-actions": actions,
        **more,
    }
    return client.post(f"/admin/warnings/{page.pk}/live/", fields)


def test_the_count_is_that_of_the_message_as_it_would_be_sent(client, page, staff):
    client.force_login(staff["consular"])
    told = counted(client, page, "Roads closed", "- Avoid the center.").json()["texts"][0]
    row = page.freeze(timezone.now())[0]
    row.issue = Issue(site=row.site, code=NO_CODE_YET)
    sent = text_form(row, reading_address(row))
    assert (told["text"], told["units"], told["messages"]) == (sent.text, sent.units, sent.messages)
    assert str(sent.units) in told["sentence"]


@pytest.mark.parametrize(
    ("title", "alphabet"), [("Roads closed", "GSM-7"), ("Roads closed 🚧", "UCS-2")]
)
def test_the_alphabet_follows_the_words(client, page, staff, title, alphabet):
    client.force_login(staff["consular"])
    assert counted(client, page, title).json()["texts"][0]["alphabet"] == alphabet


def test_a_long_text_is_told_to_be_too_long(client, page, staff):
    client.force_login(staff["consular"])
    told = counted(client, page, "Roads closed", "- Avoid it. " * 80).json()["texts"][0]
    assert told["messages"] > 3 and told["too_long"]
    exercise = counted(client, page, "Roads", status="Exercise").json()["texts"][0]
    assert exercise["text"].startswith("EXERCISE: ")


def test_counting_stores_nothing_and_takes_rubbish(client, page, staff):
    client.force_login(staff["consular"])
    before = (page.revisions.count(), Issued.objects.count())
    rubbish = {"kind": "x", "status": "?", "texts-0-language": "zz"}
    assert counted(client, page, "\x00" * 20_000, **rubbish).status_code == 200
    for total in ("99999", "x", ""):
        answer = counted(client, page, "a", **{"texts-TOTAL_FORMS": total})
        assert (answer.status_code, answer.json()["texts"]) == (200, [])
    assert (page.revisions.count(), Issued.objects.count()) == before


def test_a_form_with_parts_missing_is_told_so(client, page, staff):
    client.force_login(staff["consular"])
    address = f"/admin/warnings/{page.pk}/live/"
    answer = client.post(address, {"texts-TOTAL_FORMS": "1"})
    lines = [check["words"] for check in answer.json()["checks"]]
    assert any(line.startswith("Part of the form was missing") for line in lines)


def test_only_writers_of_the_mission_are_told(client, page, staff, nairobi):
    client.force_login(staff["section_editor"])
    assert counted(client, page, "Roads").status_code in (302, 403)
    assert client.get(f"/admin/warnings/{page.pk}/live/").status_code in (302, 405)
