"""Every CAP message that can be issued is valid, and names the messages it follows on."""

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.utils import timezone as clock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from wagtail.models import Site

from advisories.demo.closure import closure
from advisories.faces.cap import (
    NAMESPACE,
    cap_message,
    cap_time,
    closed,
    event_of,
    identifier_of,
    references_from,
)
from advisories.models import AlertPage, AlertText, Incident, Issue, Issued
from advisories.vocabulary import Act, Category, Certainty, ResponseType, Severity, Status, Urgency
from embassy.fields import Texts
from embassy.models import Place
from embassy.texts.invisible import without_invisible
from tests.advisories.factories import alert, end, issue
from tests.cap import read

HOUR = timedelta(hours=1)
NASTY = [
    "🚧🌊 Évitez le pont",
    "تحذير: الطرق مغلقة \u202eabc\u202c",
    "<alert>&amp;]]></alert>",
    "a\x00b\x01c\x1fd\x7f\x85e\ufffef\uffffg\ud800h",
    "\x0b\x0c",
    " \r\n\t ",
    "x" * 20_000,
]
TEXTS = st.one_of(st.sampled_from(NASTY), st.text(max_size=60, alphabet=st.characters()))
ZONES = st.integers(-23 * 3600, 23 * 3600).map(lambda s: timezone(timedelta(seconds=s)))
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=ZONES)
LONGITUDES = st.floats(-180, 180, allow_nan=False)
LATITUDES = st.floats(-90, 90, allow_nan=False)
RINGS = st.lists(st.tuples(LONGITUDES, LATITUDES).map(list), min_size=0, max_size=6)
CODES = st.sampled_from(["", "ML-4"])
PLACES = st.builds(
    lambda name, lat, lon, rings, code: {
        "code": "place",
        "iso_code": code,
        "name": name,
        "latitude": lat,
        "longitude": lon,
        "rings": rings,
    },
    TEXTS,
    LATITUDES,
    LONGITUDES,
    st.lists(RINGS, max_size=2),
    CODES,
)
CONTACTS = st.builds(
    lambda label, display: {"label": label, "display": display, "extension": ""}, TEXTS, TEXTS
)
ENDS = [Act.CANCEL, Act.ALL_CLEAR]
CHANGES = [Act.UPDATE, Act.WORDING, Act.LANGUAGE]


def said(root: etree._Element, name: str) -> list[str]:
    """Give the texts of all elements of a name."""
    return [element.text for element in root.iter(f"{{{NAMESPACE}}}{name}")]


@st.composite
def contents(draw) -> dict:
    """Make up what an alert says in one language."""
    names = ["location", "event", "actions", "assistance"]
    return {
        "title": draw(TEXTS),
        "note": draw(TEXTS),
        "kind": {"code": "security-alert", "name": draw(TEXTS)},
        "blocks": [{"name": name, "text": draw(TEXTS)} for name in names],
        "areas": draw(st.lists(PLACES, max_size=3)),
        "contacts": draw(st.lists(CONTACTS, max_size=2)),
        "incident": draw(st.sampled_from([None, 1, 2])),
        "cap": {
            "category": draw(st.sampled_from(Category.values)),
            "urgency": draw(st.sampled_from(Urgency.values)),
            "severity": draw(st.sampled_from(Severity.values)),
            "certainty": draw(st.sampled_from(Certainty.values)),
            "responseType": draw(st.sampled_from(ResponseType.values)),
        },
    }


