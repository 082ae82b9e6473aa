"""Every type of page, filled, in both languages: axe finds nothing, at 360 light and 1280 dark.

The server runs on a copy of the demo site to which a scene was added: an alert in force on an
incident, an event, pages with every block and every field. Each test keeps its pictures.
"""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Page, Site

from tests import databases
from tests.conftest import use_database
from tests.embassy import full_pages
from tests.journeys.axe import DESK, PHONE, faults_as
from tests.sections.asking import ASK
from tests.servers import running

LANGUAGES = ["en", "fr"]
ALERT = "River rises"
VIEWS = [(PHONE, "light"), (DESK, "dark")]
BESIDE_PAGES = [
    *("/emergency/", "/offline/", "/travel-advisory/whole/", "/verify/ABCD-EFGH-JK/"),
    *("/search/", "/search/?q=visa", "/search/?q=zzzzzz", "/no/such/page/"),
    ASK,
]


@pytest.fixture(scope="module")
def scene(
    template_database, django_db_setup, django_db_blocker, tmp_path_factory
) -> Iterator[tuple[str, str, dict]]:
    """A database with the scene, the folder of its pictures, and addresses by language."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    name = databases.clone(template_database, f"{worker}_scene")
    folder = str(tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder):
        before = use_database(name)
        beside = laid()
        found = {language: [*addresses(language), *beside] for language in LANGUAGES}
        use_database(before)
    yield name, folder, found
    databases.discard(name)


def laid() -> list[str]:
    """Lay the scene; gives the English addresses of what is no page of the tree."""
    from advisories.models import Incident
    from embassy.demo import demo_site, home
    from relations.models import EventPage, NewsIndexPage
    from tests.advisories import factories

    now, site, top = timezone.now(), demo_site(), home()
    for place in (top, full_pages.french_home(top)):
        targets = full_pages.Targets(place, site, 3)
        full_pages.content_page(place, targets)
        full_pages.office_page(place, targets)
        times = {"starts": now + timedelta(days=3), "ends": now + timedelta(days=3, hours=2)}
        event = EventPage(title="Open day", venue="Bamako", time_zone="Africa/Bamako", **times)
        full_pages.below(NewsIndexPage.objects.child_of(place).get(), event)
    flood = Incident.objects.create(site=site, name={"en": "Flood", "fr": "Crue"}, begun_on=now)
    page = factories.unsaved(
        now - timedelta(hours=1), now + timedelta(hours=6), ALERT, incident=flood
    )
    factories.index(top).add_child(instance=page)
    factories.issue(page)
    return [*BESIDE_PAGES, f"/incidents/{flood.pk}/"]


def addresses(language: str) -> list[str]:
    """Give the addresses, without prefix, of a page of each type: the one with most of it."""
    from embassy.language.languages import path_of, without_prefix

    site = Site.objects.get(is_default_site=True)
    found: dict[type, Page] = {}
    for page in Page.objects.live().public().specific().order_by("depth"):
        spoken = getattr(page, "in_all_languages", False) or page.locale.language_code == language
        here = spoken and path_of(page) and page.get_site() == site
        if here and (type(page) not in found or page.slug == "everything" or page.title == ALERT):
            found[type(page)] = page
    return [without_prefix(path_of(page)) for page in found.values()]


@pytest.fixture(scope="module")
def server(scene) -> Iterator[str]:
    """A server with the scene."""
    database, folder, _addresses = scene
    with running(database, TEST_MEDIA=folder) as address:
        yield address


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page(page, scene, language, tmp_path):
    paths = scene[2][language]
    assert len(paths) > 20
    found = {}
    for number, path in enumerate(paths):
        page.goto(path if language == "en" else f"/fr{path}")
        assert page.locator("html").get_attribute("lang") == language
        for size, scheme in VIEWS:
            found[path, size["width"]] = faults_as(page, size, scheme)
            page.screenshot(path=tmp_path / f"{number:02}-{size['width']}.png")
    assert [f"{where}: {fault}" for where, fault in found.items() if fault] == []


def test_a_picture_comes_in_the_size_and_format_that_the_reader_can_use(page, scene):
    answers = {}
    page.on("response", lambda answer: answers.update({answer.url: answer}))
    page.goto("/everything/")
    picture = page.locator("main picture img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('main picture img').complete")
    used = picture.evaluate("image => image.currentSrc")
    assert answers[used].ok and answers[used].headers["content-type"] == "image/avif"
    assert picture.get_attribute("loading") == "lazy"
    assert int(picture.get_attribute("width")) and int(picture.get_attribute("height"))
