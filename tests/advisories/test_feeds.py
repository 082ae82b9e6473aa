"""Feeds hold all alerts in force and only those, under names that last, and fail out loud."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree
from wagtail.models import PageViewRestriction

from advisories import lifecycle, published
from advisories.models import AlertIndexPage, AlertPage, AlertText, Issue, Issued
from advisories.vocabulary import Act, Status
from embassy.machines.feeds import cut, weight
from embassy.models import MissionSettings
from tests.advisories.factories import alert, draft, end, issue

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
OF_ALERTS = ["/alerts/feed.atom", "/alerts/feed.rss", "/fr/alerts/feed.atom", "/alerts/cap.atom"]
ALL = [*OF_ALERTS, "/alerts/archive.atom", "/travel-advisory/feed.atom"]


def read(path: str, host: str = "localhost"):
    """Read a feed as a subscriber's program does; a faulty one fails."""
    response = Client().get(path, HTTP_HOST=host)
    assert response.status_code == 200, response.content
    feed = feedparser.parse(response.content)
    assert feed.bozo == 0, feed.get("bozo_exception")
    assert feed.feed.title and feed.feed.get("updated")
    return feed


def titles(path: str, host: str = "localhost") -> list[str]:
    """Give the titles of a feed's entries."""
    return [entry.title for entry in read(path, host).entries]


def in_force(**fields) -> AlertPage:
    """Make an alert in force now."""
    now = timezone.now()
    return alert(now - HOUR, now + HOUR, **fields)


def links(entry, rel: str) -> list[str]:
    """Give where an entry or a feed links to in a role."""
    return [link.href for link in entry.links if link.rel == rel]


def path_of(url: str) -> str:
    """Give an address without the host; every address in a feed has one."""
    assert url.startswith("http://localhost/"), url
    return url.removeprefix("http://localhost")


@pytest.mark.parametrize("path", ALL)
def test_feeds_are_valid_and_every_address_in_them_answers(path):
    in_force(title="Roads <b>closed</b> & more 🚧 إغلاق")
    feed = read(path)
    assert feed.feed.get("id", "").startswith("tag:localhost,2026:") or path.endswith("rss")
    assert links(feed.feed, "self") == [f"http://localhost{path}"]
    assert feed.entries
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert entry.id.startswith("tag:localhost,2026:")
        assert entry.published and entry.title
        for link in entry.links:
            assert Client().get(path_of(link.href), HTTP_HOST="localhost").status_code == 200


@pytest.mark.parametrize("path", OF_ALERTS)
def test_all_alerts_in_force_and_only_those(path):
    now = timezone.now()
    kept = {f"Alert {number}" for number in range(12)}
    for title in kept:
        in_force(title=title)
    alert(now + HOUR, now + 2 * HOUR, title="Not yet")
    alert(now - 2 * HOUR, now - HOUR, title="Over")
    in_force(title="Exercise", status=Status.EXERCISE)
    assert set(titles(path)) == kept
    assert len(titles(path)) == 12


@pytest.mark.parametrize("path", OF_ALERTS)
def test_an_alert_leaves_when_it_ends_and_comes_when_it_begins(path, monkeypatch):
    alert(NOW, NOW + HOUR, title="Roads closed")
    edge = timedelta(microseconds=1)
    moments = {NOW - edge: [], NOW: [1], NOW + HOUR - edge: [1], NOW + HOUR: []}
    for moment, expected in moments.items():
        monkeypatch.setattr("advisories.feeds.timezone.now", lambda moment=moment: moment)
        assert len(titles(path)) == len(expected), moment


def test_a_feed_says_when_it_changed_by_an_end_too(site):
    began = NOW - HOUR
    alert(began, NOW + HOUR, title="One")
    alert(began, NOW + 2 * HOUR, title="Other")
    sent = Issue.objects.latest("sent").sent
    late = max(sent, NOW) + 3 * HOUR
    assert published.changed_at(site, late) == max(sent, NOW + 2 * HOUR)
    assert published.changed_at(site, NOW + HOUR) == max(sent, NOW + HOUR)
    assert published.changed_at(site, NOW + HOUR - HOUR / 60) == max(sent, began)


def test_an_update_leaves_one_alert_under_the_same_name():
    page = in_force(title="Roads closed")
    before = read("/alerts/feed.atom").entries[0]
    page.texts = [
        AlertText(language="en", title="Bridge closed", location="a", event="b", actions="- Go.")
    ]
    issue(page)
    (after,) = read("/alerts/feed.atom").entries
    assert (after.title, after.id) == ("Bridge closed", before.id)
    assert after.published == before.published and after.updated > before.updated
    (rss,) = read("/alerts/feed.rss").entries
    assert (rss.title, rss.id) == ("Bridge closed", before.id)
    assert titles("/alerts/cap.atom") == ["Bridge closed"]