@st.composite
def lives(draw) -> list[tuple[Issue, list[Issued]]]:
    """Make up the life of an alert: a first issue, updates, perhaps an end."""
    acts = [Act.ISSUE, *draw(st.lists(st.sampled_from(CHANGES), max_size=4))]
    acts += draw(st.sampled_from([[], *[[end] for end in ENDS]]))
    site, status, sent = Site(hostname="bamako.example"), draw(st.sampled_from(Status.values)), None
    made: list[tuple[Issue, list[Issued]]] = []
    for number, act in enumerate(acts, start=1):
        sent = draw(TIMES) if sent is None else sent + draw(st.timedeltas(HOUR * 0, HOUR * 10))
        one = Issue(site=site, page_id=7, kind="alert", number=number, act=act, status=status)
        one.sent = sent.astimezone(draw(ZONES))
        one.effective = draw(TIMES)
        one.expires = sent + draw(st.timedeltas(HOUR * 0, HOUR * 24))
        one.identifier = identifier_of(one)
        one.references = references_from([earlier for earlier, _rows in made], one.sent)
        codes = draw(st.sampled_from([["en"], ["en", "fr"], ["fr"]]))
        rows = [Issued(language=code, content=draw(contents())) for code in codes]
        web = dict.fromkeys(codes, "https://bamako.example/alerts/é ü/")
        one.cap = cap_message(one, rows, draw(TEXTS), web)
        made.append((one, rows))
    return made


@settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(life=lives())
def test_every_message_is_valid_and_names_what_it_follows_on(life):
    sent: list[Issue] = []
    for one, rows in life:
        root = read(one.cap.encode())
        assert said(root, "identifier") == [one.identifier]
        named = " ".join(said(root, "references")).split()
        lasting = [earlier for earlier in sent if earlier.expires > one.sent]
        expected = lasting or sent[-1:]
        assert named == [key_of(earlier) for earlier in expected]
        assert said(root, "msgType") == [kind_of(one)]
        assert len(said(root, "language")) == len(rows)
        assert all(1 <= len(event) < 35 for event in said(root, "event"))
        assert all(area.strip() for area in said(root, "areaDesc"))
        assert len(said(root, "areaDesc")) >= len(rows)
        for polygon in said(root, "polygon"):
            points = polygon.split()
            assert points[0] == points[-1] and len(points) >= 4
        if one.act in ENDS:
            assert set(said(root, "urgency")) == {"Past"}
            asked = {Act.CANCEL: {"None"}, Act.ALL_CLEAR: {"AllClear"}}[one.act]
            assert set(said(root, "responseType")) == asked
            assert not said(root, "instruction")
        sent.append(one)


def key_of(one: Issue) -> str:
    """Name a message by what stands in it, as later ones must."""
    root = etree.fromstring(one.cap.encode())
    return ",".join(said(root, name)[0] for name in ("sender", "identifier", "sent"))


def kind_of(one: Issue) -> str:
    """Give the type of message that an act makes."""
    return {Act.ISSUE: "Alert", Act.CANCEL: "Cancel"}.get(one.act, "Update")


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 11, 21, 12, 0, 0, 999_999, UTC), "2026-11-21T12:00:00-00:00"),
        (datetime(2026, 11, 21, 0, 30, tzinfo=timezone(HOUR * 3)), "2026-11-20T21:30:00-00:00"),
        (datetime(2026, 11, 21, 12, tzinfo=timezone(-HOUR * 5)), "2026-11-21T17:00:00-00:00"),
        (
            datetime(1990, 1, 1, tzinfo=timezone(timedelta(seconds=-1172))),
            "1990-01-01T00:19:32-00:00",
        ),
    ],
)
def test_times_are_in_utc_to_the_second(moment, written):
    assert cap_time(moment) == written


def test_a_long_kind_is_cut_between_words():
    assert event_of("Alert") == "Alert"
    assert event_of("Message for citizens of all sorts 34") == "Message for citizens of all sorts"
    assert event_of("x" * 34) == "x" * 34
    assert event_of("Alert of a kind that is right then x") == "Alert of a kind that is right then"
    assert event_of("x" * 80) == "x" * 34


def test_a_sender_that_moved_keeps_the_name_its_earlier_messages_have():
    site = Site(hostname="old.example")
    one = Issue(site=site, page_id=7, number=1, sent=datetime(2026, 1, 1, tzinfo=UTC))
    one.identifier = identifier_of(one)
    site.hostname = "new.example"
    assert (
        references_from([one], one.sent) == "old.example,old.example.7.1,2026-01-01T00:00:00-00:00"
    )


