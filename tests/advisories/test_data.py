"""Warnings as GeoJSON, JSON and CAP files: what other programs are given, and the manners of it."""

import json
from datetime import timedelta
from itertools import pairwise
from math import cos, hypot, pi, sin

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from advisories import published
from advisories.demo.alert import ENGLISH, FRENCH
from advisories.faces.cap import NAMESPACE
from advisories.faces.geojson import FINENESS, collection, geometry_of
from advisories.models import AdvisoryArea, AlertText, Issue, TravelAdvisoryPage
from advisories.vocabulary import Act
from embassy.fields import Texts
from embassy.machines.public_data import AS_WRITTEN
from embassy.models import MissionSettings, Place
from tests.advisories.factories import alert, end, issue

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SQUARE = [[-8.0, 12.0], [-8.0, 13.0], [-7.0, 13.0], [-7.0, 12.0], [-8.0, 12.0]]


def get(path: str, host: str = "localhost", **headers):
    """Ask for an address as a program does."""
    return Client().get(path, HTTP_HOST=host, headers=headers)


def in_force(**fields):
    """Make an alert in force now."""
    now = timezone.now()
    return alert(now - HOUR, now + HOUR, **fields)


def features() -> list[dict]:
    """Give the features of the alerts in force."""
    response = get("/alerts/alerts.geojson")
    assert response["Content-Type"] == "application/geo+json"
    data = json.loads(response.content)
    assert (data["type"], data["schema_version"]) == ("FeatureCollection", 1)
    return data["features"]


def area(**facts) -> dict:
    """Give a place as a frozen row quotes it."""
    return {"code": "x", "name": "X", "latitude": 12.5, "longitude": -8.0, **facts}


def test_geojson_has_each_alert_once_in_all_languages(site):
    page = in_force(title="Roads closed")
    page.places = list(Place.objects.filter(site=site, code__in=["segou", "bamako"]))
    page.texts = [
        *page.texts.all(),
        AlertText(language="fr", title="Routes fermées", location="a", event="b", actions="c"),
    ]
    issue(page)
    (feature,) = features()
    facts = feature["properties"]
    assert feature["id"] == f"tag:localhost,2026:alert/{page.pk}"
    assert facts["headline"] == {"en": "Roads closed", "fr": "Routes fermées"}
    assert facts["kind"] == "security-alert" and facts["severity"] == "Severe"
    assert facts["places"] == ["bamako", "segou"] and facts["schema_version"] == 1
    assert facts["effective"].endswith("+00:00") and "." not in facts["expires"]
    assert feature["geometry"]["type"] == "MultiPoint"
    assert all(-13 < lon < 5 and 10 < lat < 26 for lon, lat in feature["geometry"]["coordinates"])
    for address in (facts["url"], facts["cap"]):
        assert get(address.removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize(
    ("areas", "kind"),
    [
        ([], None),
        ([area()], "Point"),
        ([area(), area()], "MultiPoint"),
        ([area(rings=[SQUARE])], "Polygon"),
        ([area(rings=[SQUARE]), area(rings=[SQUARE])], "MultiPolygon"),
        ([area(rings=[SQUARE]), area()], "GeometryCollection"),
    ],
)
def test_geometry_is_what_the_places_are(areas, kind):
    geometry = geometry_of(areas)
    assert (geometry and geometry["type"]) == kind


def test_outlines_go_counterclockwise_with_longitude_first():
    for ring in (SQUARE, SQUARE[::-1]):
        (outer,) = geometry_of([area(rings=[ring])])["coordinates"]
        turns = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(outer))
        assert turns > 0 and outer[0] == outer[-1]
    assert geometry_of([area()])["coordinates"] == [-8.0, 12.5]


def test_a_large_outline_is_drawn_in_few_points_and_a_small_one_as_it_is():
    turns = [2 * pi * step / 2000 for step in range(2000)] + [0]
    for radius, most in ((3.0, 80), (0.01, 2001)):
        ring = [[radius * cos(turn), radius * sin(turn)] for turn in turns]
        ring[-1] = ring[0]
        (outer,) = geometry_of([area(rings=[ring])])["coordinates"]
        assert 16 < len(outer) <= most and outer[0] == outer[-1]
        assert all(hypot(*point) == pytest.approx(radius, rel=0.02) for point in outer)
    assert geometry_of([area(rings=[SQUARE])])["coordinates"][0] == SQUARE[::-1]


def test_an_outline_is_an_outline_however_few_its_points():
    turns = [2 * pi * step / 500 for step in range(500)] + [0]
    ring = [[3 * cos(turn), 3 * sin(turn)] for turn in turns]
    ring[-1] = ring[0]
    sizes = []
    for fine in FINENESS:
        (outer,) = geometry_of([area(rings=[ring])], fine)["coordinates"]
        assert outer[0] == outer[-1]
        assert all(hypot(*point) == pytest.approx(3, rel=0.01) for point in outer)
        sizes.append(len(outer))
    assert sizes == sorted(sizes, reverse=True) and 8 <= sizes[-1] < sizes[0] / 2


def test_fifty_alerts_on_the_largest_regions_are_a_feed_of_a_hundred_kilobytes(site, rf):
    page = in_force()
    page.texts = [AlertText(language="en", **ENGLISH), AlertText(language="fr", **FRENCH)]
    page.places = list(Place.objects.filter(site=site, iso_code__in=["ML-1", "ML-2", "ML-3"]))
    issue(page)
    found = published.published(published.alerts(site, timezone.now()))
    for count, finest in ((1, True), (50, False)):
        whole = collection(found * count, ["en", "fr"], rf.get("/", HTTP_HOST="localhost"))
        body = json.dumps(whole, **AS_WRITTEN).encode()
        assert len(whole["features"]) == count and len(body) <= 100_000
        drawn = whole["features"][0]["geometry"]
        assert drawn["type"] == "MultiPolygon" and len(drawn["coordinates"]) == 3
        assert (drawn == geometry_of(found[0].rows[0].content["areas"])) == finest