@pytest.mark.parametrize("act", [Act.CANCEL, Act.ALL_CLEAR])
def test_an_end_leaves_the_feed_at_once_and_stays_told_to_subscribers_of_cap(
    act, staff, monkeypatch
):
    page = in_force(title="Roads closed")
    ends = Issue.objects.of(page).get().expires
    before = read("/alerts/feed.atom")
    end(page, act, staff)
    after = read("/alerts/feed.atom")
    assert not after.entries
    assert after.feed.updated > before.feed.updated
    (entry,) = read("/alerts/cap.atom").entries
    message = Client().get(path_of(links(entry, "alternate")[1]), HTTP_HOST="localhost")
    kind = "<msgType>Cancel<" if act == Act.CANCEL else "<responseType>AllClear<"
    assert kind in message.content.decode()
    assert {tag.term for tag in entry.tags} == {"security-alert", act}
    moments = {ends - timedelta(microseconds=1): 1, ends: 0}
    for moment, count in moments.items():
        monkeypatch.setattr("advisories.feeds.timezone.now", lambda moment=moment: moment)
        assert len(titles("/alerts/cap.atom")) == count
    monkeypatch.setattr("advisories.feeds.timezone.now", lambda: ends - timedelta(seconds=2))
    monkeypatch.setattr("embassy.cache.timezone.now", lambda: ends - timedelta(seconds=2))
    policy = Client().get("/alerts/cap.atom", HTTP_HOST="localhost")["Cache-Control"]
    assert "s-maxage=2" in policy  # the moment it leaves the index


def test_the_index_of_cap_leads_to_the_very_message():
    page = in_force(title="Roads closed")
    (entry,) = read("/alerts/cap.atom").entries
    (link,) = [link for link in entry.links if link.type == "application/cap+xml"]
    assert link.rel == "alternate"
    assert path_of(link.href) == f"/alerts/{page.slug}/1/cap.xml"
    root = etree.fromstring(Client().get(path_of(link.href), HTTP_HOST="localhost").content)
    assert entry.id.endswith(root.find("{*}identifier").text)


def test_a_drill_is_nowhere(client, site):
    page = in_force(title="DRILL OF TODAY", status=Status.EXERCISE)
    everywhere = [*ALL, "/alerts/alerts.geojson", "/api/v1/alerts", "/api/v1/alerts?state=all"]
    for path in everywhere:
        assert "DRILL OF TODAY" not in client.get(path, HTTP_HOST="localhost").content.decode()
    own = [
        f"/alerts/{page.slug}/",
        f"/alerts/{page.slug}/1/",
        f"/alerts/{page.slug}/cap.xml",
        f"/alerts/{page.slug}/1/cap.xml",
        f"/api/v1/alerts/{page.pk}",
    ]
    for path in own:
        assert client.get(path, HTTP_HOST="localhost").status_code == 404, path
    assert Issue.objects.of(page).get().cap  # it is there to be leaked


def test_a_draft_is_nowhere_not_for_those_who_write_it(staff, client):
    now = timezone.now()
    page = draft(now - HOUR, now + HOUR, by=staff["duty_officer"], title="UNAPPROVED")
    client.force_login(staff["duty_officer"])
    for path in (*ALL, "/alerts/alerts.geojson", "/api/v1/alerts?state=all"):
        assert "UNAPPROVED" not in client.get(path).content.decode()
    for path in (f"/alerts/{page.slug}/cap.xml", f"/api/v1/alerts/{page.pk}"):
        assert client.get(path).status_code == 404


def test_words_under_way_are_in_no_feed(staff):
    page = in_force(title="Roads closed")
    lifecycle.reopen(page, staff["duty_officer"], timezone.now(), Act.UPDATE)
    text = page.texts.get()
    text.title = text.event = "UNAPPROVED"
    page.texts = [text]
    page.save_revision(user=staff["duty_officer"])
    for path in (*OF_ALERTS, "/alerts/alerts.geojson", f"/api/v1/alerts/{page.pk}"):
        answer = Client().get(path, HTTP_HOST="localhost").content.decode()
        assert "UNAPPROVED" not in answer and "Roads closed" in answer


def test_nobody_silences_a_feed_by_way_of_the_page():
    page = in_force(title="Roads closed")
    index = AlertIndexPage.objects.get(pk=page.get_parent().pk)
    index.unpublish()
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    AlertPage.objects.filter(pk=page.pk).update(live=False)
    for path in OF_ALERTS:
        assert titles(path) == ["Roads closed"]
    cap = Client().get(f"/alerts/{page.slug}/cap.xml", HTTP_HOST="localhost")
    assert cap.status_code == 200


