"""The network is cut: the card, the advisory and an alert are read from the phone, none too long.

The pictures lie in each test's own folder.
"""

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.utils import format_datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Error, Page, expect

from tests import databases
from tests.conftest import use_database
from tests.journeys.axe import PHONE, faults
from tests.servers import running, started_with

SCRIPTS = databases.ROOT / "static" / "build" / "js"
TITLES = {"en": "Demonstration at the bridge", "fr": "Manifestation près du pont"}
HOLDS_FOR = timedelta(hours=6)
WORDS = {
    "en": {
        "kept": r"Kept on this phone\. Last seen \S+ \d+, \d{4}, \d\d:\d\d \(Bamako time\), "
        r"1 minute ago; the site could not be reached\.",
        "later": r"[56]\shours ago",
        "ended": "A warning that stood here is over",
        "over": r"Over since \S+ \d+, \d{4}, \d\d:\d\d \(Bamako time\)",
        "lost": "not kept on this phone",
        "none": "Without a network",
        "read": "Warnings you have read",
        "level": "Level 4: Do Not Travel",
        "doubt": "was set back",
    },
    "fr": {
        "kept": r"Conservé sur ce téléphone\. Vu pour la dernière fois le \d+(er)? \S+ \d{4} à "
        r"\d\d?\sh(\s\d\d)? \(heure de Bamako\), il y a 1\sminute\s; "
        r"le site n’a pas pu être joint\.",
        "later": r"il y a [56]\sheures",
        "ended": "Un avis ou une alerte qui figurait ici a pris fin",
        "over": r"le \d+(er)? \S+ \d{4} à \d\d?\sh(\s\d\d)? \(heure de Bamako\)",
        "lost": "n’est pas conservée sur ce téléphone",
        "none": "Sans réseau",
        "read": "Avis et alertes que vous avez lus",
        "level": "Niveau 4",
        "doubt": "a été retardée",
    },
}
NOTICE = "aside.kept"
CLOCK = """([ahead, at]) => caches.open("kept-pages").then((cache) => cache.put(
    "/clock", new Response(JSON.stringify({ ahead, at: Date.now() + at }))))"""
IS_KEPT = "async (path) => Boolean(await (await caches.open('kept-pages')).match(path))"


@pytest.fixture(scope="module")
def alert_in_force(template_database, django_db_setup, django_db_blocker) -> Iterator[tuple]:
    """A database in which an alert is in force in both languages, with its slug and its end."""
    name = databases.clone(template_database, f"{os.environ.get('PYTEST_XDIST_WORKER', 'one')}_cut")
    with django_db_blocker.unblock():
        before = use_database(name)
        page = written()
        use_database(before)
    yield name, page.slug, page.expires
    databases.discard(name)


def written():
    """Issue an alert in English and French."""
    from advisories.models import AlertText
    from embassy.demo import home
    from tests.advisories import factories

    now = timezone.now()
    page = factories.unsaved(now - timedelta(hours=1), now + HOLDS_FOR, TITLES["en"])
    words = {"location": "Bamako", "event": "…", "actions": "…", "assistance": "…"}
    page.texts = [
        AlertText(language=language, title=title, **words) for language, title in TITLES.items()
    ]
    factories.index(home()).add_child(instance=page)
    factories.issue(page)
    return page


@pytest.fixture(scope="module")
def server(alert_in_force) -> Iterator[str]:
    """A server with that alert."""
    with running(alert_in_force[0]) as address:
        yield address


def path_in(language: str, path: str) -> str:
    """Give an address in a language."""
    return path if language == "en" else f"/fr{path}"


def installed(page: Page) -> None:
    """Wait until the worker has kept what it always keeps."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def read(page: Page, path: str) -> None:
    """Read a page with a network, which the phone then keeps."""
    page.goto(path)
    assert page.locator(NOTICE).count() == 0
    page.wait_for_function(IS_KEPT, arg=path)


def set_server_clock(page: Page, ahead: timedelta, at: timedelta = timedelta()) -> None:
    """Have the phone believe that its clock is behind the server's; compared `at` from now."""
    milliseconds = [int(part.total_seconds() * 1000) for part in (ahead, at)]
    page.evaluate(CLOCK, milliseconds)