def test_an_alert_that_ended_is_in_no_map(staff):
    page = in_force(title="Roads closed")
    assert len(features()) == 1
    end(page, Act.ALL_CLEAR, staff)
    assert features() == []


@pytest.mark.parametrize(("act", "asks"), [(Act.CANCEL, "None"), (Act.ALL_CLEAR, "AllClear")])
def test_an_end_says_the_same_as_data_and_as_cap(staff, act, asks):
    page = in_force(title="Roads closed")
    issue = end(page, act, staff)
    found = json.loads(get(f"/api/v1/alerts/{page.pk}").content)
    read = etree.fromstring(issue.cap.encode())
    for name, ours in {"urgency": "urgency", "responseType": "response_type"}.items():
        assert found[ours] == read.findtext(f".//{{{NAMESPACE}}}{name}")
    assert (found["urgency"], found["response_type"]) == ("Past", asks)
    assert found["texts"]["en"]["act_name"] == issue.get_act_display()
    assert [block["name"] for block in found["texts"]["en"]["blocks"]] == ["location", "event"]


def test_a_cap_file_is_the_frozen_message_byte_for_byte(staff):
    page = in_force(title="Routes fermées 🚧")
    end(page, Act.CANCEL, staff)
    messages = {one.number: one.cap for one in Issue.objects.of(page)}
    for number, message in messages.items():
        response = get(f"/alerts/{page.slug}/{number}/cap.xml")
        assert response.content == message.encode()
        assert response["Content-Type"] == "application/cap+xml; charset=utf-8"
        dated = response["Last-Modified"]
        assert (
            get(f"/alerts/{page.slug}/{number}/cap.xml", if_modified_since=dated).status_code == 304
        )
    assert get(f"/alerts/{page.slug}/cap.xml").content == messages[2].encode()
    assert "Last-Modified" not in get(f"/alerts/{page.slug}/cap.xml")
    for number in ("3", "0", "01", "99999999999", "x"):
        assert get(f"/alerts/{page.slug}/{number}/cap.xml").status_code == 404


@pytest.mark.parametrize("slug", ["nothing", "%00", "a%2Fb", "é", "..%2F"])
def test_no_such_alert(slug):
    assert get(f"/alerts/{slug}/cap.xml").status_code == 404


def test_the_advisory_as_data(site):
    data = json.loads(get("/travel-advisory/advisory.json").content)
    assert data["schema_version"] == 1 and data["country"] == "ML"
    assert (data["level"], data["texts"]["en"]["level_name"]) == (4, "Do Not Travel")
    assert set(data["indicators"]) == set("CTKUH")
    assert data["texts"]["fr"]["indicators"][0] == {"code": "C", "name": "Criminalité"}
    assert (data["reviewed_on"], data["changed_on"]) == ("2026-01-09", "2026-01-09")
    assert (data["review_due"], data["review_overdue"]) == ("2026-07-09", True)
    assert get(data["url"].removeprefix("http://localhost")).status_code == 200
    assert "do not travel to Mali" in data["texts"]["en"]["summary_html"]
    numbers = [contact["e164"] for contact in data["texts"]["en"]["contacts"]]
    assert "+22320702300" in numbers
    assert data["areas"] == [] and data["texts"]["en"]["changes"] is None
    assert "writers" not in data and "approver" not in data


def test_areas_and_changes_of_a_frozen_advisory_are_passed_on(site):
    page = TravelAdvisoryPage.objects.get()
    place = Place.objects.get(site=site, code="ml-6")
    page.area_rows = [AdvisoryArea(place=place, level=3)]
    issue(page)
    data = json.loads(get("/travel-advisory/advisory.json").content)
    assert data["areas"] == [{"code": "ml-6", "iso_code": "ML-6", "level": 3}]
    french = data["texts"]["fr"]
    assert [(area["name"], area["level"]) for area in french["areas"]] == [
        ("Région de Tombouctou", 3)
    ]
    assert french["changes"]["areas"][0]["to"] == 3 and french["changes"]["sentence"]


def test_the_country_is_the_missions(site):
    MissionSettings.objects.filter(site=site).update(host_state_code="SN")
    assert json.loads(get("/travel-advisory/advisory.json").content)["country"] == "SN"


def test_addresses_within_the_site_are_whole_for_readers_elsewhere():
    from advisories.models.frozen_text import absolute_html

    html = '<a href="/visas/">a</a><a href="https://x.example/">b</a>'
    assert absolute_html(html, "https://bamako.example") == (
        '<a href="https://bamako.example/visas/">a</a><a href="https://x.example/">b</a>'
    )


def test_outlines_are_frozen_with_the_alert(site):
    outline = {"type": "Polygon", "coordinates": [SQUARE]}
    place = Place.objects.create(
        site=site,
        name=Texts(en="Old town"),
        code="old",
        latitude=12,
        longitude=-8,
        geometry=outline,
    )
    page = in_force(title="Roads closed")
    page.places = [place]
    issue(page)
    Place.objects.filter(pk=place.pk).update(geometry=None)
    (feature,) = features()
    assert feature["geometry"]["type"] == "Polygon"
