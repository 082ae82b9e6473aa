"""What devices keep for when there is no network: the worker, the manifest, and what is marked."""

import gzip
import json
import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from embassy.models import MissionSettings

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}
ALWAYS = ["/offline/", "/emergency/", "/fr/offline/", "/fr/emergency/"]
ALWAYS += ["/travel-advisory/", "/alerts/", "/fr/travel-advisory/", "/fr/alerts/"]


def config_of(client, host: str = "localhost") -> dict:
    """Give what the worker of a host is told."""
    text = client.get("/sw.js", HTTP_HOST=host).content.decode()
    return json.loads(re.match(r"const site = (.*);\n", text)[1])


def test_the_worker_is_a_small_script_that_browsers_ask_for_each_time(site, client):
    answer = client.get("/sw.js", **HOST)
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert set(answer["Cache-Control"].split(", ")) == {"public", "no-cache"}
    assert answer["X-Accel-Expires"].startswith("@")  # the shared cache still takes the load
    assert len(gzip.compress(answer.content, 6)) <= 4096
    again = client.get("/sw.js", HTTP_IF_NONE_MATCH=answer["ETag"], **HOST)
    assert again.status_code == 304


def test_the_policy_allows_our_worker_and_manifest_only(site, client):
    policy = client.get("/", **HOST)["Content-Security-Policy"]
    assert "worker-src 'self'" in policy and "manifest-src 'self'" in policy
    assert "script-src 'self'" in policy and "unsafe" not in policy


def test_what_is_always_kept_is_there_and_says_that_it_may_be(site, client):
    config = config_of(client)
    assert config["always"] == ALWAYS
    assert config["always"][: config["least"]] == ALWAYS[:4]
    for path in config["always"]:
        answer = client.get(path, **HOST)
        assert (answer.status_code, answer["Keep-Offline"]) == (200, "yes"), path


def test_a_page_that_is_unchanged_may_still_be_kept(site, client):
    page = client.get("/travel-advisory/", **HOST)
    again = client.get("/travel-advisory/", HTTP_IF_NONE_MATCH=page["ETag"], **HOST)
    assert (again.status_code, again["Keep-Offline"]) == (304, "yes")


@pytest.mark.parametrize("path", ALWAYS)
def test_what_is_kept_says_nothing_of_now_but_where_it_is_hidden(site, client, path):
    page = BeautifulSoup(client.get(path, **HOST).content, "html.parser")
    for part in page.select("[data-while-fresh]"):
        part.decompose()
    text = page.get_text(" ")
    for words in ("Open now", "Closed now", "Ouvert en ce moment", "Fermé en ce moment"):
        assert words not in text


@pytest.mark.parametrize("path", ["/travel-advisory/", "/fr/alerts/"])
def test_the_hours_of_now_are_marked_for_when_a_page_is_kept(site, client, path):
    page = BeautifulSoup(client.get(path, **HOST).content, "html.parser")
    assert page.select("footer [data-while-fresh] h2")


@pytest.mark.parametrize(
    "path", ["/", "/search/?q=visa", "/officials/", "/alerts/feed.atom", "/nothing/", "/sw.js"]
)
def test_nothing_else_may_be_kept(site, client, path):
    assert not client.get(path, **HOST).has_header("Keep-Offline")


def test_nothing_made_for_somebody_signed_in_may_be_kept(site, editor_client):
    for path in (*ALWAYS, "/alerts/emergency-message-2012-02-02/"):
        answer = editor_client.get(path, **HOST)
        assert answer.status_code == 200
        assert not answer.has_header("Keep-Offline"), path
        assert "no-store" in answer["Cache-Control"]


def test_a_page_with_a_cookie_may_not_be_kept(rf, site):
    from django.http import HttpResponse

    from embassy.cache import CacheMiddleware, readers_keep

    def view(request):
        readers_keep(request)
        answer = HttpResponse("x")
        if request.GET:
            answer.set_cookie("a", "b")
        return answer

    kept = CacheMiddleware(view)
    assert kept(rf.get("/", **HOST))["Keep-Offline"] == "yes"
    assert not kept(rf.get("/?cookie", **HOST)).has_header("Keep-Offline")
    assert not kept(rf.post("/", **HOST)).has_header("Keep-Offline")


def test_each_language_has_its_words(site, client):
    english, french = sorted(config_of(client)["languages"], key=lambda one: one["code"])
    assert (english["begins"], french["begins"]) == ("/", "/fr/")
    assert config_of(client)["languages"][-1] == english  # compared last: all addresses begin so
    assert "Kept on this phone" in english["kept"] and "Bamako time" in english["kept"]
    assert "Conservé sur ce téléphone" in french["kept"] and "heure de Bamako" in french["kept"]
    for words in (english, french):
        for notice in (words["kept"], words["lost"]):
            for place in ("{day}", "{time}", "{age}", "{doubt}"):
                assert notice.count(place) == 1, notice


