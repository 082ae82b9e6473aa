"""Every public page of the demo site, as a visitor's browser asks for it."""

import re
from datetime import timedelta

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from embassy.serving import refusals
from relations.models import EventPage, NewsIndexPage
from tests.french import take_away

pytestmark = pytest.mark.django_db


def public_urls(home) -> list[str]:
    """Give the address of every published page of a mission."""
    return [page.url for page in home.get_descendants(inclusive=True).live().public()]


def test_every_page_answers_with_one_h1(home, client):
    for url in public_urls(home):
        response = client.get(url, HTTP_HOST="localhost")
        assert response.status_code == 200, url
        assert len(re.findall(r"<h1[ >]", response.content.decode())) == 1, url


def test_no_page_sets_a_cookie_or_asks_elsewhere(home):
    for url in public_urls(home):
        response = Client().get(url, HTTP_HOST="localhost")
        assert not response.cookies, url
        loads = (
            r'<(?:script|img|link|iframe|source)[^>]*(?:src|href|srcset)="(?:https?:)?//([^/"]+)'
        )
        hosts = set(re.findall(loads, response.content.decode()))
        assert hosts <= {"localhost", "testserver"}, (url, hosts)


def test_every_page_stays_within_twelve_queries(home, client, django_assert_max_num_queries):
    for url in public_urls(home):
        client.get(url, HTTP_HOST="localhost")
        with django_assert_max_num_queries(12, info=url):
            client.get(url, HTTP_HOST="localhost")


def test_unknown_address_says_so(db, client):
    response = client.get("/no/such/page/", HTTP_HOST="localhost")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


def test_root_pages_of_wagtail_are_gone(home):
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()


def links_of(url: str) -> set[str]:
    """Give the addresses within the site that a page links to."""
    html = Client().get(url, HTTP_HOST="localhost").content.decode()
    return {found.split("#")[0] for found in re.findall(r'href="(/[^"?]*)', html)}


def test_every_page_is_reached_within_three_clicks_and_what_matters_within_two(home):
    one = links_of("/")
    two = one | {link for url in one if "." not in url for link in links_of(url)}
    three = two | {link for url in two if "." not in url for link in links_of(url)}
    assert set(public_urls(home)) <= three
    for wanted in (
        "/sections-offices/department-of-defense/defense-attache-office/",
        "/officials/paul-a-folmsbee/",
        "/relations/",
        "/fact-sheets/us-relations-with-mali/",
        "/travel-advisory/",
        "/alerts/emergency-message-2012-02-02/",
        "/contact/",
        "/accessibility/",
        "/privacy/",
        "/country-information/judicial-assistance/",
    ):
        assert wanted in two, wanted


def test_sitemap_names_the_warnings_in_both_languages_and_no_draft(client, home):
    home.get_children().get(slug="privacy").unpublish()
    text = client.get("/sitemap.xml", HTTP_HOST="localhost:8000").content.decode()
    assert "http://localhost:8000/travel-advisory/<" in text
    assert "http://localhost:8000/fr/travel-advisory/<" in text
    assert ":8000/privacy/" not in text


def test_robots_and_security_files(client):
    robots = client.get("/robots.txt", HTTP_HOST="localhost")
    assert "Disallow: /admin/" in robots.content.decode()
    security = client.get("/.well-known/security.txt", HTTP_HOST="localhost").content.decode()
    assert security.startswith("Contact: ") and "Expires: " in security


def test_page_that_breaks_says_so_without_asking_the_database():
    response = refusals.broken(None)
    assert response.status_code == 500
    assert response.content.decode().count("<h1") == 1


def test_news_feed_is_valid_and_of_this_mission(client):
    response = client.get("/news/feed.atom", HTTP_HOST="localhost")
    feed = feedparser.parse(response.content)
    assert feed.bozo == 0
    assert feed.entries[0].title.startswith("Normal operations")


def test_feed_tells_of_events_and_names_them_for_good(home, client):
    news = NewsIndexPage.objects.descendant_of(home).get()
    starts = timezone.now() + timedelta(days=3)
    event = EventPage(
        title="Open day",
        starts=starts,
        ends=starts + timedelta(hours=2),
        time_zone="Africa/Bamako",
        venue="American Center\nBamako",
    )
    news.add_child(instance=event)
    event.save_revision().publish()
    feeds = [
        feedparser.parse(client.get("/news/feed.atom", HTTP_HOST=host).content)
        for host in ("localhost", "127.0.0.1")
    ]
    entry = feeds[0].entries[0]
    assert (entry.title, feeds[0].bozo) == ("Open day", 0)
    assert "(Bamako time), American Center, Bamako." in entry.summary
    assert [e.id for e in feeds[0].entries] == [e.id for e in feeds[1].entries]
    assert feeds[0].feed.id == feeds[1].feed.id


def test_page_that_is_not_translated_has_no_french_address(client, home):
    take_away(home.get_children().get(slug="visas"))
    assert client.get("/fr/visas/", HTTP_HOST="localhost").status_code == 404
    french = client.get("/fr/alerts/", HTTP_HOST="localhost").content.decode()
    assert 'href="/fr/visas/"' not in french
    assert 'href="/fr/travel-advisory/"' in french
    assert (
        'hreflang="fr" href=' not in client.get("/visas/", HTTP_HOST="localhost").content.decode()
    )


def test_a_mission_without_french_pages_leads_home_in_its_first_language(client, home):
    take_away(home)
    assert client.get("/fr/", HTTP_HOST="localhost")["Location"] == "/"
    french = client.get("/fr/alerts/", HTTP_HOST="localhost").content.decode()
    assert 'href="/fr/travel-advisory/"' in french and 'href="/fr/visas/"' not in french


@pytest.mark.parametrize(
    "path",
    [
        *("/fr/travel-advisory/", "/fr/alerts/emergency-message-2012-02-02/", "/fr/alerts/"),
        *("/fr/search/?q=mali", "/fr/sections-offices/", "/fr/emergency/", "/nothing/"),
    ],
)
def test_no_page_in_another_language_asks_more_of_the_database(
    client, site, path, django_assert_max_num_queries
):
    client.get(path)
    with django_assert_max_num_queries(12):
        client.get(path)