def kept_page(page: Page, path: str, language: str, said: str = "kept"):
    """Open a page without a network; it says that it was kept, and since when."""
    page.goto(path)
    notice = page.locator(NOTICE)
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text(re.compile(WORDS[language][said]))
    return page


def passes(page: Page, minutes: int) -> None:
    """Let minutes pass on the page's clock, one after another, as its script reads in between."""
    for _minute in range(minutes):
        page.clock.run_for(60_000)
        page.evaluate("caches.match('/clock').then(() => 0)")


def pictures(page: Page, folder, name: str) -> None:
    """Take a picture as on a phone and as on a desk."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=folder / f"{name}-{width}.png")
    page.set_viewport_size({"width": 360, "height": 800})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_network_is_cut(page, alert_in_force, language, tmp_path):
    _database, slug, expires = alert_in_force
    words, title = WORDS[language], TITLES[language]
    home, card, advisory, alerts, alert, unseen = (
        path_in(language, path)
        for path in (
            *("/", "/emergency/", "/travel-advisory/", "/alerts/", f"/alerts/{slug}/"),
            "/officials/",
        )
    )
    page.goto(home)
    installed(page)
    for path in (card, advisory, alert):
        read(page, path)

    page.context.set_offline(True)
    kept_page(page, card, language)
    assert page.locator('a[href="tel:+22366752860"]').first.is_visible()
    assert page.locator("main").get_by_text(title).is_visible()
    assert faults(page) == []
    pictures(page, tmp_path, f"{language}-card")
    kept_page(page, advisory, language)
    assert words["level"] in page.locator("main").inner_text()
    expect(page.locator(".standing").get_by_text(title)).to_be_visible()
    assert faults(page) == []
    pictures(page, tmp_path, f"{language}-advisory")
    kept_page(page, alerts, language)  # kept although it was never opened
    assert page.locator("main").get_by_text(title).is_visible()
    kept_page(page, f"{alert}?from=mail", language)
    assert not page.locator(".notice").filter(has_text=re.compile(words["over"])).is_visible()
    pictures(page, tmp_path, f"{language}-alert")

    left = expires - timezone.now()
    set_server_clock(page, left - timedelta(minutes=1))
    kept_page(page, alerts, language, "later")
    assert page.locator("main").get_by_text(title).is_visible()

    set_server_clock(page, left + timedelta(seconds=1))
    for path in (card, alerts):
        kept_page(page, path, language, "later")
        assert not page.locator("main").get_by_text(title).is_visible(), path
        assert not page.locator(".standing").get_by_text(title).is_visible(), path
        assert page.get_by_text(words["ended"]).is_visible(), path
    pictures(page, tmp_path, f"{language}-alerts-over")
    kept_page(page, advisory, language, "later")
    assert not page.get_by_text(title).is_visible()
    kept_page(page, alert, language, "later")
    assert page.locator(".notice").filter(has_text=re.compile(words["over"])).is_visible()
    pictures(page, tmp_path, f"{language}-alert-over")

    set_server_clock(page, timedelta(), at=timedelta(hours=2))
    kept_page(page, alerts, language, "doubt")
    assert page.locator("main").get_by_text(title).is_visible()
    assert faults(page) == []

    set_server_clock(page, timedelta())
    page.goto(unseen)
    assert page.locator("h1").inner_text() == words["none"]
    assert words["lost"] in page.locator(NOTICE).inner_text()
    assert page.locator('a[href="tel:+22366752860"]').first.is_visible()
    assert words["read"] in page.locator("main").inner_text()
    assert faults(page) == []
    pictures(page, tmp_path, f"{language}-unseen")
    page.get_by_role("link", name=title).click()
    expect(page.locator("h1")).to_have_text(title)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/admin/")  # staff pages are the browser's own business

    page.context.set_offline(False)
    for path in (card, advisory, alert, unseen):
        page.goto(path)
        assert page.locator(NOTICE).count() == 0, path
    page.goto(alerts)
    assert page.locator("main").get_by_text(title).is_visible()


@contextmanager
def hanging(address: str) -> Iterator[None]:
    """Let the server at an address accept what it is asked, and answer nothing until the end."""
    numbers = started_with(f"127.0.0.1:{address.rpartition(':')[2]}")
    assert numbers
    for number in numbers:
        os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in numbers:
            os.kill(number, signal.SIGCONT)


def test_a_network_that_hangs_is_not_waited_for_and_what_comes_late_is_kept(page, server):
    page.goto("/")
    installed(page)
    seen = "async () => (await caches.match('/emergency/')).headers.get('Kept-At')"
    before = page.evaluate(seen)
    with hanging(server):
        kept_page(page, "/emergency/", "en")
        assert page.evaluate(seen) == before
    page.wait_for_function(f"async (before) => await ({seen})() !== before", arg=before)
    page.get_by_role("link", name="Try again").click()
    expect(page.locator(NOTICE)).to_have_count(0)


@pytest.mark.parametrize("query", ["", "?fbclid=IwAR0"])
def test_the_first_page_ever_opened_is_kept(page, alert_in_force, query):
    _database, slug, _expires = alert_in_force
    page.goto(f"/fr/alerts/{slug}/{query}")
    installed(page)
    page.context.set_offline(True)
    kept_page(page, f"/fr/alerts/{slug}/", "fr")
    expect(page.locator("h1")).to_have_text(TITLES["fr"])


def test_a_shared_link_is_kept_under_its_path_and_says_no_hours(page, alert_in_force):
    _database, slug, _expires = alert_in_force
    page.goto("/fr/")
    installed(page)
    path = f"/fr/alerts/{slug}/"
    page.goto(f"{path}?fbclid=IwAR0")
    expect(page.locator("footer [data-while-fresh]")).to_be_visible()
    page.wait_for_function(IS_KEPT, arg=path)
    page.goto("/alerts/nothing-here/?fbclid=IwAR0")
    page.context.set_offline(True)
    for address in (path, f"{path}?fbclid=IwAR0", path.removesuffix("/")):
        kept_page(page, address, "fr")
        expect(page.locator("h1")).to_have_text(TITLES["fr"])
    expect(page.locator("footer").get_by_text("Horaires du jour")).to_be_hidden()
    kept_page(page, "/fr/emergency", "fr")
    for language, address in (("fr", "/fr/"), ("en", "/"), ("fr", "/fr/visas")):
        page.goto(address)
        assert WORDS[language]["lost"] in page.locator(NOTICE).inner_text()


def test_a_page_that_is_not_kept_is_given_up_after_a_longer_patience(page, server):
    page.goto("/")
    installed(page)
    with hanging(server):
        began = time.monotonic()
        page.goto("/fr/officials/")
        assert 19 < time.monotonic() - began < 40
        assert WORDS["fr"]["lost"] in page.locator(NOTICE).inner_text()
    page.get_by_role("link", name="Réessayer").click()
    expect(page.locator(NOTICE)).to_have_count(0)


def test_a_server_that_breaks_is_answered_from_the_phone(browser, template_database):
    name = databases.clone(template_database, f"{os.environ.get('PYTEST_XDIST_WORKER', 'one')}_br")
    with running(name) as address:
        page = browser.new_context(base_url=address, viewport=PHONE).new_page()
        page.set_default_timeout(60_000)
        page.goto("/")
        installed(page)
        page.goto("/emergency/")
        assert page.locator(NOTICE).count() == 0
        databases.discard(name)
        assert page.request.get("/emergency/").status >= 500  # past the worker
        kept_page(page, "/emergency/", "en")
        page.context.close()


def test_a_page_that_stays_open_takes_off_what_is_over(page, alert_in_force):
    _database, slug, expires = alert_in_force
    page.goto("/")
    installed(page)
    page.clock.install()
    page.goto(f"/alerts/{slug}/")
    over = page.locator(".notice").filter(has_text=re.compile(WORDS["en"]["over"]))
    banner = page.locator(".standing").get_by_text(TITLES["en"])
    expect(banner).to_be_visible()
    left = expires - timezone.now()
    page.clock.fast_forward(int((left - timedelta(minutes=2)).total_seconds() * 1000))
    expect(banner).to_be_visible()
    expect(over).to_be_hidden()
    passes(page, 3)
    expect(over).to_be_visible()
    expect(banner).to_be_hidden()


def test_a_kept_card_that_stays_open_takes_off_what_is_over(page, alert_in_force):
    _database, _slug, expires = alert_in_force
    page.goto("/")
    installed(page)
    page.clock.install()
    page.context.set_offline(True)
    page.goto("/emergency/")
    alert = page.locator("main").get_by_text(TITLES["en"])
    expect(alert).to_be_visible()
    left = expires - timezone.now()
    page.clock.fast_forward(int((left - timedelta(minutes=2)).total_seconds() * 1000))
    expect(alert).to_be_visible()
    passes(page, 3)
    expect(alert).to_be_hidden()
    expect(page.get_by_text(WORDS["en"]["ended"])).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_card_is_one_answer_and_keeps_itself(page, language):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    path = path_in(language, "/emergency/")
    page.goto(path, wait_until="networkidle")
    assert [re.sub(r"^https?://[^/]+", "", url) for url in asked if "/sw.js" not in url] == [path]
    installed(page)
    page.context.set_offline(True)
    kept_page(page, path, language)


@pytest.mark.parametrize(
    ("language", "link", "mark"),
    [
        ("en", "What this phone keeps", "kept on this phone"),
        ("fr", "Ce que ce téléphone conserve", "copie sur ce téléphone"),
    ],
)
def test_what_is_kept_is_said_once_it_is(page, language, link, mark):
    page.goto(path_in(language, "/emergency/"))
    page.get_by_role("link", name=link).click()
    page.wait_for_url("**/offline/")
    marks = page.get_by_text(mark)
    expect(marks).to_have_count(3)
    for number in range(3):
        expect(marks.nth(number)).to_be_visible()
    expect(page.locator("[data-unkept]")).to_be_hidden()
    page.context.set_offline(True)
    page.reload()
    expect(marks.first).to_be_visible()


@pytest.mark.parametrize("how", [{"java_script_enabled": False}, {"service_workers": "block"}])
def test_where_nothing_is_kept_the_page_says_so(browser, server, how):
    context = browser.new_context(base_url=server, viewport=PHONE, **how)
    page = context.new_page()
    page.goto("/offline/", wait_until="networkidle")
    expect(page.get_by_text("this phone has kept none of them")).to_be_visible()
    for mark in page.get_by_text("kept on this phone)").all():
        expect(mark).to_be_hidden()
    context.close()


def test_a_page_that_stays_open_without_a_worker_asks_what_time_it_is(
    browser, server, alert_in_force
):
    _database, slug, expires = alert_in_force
    context = browser.new_context(base_url=server, viewport=PHONE, service_workers="block")
    page = context.new_page()
    page.clock.install()
    page.goto(f"/alerts/{slug}/")
    over = page.locator(".notice").filter(has_text=re.compile(WORDS["en"]["over"]))
    left = int((expires - timezone.now()).total_seconds() * 1000)
    page.clock.fast_forward(left + 60_000)  # the phone's clock is ahead of the server's
    looked_at = "dispatchEvent(new Event('pageshow'))"
    with page.expect_response(lambda answer: answer.request.method == "HEAD"):
        page.evaluate(looked_at)
    expect(over).to_be_hidden()
    told = {"Date": format_datetime(expires + timedelta(seconds=1), usegmt=True)}
    context.route("**/alerts/**", lambda route: route.fulfill(status=200, headers=told))
    page.evaluate(looked_at)
    expect(over).to_be_visible()
    context.close()


def test_a_kept_page_that_stays_open_goes_on_telling_its_age(page, alert_in_force):
    page.goto("/")
    installed(page)
    page.clock.install()
    page.context.set_offline(True)
    kept_page(page, "/emergency/", "en")
    passes(page, 4)
    expect(page.locator(NOTICE)).to_contain_text(re.compile(r"[45] minutes ago"))


def test_what_is_kept_without_being_opened(page):
    page.goto("/officials/")
    installed(page)
    kept = page.evaluate(
        "async () => (await (await caches.open('kept-pages')).keys()).map(({url}) => url)"
    )
    paths = [re.sub(r"^https?://[^/]+", "", url) for url in kept]
    assert {"/emergency/", "/fr/emergency/", "/fr/travel-advisory/", "/offline/"} <= set(paths)
    assert "/officials/" not in paths and "/" not in paths
    files = page.evaluate(
        "async () => (await (await caches.open('kept-files')).keys()).map(({url}) => url)"
    )
    assert any(re.search(r"/static/site\.", url) for url in files)


def test_the_worker_is_taken_off_again(browser, alert_in_force):
    database = alert_in_force[0]
    with running(database) as address:
        page = browser.new_context(base_url=address).new_page()
        page.set_default_timeout(60_000)
        page.goto("/")
        installed(page)
        page.wait_for_function("async () => (await caches.keys()).length == 2")
    port = int(address.rpartition(":")[2])
    page.goto("/emergency/")
    assert page.locator(NOTICE).count() == 1  # the server is gone, and the card is not
    with running(database, port=port, OFFLINE="false"):
        page.goto("/")
        page.wait_for_function(
            "async () => !(await caches.keys()).length"
            " && !(await navigator.serviceWorker.getRegistrations()).length"
        )
    with pytest.raises(Error, match=r"ERR_CONNECTION|Timeout"):  # and no kept copy
        page.goto("/emergency/", timeout=10_000)
    page.context.close()


HTML = '<p data-until="1000">in force</p><p hidden data-after="1000">over</p>'
HIDDEN = '<p hidden data-until="1000">in force</p><p data-after="1000">over</p>'


@pytest.mark.parametrize(("now", "html"), [(999, HTML), (1000, HIDDEN), (1001, HIDDEN)])
def test_a_kept_page_tells_the_end_to_the_millisecond(browser, now, html):
    assert run(browser, f"timed({HTML!r}, {now})") == html


@pytest.mark.parametrize(
    ("asked", "at", "date", "ahead"),
    [
        (5_000, 5_200, 5_000, 0),  # the phone is right
        (5_999, 6_000, 5_000, 0),  # the server's second has just begun to be another
        (6_001, 6_100, 5_000, -1),  # the phone is ahead, if by no more than this
        (3_000, 4_999, 5_000, 3_000),  # the phone is behind: by as much as it can be
        (3_000, 5_000, 5_000, 0),  # a slow answer of a phone that is right
        (100, 200, 9_000_000, 9_000_900),
    ],
)
def test_the_phones_clock_is_compared_with_the_servers(browser, asked, at, date, ahead):
    told = f"new Date({date}).toUTCString()"
    answer = f'new Response("", {{ headers: {{ Date: {told} }} }})'
    found = run(browser, f"(Date.now = () => {at}, compare({answer}, {asked}))")
    assert found == {"at": at, "ahead": ahead}


@pytest.mark.parametrize(
    ("minutes", "language", "words"),
    [
        (0, "en", "1 minute ago"),
        (1, "en", "1 minute ago"),
        (119, "en", "119 minutes ago"),
        (120, "en", "2 hours ago"),
        (47 * 60 + 59, "en", "47 hours ago"),
        (48 * 60, "en", "2 days ago"),
        (180, "fr", "il y a 3 heures"),
    ],
)
def test_the_age_is_told_in_words(browser, minutes, language, words):
    said = run(browser, f"ago({minutes * 60_000}, {language!r})")
    assert re.sub(r"\s", " ", said) == words


def run(browser, expression: str):
    """Evaluate an expression among the worker's own functions, on an empty page."""
    page = browser.new_page()
    site = "const site = { apart: 'x', files: 'x', always: [], languages: [] };"
    source = (SCRIPTS / "worker.js").read_text(encoding="utf-8")
    try:
        return page.evaluate(f"() => {{ {site}\n{source}\nreturn {expression}; }}")
    finally:
        page.close()