def test_another_mission_keeps_its_own(nairobi, dakar, client):
    config = config_of(client, nairobi.hostname)
    assert config["zone"] == "Africa/Nairobi"
    assert [one["code"] for one in config["languages"]] == ["en"]
    assert not any(path.startswith("/fr/") for path in config["always"])
    french = config_of(client, dakar.hostname)
    assert french["always"][:2] == ["/fr/offline/", "/fr/emergency/"]
    for path in config["always"]:
        assert client.get(path, HTTP_HOST=nairobi.hostname)["Keep-Offline"] == "yes", path


@pytest.mark.parametrize(
    ("path", "language", "name", "card"),
    [
        ("/manifest.webmanifest", "en", "U.S. Embassy", "Emergency card"),
        ("/fr/manifest.webmanifest", "fr", "Ambassade", "Carte d’urgence"),
    ],
)
def test_the_manifest_names_the_mission(site, client, path, language, name, card):
    answer = client.get(path, **HOST)
    assert answer["Content-Type"] == "application/manifest+json; charset=utf-8"
    assert "public" in answer["Cache-Control"] and "s-maxage=" in answer["Cache-Control"]
    told = json.loads(answer.content)
    assert told["lang"] == language and name in told["name"]
    assert told["shortcuts"][0]["name"] == card
    assert told["scope"] == "/"
    assert client.get(told["start_url"], follow=True, **HOST).status_code == 200
    alerts = client.get(f"{told['start_url']}alerts/", **HOST).content.decode()
    assert f'<link rel="manifest" href="{path}">' in alerts
    assert all(icon["src"].startswith("/static/") for icon in told["icons"])
    found = re.search('rel="apple-touch-icon" href="/static/([^"]+)"', alerts)
    pixels = {icon["sizes"]: icon["src"] for icon in told["icons"] if "png" in icon["type"]}
    for size, address in {"180x180": found[1], **pixels}.items():
        with Image.open(finders.find(address.removeprefix("/static/"))) as image:
            assert f"{image.width}x{image.height}" == size
            assert len(image.getcolors(100_000)) > 3  # drawn, its edges smooth
    assert {"192x192", "512x512"} <= set(pixels)
    assert client.get(told["shortcuts"][0]["url"], **HOST).status_code == 200


@pytest.mark.parametrize("path", ["/sw.js", "/manifest.webmanifest", "/offline/"])
def test_they_are_only_read_and_ask_little_of_the_database(
    site, path, django_assert_max_num_queries
):
    strict = Client(enforce_csrf_checks=True, **HOST)
    assert strict.post(path).status_code == 405
    strict.get(path)
    with django_assert_max_num_queries(6):
        assert strict.get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "title", "other"),
    [
        ("/offline/", "Without a network", "/fr/offline/"),
        ("/fr/offline/", "Sans réseau", "/offline/"),
    ],
)
def test_the_page_without_a_network_has_the_numbers_and_leads_on(site, client, path, title, other):
    text = client.get(path, **HOST).content.decode()
    assert f"<h1>{title}</h1>" in text and 'href="tel:+22366752860"' in text
    prefix = path.removesuffix("/offline/")
    for way in ("/emergency/", "/travel-advisory/", "/alerts/"):
        assert f'href="{prefix}{way}"' in text
    assert f'href="{other}"' in text
    assert text.count("<h1") == 1 and '<meta name="robots" content="noindex">' in text


def test_switched_off_the_worker_takes_itself_away_and_no_page_asks_for_it(site, client, settings):
    with_it = client.get("/", **HOST).content.decode()
    assert "js/offline.js" in with_it
    settings.OFFLINE = False
    text = client.get("/sw.js", **HOST).content.decode()
    assert "registration.unregister()" in text and "caches.delete" in text
    assert "const site" not in text
    for path in ("/", *ALWAYS):
        answer = client.get(path, **HOST)
        assert "js/offline.js" not in answer.content.decode(), path
        assert not answer.has_header("Keep-Offline")


def test_what_kept_pages_are_shown_with_is_recognized_whatever_its_hash(site, client):
    pattern = re.compile(config_of(client)["files"])
    for address in (
        "/static/site.css",
        "/static/site.0123456789ab.css",
        "/static/js/offline.0123456789ab.js",
        "/static/img/favicon.0123456789ab.svg",
    ):
        assert pattern.search(address), address
    for address in ("/static/desk.css", "/static/wagtailadmin/js/site.css", "/site.css"):
        assert not pattern.search(address), address


def test_staff_pages_and_files_are_none_of_the_workers_business(site, client):
    pattern = re.compile(config_of(client)["apart"])
    for path in ("/admin/pages/3/edit/", "/django-admin/", "/account/sign-in/", "/media/x.jpg"):
        assert pattern.search(path), path
    for path in ("/", "/fr/", "/administration/", "/alerts/", "/accounting/"):
        assert not pattern.search(path), path


def test_another_build_is_another_worker(site, client, monkeypatch):
    from embassy import offline

    before = config_of(client)["version"]
    assert MissionSettings.for_site(site)
    real = offline.source
    monkeypatch.setattr(offline, "source", lambda name: real(name) + " ")
    monkeypatch.setattr(offline, "version", offline.version.__wrapped__)
    assert config_of(client)["version"] != before