def test_both_edges_of_the_time_in_which_a_message_must_be_named():
    start = datetime(2026, 1, 1, tzinfo=UTC)
    site = Site(hostname="x.example")
    made = []
    for number, hours in ((1, 1), (2, 5)):
        one = Issue(site=site, page_id=7, number=number, sent=start, expires=start + HOUR * hours)
        one.identifier = identifier_of(one)
        made.append(one)
    before = references_from(made, start + HOUR - timedelta(microseconds=1))
    assert before.count("x.example.7.") == 2
    assert references_from(made, start + HOUR).split()[0].startswith("x.example,x.example.7.2,")
    lapsed = references_from(made, start + 5 * HOUR)
    assert lapsed.startswith("x.example,x.example.7.2,")  # an update names something


def test_an_outline_is_closed_and_what_is_no_surface_is_left_out():
    square = [[0, 0], [0, 1], [1, 1], [1, 0]]
    assert closed(square) == closed([*square, [0, 0]]) == [*map(tuple, square), (0, 0)]
    assert closed([]) == closed([[0, 0], [1, 1]]) == closed([[0, 0], [1, 1], [0, 0], [0, 0]]) == []


@pytest.mark.django_db
def test_the_life_of_a_real_alert(site, staff):
    now = clock.now()
    outline = {
        "type": "Polygon",
        "coordinates": [[[-8, 12], [-8, 13], [-7, 13], [-7, 12], [-8, 12]]],
    }
    place = Place.objects.create(
        site=site, name=Texts(en="Old town", fr="Vieille ville"), code="old-town", iso_code="ML-9",
        latitude=12.5, longitude=-7.5, geometry=outline,
    )  # fmt: skip
    flood = Incident.objects.create(site=site, name=Texts(en="Flood"), begun_on=now.date())
    page = alert(now - HOUR, now + HOUR, title="Flood", incident=flood)
    page.places = [place, Place.objects.get(site=site, code="segou")]
    add_french(page, without_invisible(NASTY[1]))
    issue(page)
    end(page, Act.CANCEL, staff)
    first, second, third = Issue.objects.of(page).order_by("number")
    roots = [read(one.cap.encode()) for one in (first, second, third)]
    assert [said(root, "msgType")[0] for root in roots] == ["Alert", "Update", "Cancel"]
    assert said(roots[1], "references") == [key_of(first)]
    assert said(roots[2], "references") == [f"{key_of(first)} {key_of(second)}"]
    assert said(roots[1], "language") == ["en", "fr"]
    assert said(roots[1], "polygon")[0] == "12,-8 13,-8 13,-7 12,-7 12,-8"
    assert said(roots[1], "areaDesc")[2:] == ["Vieille ville", "Ségou"]
    assert len(said(roots[1], "circle")) == 2
    names = ["verification code", "ISO 3166-2"]
    assert said(roots[1], "valueName") == names * 2
    assert said(roots[2], "incidents") == [f"localhost.incident.{flood.pk}"]
    assert said(roots[2], "expires")[0] == cap_time(now + HOUR)
    assert said(roots[2], "effective")[0] == said(roots[2], "sent")[0]


@pytest.mark.django_db
def test_made_up_alerts_that_went_through_the_database(site):
    made_up = random.Random(7)
    for title in map(without_invisible, NASTY[:3]):
        now = clock.now()
        page = alert(now - HOUR, now + HOUR * made_up.randint(1, 9), title="x")
        AlertText.objects.filter(page=page).update(title=title[:160], event=title, location=title)
        page = AlertPage.objects.get(pk=page.pk)
        issue(page)
        stored = Issue.objects.of(page).first()
        root = read(stored.cap.encode())
        assert said(root, "headline") == [title[:160]]
        assert said(root, "references") == [key_of(Issue.objects.of(page).last())]


@pytest.mark.django_db
def test_what_the_demo_issues_is_valid():
    closure()
    (message,) = Issue.objects.exclude(cap="").values_list("cap", flat=True)
    assert said(read(message.encode()), "language") == ["en", "fr"]


def add_french(page: AlertPage, text: str) -> None:
    """Add a French text to an alert."""
    page.texts = [
        *page.texts.all(),
        AlertText(language="fr", title=text, location=text, event=text, actions=text),
    ]
