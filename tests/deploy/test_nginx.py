"""What deploy/nginx.conf promises, asked of a real nginx before a real gunicorn."""

import gzip
import re
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from math import floor
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction

from embassy.demo import home
from embassy.models import ContentPage
from tests.advisories.factories import alert
from tests.deploy.front import HOST, KEPT, Answer, Front, nginx
from tests.servers import free_port

HASHED = re.compile(r'href="(/static/site\.[0-9a-f]{12}\.css)"')


def test_a_public_page_is_kept_and_sets_no_cookie(front):
    first = front.get("/?first")
    assert (first.status, first.cache) == (200, "MISS")
    again = front.kept("/?first")
    assert again.body == first.body
    for answer in (first, again):
        assert "set-cookie" not in answer.headers
        assert "x-accel-expires" not in answer.headers
        policy = answer.headers["cache-control"]
        assert re.search(r"public.*s-maxage=[1-9]|s-maxage=[1-9].*public", policy), policy
        assert "max-age=0" in policy


def test_the_compressed_form_is_kept_apart(front):
    plain = front.kept("/?forms")
    packed = front.kept("/?forms", Accept_Encoding="gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["vary"]
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2
    assert front.get("/?forms").body == plain.body


def test_languages_are_addresses_and_nothing_else(front):
    english = front.kept("/alerts/", Accept_Language="fr")
    french = front.kept("/fr/alerts/", Accept_Language="en")
    assert '<html lang="en"' in english.text and '<html lang="fr"' in french.text


def test_a_browser_that_has_the_page_is_answered_304(front):
    page = front.kept("/?again")
    again = front.get("/?again", If_None_Match=page.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_static_files_never_change_and_are_compressed_before(front):
    address = HASHED.search(front.get("/").text).group(1)
    packed = front.get(address, Accept_Encoding="gzip")
    assert packed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert packed.headers["content-type"] == "text/css"
    assert packed.headers["content-encoding"] == "gzip" and packed.headers["vary"]
    file = front.folder / "static" / address.removeprefix("/static/")
    assert packed.body == file.with_name(f"{file.name}.gz").read_bytes()
    plain = front.get(address)
    assert plain.body == file.read_bytes() and "content-encoding" not in plain.headers
    assert not plain.cache and not packed.cache  # gunicorn was not asked


def test_a_static_file_without_a_hash_is_asked_for_again(front):
    assert front.get("/static/site.css").headers["cache-control"] == "public, max-age=3600"


def test_somebody_signed_in_goes_past_the_cache_and_leaves_nothing_there(live, signed_in):
    before = live.kept("/?bypass")
    for _time in range(2):
        own = live.get("/?bypass", Cookie=signed_in)
        assert own.cache == "BYPASS"
        assert "no-store" in own.headers["cache-control"]
        assert "wagtail-userbar" in own.text
    after = live.kept("/?bypass")
    assert "wagtail-userbar" not in after.text and after.body == before.body
    assert live.get("/?only-theirs", Cookie=signed_in).cache == "BYPASS"
    assert "wagtail-userbar" not in live.get("/?only-theirs").text


def test_a_cookie_that_only_sounds_like_a_session_changes_nothing(front):
    front.kept("/?cookies")
    assert front.kept("/?cookies", Cookie="theme=dark; xsessionid=1").status == 200


def test_a_published_change_is_seen_within_the_seconds_allowed(live):
    page = home()
    live.kept("/?change")
    page.seo_title = f"Changed at {time.time()}"
    page.save_revision().publish()
    published_at = time.time()
    answers = ask_until(live, "/?change", published_at + KEPT + 1)
    late = [answer for answer in answers if answer.asked_at >= published_at + KEPT]
    assert late and all(page.seo_title in answer.text for answer in late)
    assert any(answer.cache == "HIT" for answer in answers)


@pytest.mark.parametrize("part", [0.0, 0.95])
def test_no_kept_page_outlives_the_end_of_an_alert(live, part):
    """The end lies anywhere in a second, because nginx counts in whole ones."""
    end = floor(time.time()) + 2 * KEPT + part
    title = f"Bridge closed, part {part}"
    alert(timezone.now() - timedelta(hours=1), datetime.fromtimestamp(end, UTC), title)
    answers = ask_until(live, f"/?alert={part}", end + 1.5)
    shown = [answer for answer in answers if title in answer.text]
    assert any(answer.cache == "HIT" for answer in shown)
    assert max(answer.asked_at for answer in shown) < end
    assert any(answer.asked_at > end for answer in answers)


def ask_until(front: Front, path: str, end: float) -> list[Answer]:
    """Ask for a page again and again from three sides at once, as many readers do."""
    answers: list[Answer] = []

    def keep_asking() -> None:
        """Ask until the end."""
        while time.time() < end:
            answers.append(front.get(path))
            time.sleep(0.05)

    readers = [threading.Thread(target=keep_asking) for _reader in range(3)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return answers


@pytest.fixture
def document(live):
    """A document that no page uses."""
    folder = Collection.get_first_root_node().add_child(name="Front")
    found = get_document_model()(title="Notice", collection=folder)
    found.file.save("notice.pdf", ContentFile(b"%PDF-1.4 for some eyes"))
    found.save()
    yield found
    found.delete()
    folder.delete()


@pytest.fixture
def picture(live):
    """A picture that no page uses."""
    found = get_image_model()(title="Bridge", file=get_test_image_file("bridge.png"))
    found.save()
    yield found
    found.delete()


@contextmanager
def published(*blocks: tuple):
    """Have a published page with these blocks until the end of the block."""
    page = ContentPage(title="Files", slug="files", body=list(blocks))
    home().add_child(instance=page)
    try:
        yield
    finally:
        page.delete()


def test_documents_are_given_by_permission_only(live, document, signed_in):
    assert live.get(f"{document.url}?private").status == 404
    with published(("documents", {"title": "", "documents": [document]})):
        documents_are_given_by_permission_only(live, document, signed_in)


def documents_are_given_by_permission_only(live, document, signed_in) -> None:
    """Ask for a document that a page uses while its folder is open, and once it is closed."""
    assert live.kept(document.url).body.startswith(b"%PDF")
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    restricted_at = time.time()
    for _time in range(2):
        allowed = live.get(document.url, Cookie=signed_in)
        assert (allowed.status, allowed.cache) == (200, "BYPASS")
    time.sleep(max(0, restricted_at + KEPT - time.time()))
    for _time in range(2):
        refused = live.get(document.url)
        assert refused.status == 302 and "/login/" in refused.headers["location"]


def test_a_picture_is_kept_while_a_page_shows_it_and_gone_as_soon_as_the_page(live, picture):
    size = picture.get_rendition("width-100|format-avif").url
    assert live.get(f"{size}?private").status == 404
    with published(("picture", {"image": picture, "caption": ""})):
        served = live.kept(size)
        assert served.status == 200 and served.body[4:12] == b"ftypavif"
        assert served.headers["content-type"] == "image/avif"
        assert served.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in served.headers and "content-encoding" not in served.headers
        assert live.get(size, If_None_Match=served.headers["etag"]).status == 304
    private_at = time.time()
    answers = ask_until(live, size, private_at + KEPT + 1)
    assert all(a.status == 404 for a in answers if a.asked_at >= private_at + KEPT)
    assert any(answer.status == 404 for answer in answers)


def test_staff_see_a_picture_before_anybody_and_leave_nothing_in_the_cache(
    live, picture, signed_in
):
    size = picture.get_rendition("width-90").url
    for address in (size, picture.file.url):
        own = live.get(address, Cookie=signed_in)
        assert (own.status, own.cache) == (200, "BYPASS") and "private" in own.headers[
            "cache-control"
        ]
        assert live.get(address).status == 404


def test_nothing_is_served_from_the_media_folder_itself(live, document, picture):
    with published(("picture", {"image": picture, "caption": ""})):
        for file in (document.file.name, picture.file.name):
            assert (live.folder / "media" / file).exists()
            for way in (
                "/media/",
                "/media/images/../",
                "/media/images/%2e%2e/",
                "/static/../media/",
            ):
                assert live.get(f"{way}{file}").status == 404
            assert live.get(f"/media/images..%2f{file}").status in (400, 404)
            assert live.get(f"/media/images/..%2f{file}").status in (400, 404)
        assert live.get("/media/images/").status in (403, 404)


def test_what_is_too_large_gets_a_page_that_says_so(front):
    answer = front.get("/search/", method="POST", body=b"x" * (25 * 1024 * 1024 + 1))
    assert answer.status == 413
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "At most 25 MB" in answer.text and "25 Mo" in answer.text
    assert front.get("/search/", method="POST", body=b"x" * (24 * 1024 * 1024)).status != 413


def test_a_search_of_five_thousand_letters_is_answered_by_the_site(front):
    answer = front.get("/fr/search/?q=" + "%C3%A9" * 5000)
    assert answer.status == 200 and "200 premiers caractères" in answer.text
    longer = front.get("/fr/search/?q=" + "%C3%A9" * 20_000)
    assert longer.status == 414 and "trop longue" in longer.text


def test_pages_of_nginx_itself_have_no_address(front):
    assert front.get("/nginx-pages/413.html").status == 404


def test_a_client_cannot_say_how_it_came(front):
    for spoof in ({"X_Forwarded_Proto": "http"}, {"X_Forwarded_Proto": "http, https"}):
        assert front.get("/?spoof", **spoof).status == 200
    plain = front.get("/travel-advisory/?a=b", secure=False, X_Forwarded_Proto="https")
    assert plain.status == 301
    assert plain.headers["location"] == f"https://{HOST}/travel-advisory/?a=b"


def test_an_unknown_host_gets_nothing_and_leaves_nothing(front):
    assert front.get("/?host", Host="evil.example").status == 400
    assert "evil" not in front.get("/?host", X_Forwarded_Host="evil.example").text


def test_health_is_asked_of_the_site_each_time(front):
    for _time in range(2):
        answer = front.get("/health/")
        assert (answer.status, answer.body) == (200, b"ok\n")
        assert answer.cache == "MISS" and answer.headers["cache-control"] == "no-store"


def test_a_missing_page_is_kept_for_as_short_a_time(front):
    assert front.kept("/nowhere/").status == 404


def test_staff_pages_are_never_kept(front):
    for _time in range(2):
        page = front.get("/account/sign-in/")
        assert (page.status, page.cache) == (200, "MISS")
        assert "secure" in page.headers["set-cookie"].lower()


def test_browsers_are_spoken_to_in_http_2_and_safely(front):
    anyone = ssl._create_unverified_context()
    anyone.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", front.secure_port)) as line,
        anyone.wrap_socket(line, server_hostname=HOST) as secured,
    ):
        assert secured.selected_alpn_protocol() == "h2"
    assert "max-age=31536000" in front.get("/").headers["strict-transport-security"]


def test_readers_are_told_when_gunicorn_does_not_answer(has_nginx, tmp_path):
    with nginx(tmp_path, free_port()) as lonely:
        answer = lonely.get("/")
    assert answer.status == 502
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "try again in a few minutes" in answer.text and "réessayer" in answer.text


def naming(folder: Path, word: str) -> list[str]:
    """Name the files of nginx, its logs and what it keeps, that have a word in them."""
    kept = [folder / "access.log", folder / "error.log", *(folder / "cache").rglob("*")]
    return [f.name for f in kept if f.is_file() and word.encode() in f.read_bytes()]


def logged(folder: Path, words: str) -> str:
    """Give the log of nginx once it has some words: a line is written after its answer is sent."""
    for _try in range(100):
        lines = (folder / "access.log").read_text()
        if words in lines:
            return lines
        time.sleep(0.1)
    raise AssertionError(f"{words} is not logged.")


def test_what_people_search_for_stands_in_no_log_and_is_not_kept(front):
    for path in ("/search/?q=zxqokapi", "/fr/search/?q=zxqokapi"):
        for secure in (True, False):
            front.get(path, secure=secure)
    front.get("/", Referer=f"https://{HOST}/search/?q=zxqokapi")
    lines = logged(front.folder, f'"https://{HOST}/search/"')
    assert '"GET /search/ HTTP/1.1" 200' in lines and '"GET /fr/search/ HTTP/1.1" 301' in lines
    assert naming(front.folder, "zxqokapi") == []


def test_nor_does_a_search_that_nobody_answers(has_nginx, tmp_path):
    with nginx(tmp_path, free_port()) as front:
        assert front.get("/search/?q=zxqokapi").status == 502
        assert front.get("/?q=zxqother").status == 502
    assert naming(tmp_path, "zxqokapi") == []
    assert naming(tmp_path, "zxqother") == ["error.log"]  # the log that would name it