def test_the_address_of_the_list_stays_once_something_was_issued_below_it():
    page = in_force(title="Roads closed")
    index = page.get_parent().specific
    index.slug = "warnings"
    with pytest.raises(ValidationError, match="address"):
        index.save()
    (entry,) = read("/alerts/feed.atom").entries
    assert path_of(entry.link) == f"/alerts/{page.slug}/"
    assert Client().get(f"/alerts/{page.slug}/cap.xml", HTTP_HOST="localhost").status_code == 200


def test_another_missions_alerts_are_in_no_feed_of_ours(nairobi):
    now = timezone.now()
    page = alert(now - HOUR, now + HOUR, title="Not ours", below=nairobi.root_page)
    for path in (*OF_ALERTS, "/alerts/archive.atom"):
        assert "Not ours" not in titles(path)
        if not path.startswith("/fr/"):  # which Nairobi does not speak
            assert "Not ours" in titles(path, "nairobi.localhost")
    assert Client().get(f"/alerts/{page.slug}/cap.xml", HTTP_HOST="localhost").status_code == 404
    theirs = Client().get(f"/alerts/{page.slug}/cap.xml", HTTP_HOST="nairobi.localhost")
    assert b"nairobi.localhost" in theirs.content


def test_the_addresses_of_alerts_are_right_beside_another_mission(dakar):
    page = in_force(title="Roads closed")
    (entry,) = read("/fr/alerts/feed.atom").entries
    assert path_of(entry.link) == f"/fr/alerts/{page.slug}/"
    listed = Client().get("/fr/alerts/", HTTP_HOST="localhost").content.decode()
    main = listed.split("<main")[1].split("</main>")[0]
    assert f'href="/fr/alerts/{page.slug}/"' in main


def test_a_mission_without_english_has_its_feeds_in_its_language(dakar):
    host = {"HTTP_HOST": "dakar.localhost"}
    assert Client().get("/alerts/feed.atom", **host)["Location"] == "/fr/alerts/feed.atom"
    assert read("/fr/alerts/feed.atom", "dakar.localhost").feed.language == "fr"
    cap = read("/alerts/cap.atom", "dakar.localhost").feed
    assert cap.language == "fr" and cap.title.startswith("Messages CAP")
    assert Client().get("/travel-advisory/feed.atom", **host).status_code in (302, 404)
    assert Client().get("/fr/travel-advisory/feed.atom", **host).status_code == 404
    assert Client().get("/travel-advisory/advisory.json", **host).status_code == 404


def test_what_is_not_in_the_readers_language_says_in_which_it_is():
    in_force(title="Roads closed")
    feed = etree.fromstring(Client().get("/fr/alerts/feed.atom", HTTP_HOST="localhost").content)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert feed.get(lang) == "fr"
    assert [entry.get(lang) for entry in feed.findall(f"{ATOM}entry")] == ["en"]


def test_a_message_of_the_past_is_in_the_archive_by_its_own_date():
    (entry,) = read("/alerts/archive.atom").entries
    assert entry.published.startswith("2012-02-02")
    assert not links(entry, "related")  # it was never a CAP message
    row = Issued.objects.alerts().get(is_historic=True, language="en")
    cap = Client().get(f"/alerts/{row.page.slug}/cap.xml", HTTP_HOST="localhost")
    assert cap.status_code == 404


def test_the_archive_has_every_issue_in_parts_that_do_not_change(monkeypatch, staff):
    monkeypatch.setattr("advisories.feeds.PER_PAGE", 3)
    ended = in_force(title="Alert 0")
    end(ended, Act.CANCEL, staff)
    for number in range(1, 5):
        in_force(title=f"Alert {number}")
    newest = read("/alerts/archive.atom")  # with the message of 2012 there are 7
    assert [entry.title for entry in newest.entries] == ["Alert 4", "Alert 3", "Alert 2"]
    seen, feed = {entry.id for entry in newest.entries}, newest
    parts = []
    while links(feed.feed, "prev-archive"):
        path = path_of(links(feed.feed, "prev-archive")[0])
        parts.append(path)
        feed = read(path)
        assert links(feed.feed, "current") == ["http://localhost/alerts/archive.atom"]
        assert "fh_archive" in feed.feed and len(feed.entries) == 3
        seen |= {entry.id for entry in feed.entries}
    assert parts == [f"/alerts/archive.atom?page={number}" for number in (2, 1)]
    assert len(seen) == Issue.objects.alerts().actual().count() == 7
    before = Client().get(parts[1], HTTP_HOST="localhost").content
    in_force(title="Alert 5")
    assert Client().get(parts[1], HTTP_HOST="localhost").content == before


