"""What changed from one issue of an advisory to the next, as readers and machines are told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from advisories import lifecycle
from advisories.changes import changes_between
from advisories.models import AdvisoryArea, Indicator, Issued, TravelAdvisoryPage
from advisories.vocabulary import Act
from embassy.approval import Refused
from embassy.fields import Texts
from embassy.models import Place

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def advisory(site):
    return TravelAdvisoryPage.objects.get()


def updated(advisory, staff, change):
    """Issue an update of the advisory by two people; give its issued rows by language."""
    lifecycle.reopen(advisory, staff["consular"], AT, Act.UPDATE)
    words = TravelAdvisoryPage.objects.get(pk=advisory.pk).get_latest_revision_as_object()
    change(words)
    words.save_revision(user=staff["consular"])
    page = TravelAdvisoryPage.objects.get(pk=advisory.pk)
    clearance = lifecycle.submit(page, staff["consular"], AT)
    lifecycle.approve(page, staff["approver"], AT, clearance.reading)
    return {row.language: row for row in Issued.objects.current_of(page)}


def content(**fields):
    return {"level": 4, "indicators": [], "areas": [], "summary": "", "advice": []} | fields


def lower(words):
    """Give words a lower level, which no summary contradicts."""
    words.level, words.summary, words.summaries = 3, "", Texts()


def test_level_and_indicators_are_told_from_and_to(advisory, staff):
    def change(words):
        lower(words)
        words.indicators = list(Indicator.objects.filter(code__in="CTKN"))

    rows = updated(advisory, staff, change)
    changes = rows["en"].content["changes"]
    assert changes["level"] == [4, 3]
    assert changes["indicators_added"] == ["N"]
    assert sorted(changes["indicators_removed"]) == ["H", "U"]
    sentence = changes["sentence"]
    assert "Lowered from Level 4 (Do Not Travel) to Level 3 (Reconsider Travel)." in sentence
    assert "New risk indicators: Natural Disaster." in sentence
    assert "Abaissé" in rows["fr"].content["changes"]["sentence"]


def test_an_update_bears_its_day_unless_its_writer_says_otherwise(advisory, staff):
    rows = updated(advisory, staff, lower)
    assert rows["en"].content["reviewed_on"] == rows["en"].content["changed_on"] == "2026-07-01"


def test_dates_alone_are_no_change(advisory, staff):
    def dates(words):
        words.reviewed_on = words.changed_on = date(2026, 6, 30)

    with pytest.raises(Refused, match="Nothing has changed"):
        updated(advisory, staff, dates)


def test_an_update_that_is_discarded_leaves_the_issued_dates(advisory, staff):
    lifecycle.reopen(advisory, staff["consular"], AT, Act.UPDATE)
    lifecycle.discard(TravelAdvisoryPage.objects.get(pk=advisory.pk), staff["consular"])
    words = TravelAdvisoryPage.objects.get(pk=advisory.pk).get_latest_revision_as_object()
    assert words.reviewed_on == date(2026, 1, 9)


def test_areas_stand_in_a_table_and_on_the_map(advisory, staff, site, client):
    segou = Place.objects.get(site=site, code="ml-4")
    town = Place.objects.get(site=site, code="kati")

    def change(words):
        words.area_rows = [
            AdvisoryArea(place=segou, level=3, sort_order=0),
            AdvisoryArea(place=town, level=2, sort_order=1),
        ]

    rows = updated(advisory, staff, change)
    areas = rows["en"].content["areas"]
    assert [(area["iso_code"], area["level"]) for area in areas] == [("ML-4", 3), ("", 2)]
    assert areas[0]["rings"] and areas[0]["rings"][0][0] == areas[0]["rings"][0][-1]
    assert "Ségou Region has a level of its own" in rows["en"].content["changes"]["sentence"]
    shown = client.get("/travel-advisory/areas.geojson").json()
    assert shown["level"] == 4
    levels = {one["id"].rpartition("/")[2]: one for one in shown["features"]}
    assert levels["ml-4"]["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert levels["kati"]["geometry"] == {"type": "Point", "coordinates": [-8.07, 12.74]}
    assert levels["kati"]["properties"]["level"] == 2
    page = client.get("/travel-advisory/").content.decode()
    assert "map__region--level-3" in page and "map__region--level-4" in page
    assert "Everywhere else" in page and "Kati (2)" in page
    assert "What changed" in page


def reviewed(page, staff, at):
    """Let two people say that nothing changed."""
    page = TravelAdvisoryPage.objects.get(pk=page.pk)
    clearance = lifecycle.end(page, staff["consular"], at, Act.REVIEWED)
    lifecycle.approve(page, staff["approver"], at, clearance.reading)
    return Issued.objects.current_of(page)[0]


def part(client, address: str) -> str:
    """Give the part of the page that says what changed."""
    heading = BeautifulSoup(client.get(address).content, "html.parser").find(id="changes")
    return " ".join(heading.parent.get_text(" ").split()) if heading else ""


def test_a_review_without_change_adds_none_and_the_page_still_tells_the_last(
    advisory, staff, client
):
    updated(advisory, staff, lower)
    before = part(client, "/travel-advisory/")
    assert "Lowered from Level 4" in before and "July 1, 2026" in before
    for days in (31, 62):
        row = reviewed(advisory, staff, AT + timedelta(days=days))
        assert "changes" not in row.content
        assert part(client, "/travel-advisory/") == before
    assert part(client, f"/travel-advisory/{row.content['reviewed_on']}/") == before
    assert 'href="#changes"' in client.get("/travel-advisory/").content.decode()


def test_a_review_of_what_never_changed_tells_no_change(advisory, staff, client):
    reviewed(advisory, staff, AT)
    assert part(client, "/travel-advisory/") == ""


def test_an_issue_tells_nothing_that_came_after_it(advisory, staff, client):
    reviewed(advisory, staff, AT - timedelta(days=5))
    updated(advisory, staff, lower)
    assert part(client, "/travel-advisory/2026-06-26/") == ""


def test_paragraphs_are_told_apart_by_their_section():
    before = content(
        advice=[
            {"heading": "Crime", "html": "<p>Stay alert.</p><ul><li>Lock doors.</li></ul>"},
            {"heading": "Health", "html": "<p>Drink water.</p>"},
        ]
    )
    after = content(
        advice=[
            {"heading": "Crime", "html": "<p>Stay alert.</p><ul><li>Lock windows.</li></ul>"},
            {"heading": "Unrest", "html": "<p>Avoid crowds.</p>"},
        ]
    )
    assert changes_between(before, after, "en")["sections"] == [
        {"heading": "Crime", "removed": ["Lock doors."], "added": ["Lock windows."]},
        {"heading": "Unrest", "removed": [], "added": ["Avoid crowds."]},
        {"heading": "Health", "removed": ["Drink water."], "added": []},
    ]


def test_an_area_may_go_back_to_the_level_of_the_country():
    area = {"code": "gao", "name": "Gao", "level": 3}
    changes = changes_between(content(areas=[area]), content(), "en")
    assert changes["areas"] == [{"code": "gao", "name": "Gao", "from": 3, "to": None}]
    assert changes["sentence"] == "Gao now has the level of the whole country."
    raised = changes_between(content(areas=[area]), content(areas=[{**area, "level": 4}]), "en")
    assert raised["sentence"].startswith("Gao is raised from Level 3")


def test_issues_of_before_areas_were_known_compare_as_they_are():
    before = {"level": 3, "summary": "<p>Old</p>", "advice": []}
    assert changes_between(before, content(summary="<p>Old</p>"), "en")["level"] == [3, 4]