@pytest.mark.parametrize("page", ["0", "3", "-1", "x", "", "9" * 30, "1%00", "٣"])
def test_no_such_part_of_the_archive(page):
    path = f"/alerts/archive.atom?page={page}"
    assert Client().get(path, HTTP_HOST="localhost").status_code == 404


def test_the_advisory_feed_has_every_issue_at_its_dated_address(staff):
    (first,) = read("/travel-advisory/feed.atom").entries
    assert path_of(first.link) == "/travel-advisory/2026-01-09/"
    assert first.title == "Travel advisory for Mali – Level 4: Do Not Travel"
    assert "level-4" in {tag.term for tag in first.tags}
    page = Issue.objects.advisories().get().page.specific
    end(page, Act.REVIEWED, staff)
    entries = read("/travel-advisory/feed.atom").entries
    assert [entry.id for entry in entries][1] == first.id
    assert len({entry.id for entry in entries}) == 2
    french = read("/fr/travel-advisory/feed.atom").entries[1]
    assert french.title.startswith("Avis aux voyageurs pour le Mali – Niveau 4")
    assert path_of(french.link) == "/fr/travel-advisory/2026-01-09/"


@pytest.mark.parametrize("path", [*OF_ALERTS, "/alerts/alerts.geojson", "/api/v1/alerts"])
def test_a_broken_row_is_an_error_and_no_empty_feed(path, site):
    page = in_force(title="Roads closed")
    whole = Issue.objects.of(page).get()
    kept = {"site": site, "page_id": page.pk, "kind": "alert", "number": 2}
    times = {"effective": whole.effective, "expires": whole.expires}
    broken = Issue.objects.create(
        **kept, **times, act=Act.UPDATE, sent=timezone.now(), identifier="x.1.2", cap="<alert/>"
    )
    Issued.objects.bulk_create([Issued(**kept, **times, issue=broken, language="en", content={})])
    response = Client().get(path, HTTP_HOST="localhost")
    assert response.status_code == 500
    assert "Try again in a minute." in response.content.decode() or path.startswith("/fr/")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "no-store" in response["Cache-Control"]


def test_fifty_alerts_in_force_fit_into_a_hundred_kilobytes(django_assert_max_num_queries):
    for number in range(50):
        page = in_force(title=f"Alerte {number} : " + "é🚧" * 60)
        text = page.texts.get()
        text.event = text.actions = text.location = (
            "Évitez le centre. « Partez & restez » 🚧 " * 100
        )
        page.texts = [text]
        issue(page)
    Client().get("/alerts/alerts.geojson", HTTP_HOST="localhost")  # reads the mission's facts once
    for path in (*OF_ALERTS, "/alerts/alerts.geojson"):
        with django_assert_max_num_queries(12):
            content = Client().get(path, HTTP_HOST="localhost").content
        assert content.count(b"Alerte 49") and content.count(b"Alerte 7 ")
        assert len(content) <= 100_000, (path, len(content))


def test_a_summary_is_cut_between_words_by_the_bytes_it_takes():
    assert cut("short", 5) == "short"
    for size in (7, 8, 9):
        assert cut("one two three", size) == "one two …"
    assert cut("one two three", 6) == cut("one two three", 4) == cut("one two three", 3) == "one …"
    for text in ("a b & < " * 500, "🚧 é " * 500, "\n" * 900, "x" * 5000, " " * 5000):
        assert weight(cut(text, 600)) <= 600 + len(" …".encode())


def test_feeds_ask_as_few_questions_for_many_as_for_one():
    def count(path: str) -> int:
        """Count the questions a feed asks the database."""
        with CaptureQueriesContext(
            connection,
        ) as asked:
            Client().get(path, HTTP_HOST="localhost")
        return len(asked)

    paths = [*ALL, "/alerts/alerts.geojson", "/travel-advisory/advisory.json"]
    in_force(title="First")
    for path in paths:
        count(path)
    one = {path: count(path) for path in paths}
    for number in range(12):
        in_force(title=f"Alert {number}")
    assert {path: count(path) for path in paths} == one
    assert max(one.values()) <= 12


def test_pages_of_warnings_name_their_feeds(site):
    page = in_force(title="Roads closed")
    for address in ("/alerts/", f"/alerts/{page.slug}/", "/travel-advisory/"):
        text = Client().get(address, HTTP_HOST="localhost").content.decode()
        assert '<link rel="alternate" type="application/atom+xml"' in text
    listed = Client().get("/fr/alerts/", HTTP_HOST="localhost").content.decode()
    main = listed.split("<main")[1].split("</main>")[0]
    assert 'href="/fr/alerts/feed.atom"' in main and 'href="/alerts/cap.atom"' in main
    assert "Alertes en vigueur, pour un lecteur de flux (Atom)" in main
    assert MissionSettings.for_site(site).languages
