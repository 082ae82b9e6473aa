"""What is refused or breaks says so in words: what happened, what was stored, what to do."""

import pytest
from django.db import connections
from django.test import Client
from django.utils.module_loading import import_string
from lxml import html
from wagtail.models import PageViewRestriction, Site

from embassy import facts
from embassy.demo.contacts import DUTY
from embassy.fields import Texts
from embassy.models import ContactPoint, ContentPage
from embassy.urls import handler403
from embassy.vocabulary import EMERGENCY_PURPOSES
from tests.editor import posted
from tests.factories import second_mission

SIZE = 5 * 1024 * 1024


def words(response) -> str:
    """Give what a page says."""
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def language(response) -> str:
    """Give the language a page says it is in."""
    return html.fromstring(response.content.decode()).get("lang")


@pytest.fixture
def form(home, editor_client, staff):
    """A page with its editor's address and what the editor posts."""
    page = ContentPage.objects.descendant_of(home).first().get_latest_revision_as_object()
    return page, f"/admin/pages/{page.pk}/edit/", posted(page, staff["public_affairs"])


@pytest.mark.django_db
def test_a_form_with_too_much_text_is_refused_in_words(editor_client, form):
    page, address, data = form
    before = list(page.revisions.order_by("pk").values_list("pk", "content"))
    answer = editor_client.post(address, data | {"summary": "x" * SIZE})
    assert answer.status_code == 413 and "no-store" in answer["Cache-Control"]
    said = words(answer)
    assert "may hold 5 MB" in said and "Nothing was stored" in said
    assert "your browser keeps what you typed" in said
    assert list(page.revisions.order_by("pk").values_list("pk", "content")) == before


@pytest.mark.django_db
def test_three_megabytes_of_text_are_not_too_much_for_the_server(editor_client, form):
    _page, address, data = form
    answer = editor_client.post(address, data | {"summary": "x" * 3 * 1024 * 1024})
    assert answer.status_code == 200  # the editor, which says that a summary is shorter
    assert "Ensure this value has at most 400 characters" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "asked", "expected", "said"),
    [
        ("/_util/authenticate_with_password/{}/{}/", "fr", "en", "may hold 5 MB"),
        ("/fr/_util/authenticate_with_password/{}/{}/", "en", "fr", "5 Mo"),
        ("/admin/login/", "fr", "fr", "5 Mo"),
        ("/django-admin/login/", "en", "en", "may hold 5 MB"),
    ],
)
def test_it_is_said_in_the_readers_language(compiled, home, address, asked, expected, said):
    kept = home.get_children().live().first()
    by_password = PageViewRestriction.PASSWORD
    lock = PageViewRestriction.objects.create(page=kept, restriction_type=by_password, password="x")
    address = address.format(lock.pk, kept.pk)
    body = b"x=" + b"y" * SIZE
    kind = "application/x-www-form-urlencoded"
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "x" * 32
    answer = client.post(address, body, kind, HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE=asked)
    assert answer.status_code == 413
    assert language(answer) == expected and said in words(answer)


@pytest.mark.django_db
def test_a_form_with_too_many_fields_is_refused_in_words(editor_client, form):
    _page, address, data = form
    answer = editor_client.post(address, data | {f"x{n}": "" for n in range(10_001)})
    assert answer.status_code == 413 and "may have 10000 fields" in words(answer)


@pytest.mark.django_db
def test_an_unknown_host_is_refused_in_words(client, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    answer = client.get("/", HTTP_HOST="evil.example")
    assert answer.status_code == 400
    assert "Nothing was stored" in words(answer) and "evil.example" not in words(answer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "asked", "expected"),
    [
        ("/admin/login/", "en", "en"),
        ("/admin/login/", "fr", "fr"),
        ("/django-admin/login/", "fr", "fr"),
        ("/_util/authenticate_with_password/1/1/", "fr", "en"),
        ("/fr/_util/authenticate_with_password/1/1/", "en", "fr"),
    ],
)
def test_a_form_without_its_token_is_refused_in_words(compiled, address, asked, expected):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(address, {}, HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE=asked)
    said = words(answer)
    assert answer.status_code == 403 and language(answer) == expected
    assert ("Copy long texts" in said) == (expected == "en")
    assert ("Copiez les textes longs" in said) == (expected == "fr")
    assert "CSRF" not in said and "token" not in said.lower()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        *(
            "/",
            "/fr/",
            "/nowhere/",
            "/search/?q=visa",
            "/emergency/",
            "/travel-advisory/",
            "/sw.js",
        ),
        *("/alerts/feed.atom", "/api/v1/offices", "/sitemap.xml", "/verify/ABCD/", "/offline/"),
        *("/holidays.ics", "/manifest.webmanifest", "/.well-known/security.txt", "/leaving/"),
    ],
)
def test_a_host_of_no_mission_is_answered_in_words(client, path, compiled):
    Site.objects.update(is_default_site=False)
    answer = client.get(path, HTTP_HOST="nobody.localhost")
    assert answer.status_code == 404 and "no-store" in answer["Cache-Control"]
    said = "Aucune mission" if path == "/fr/" else "No mission answers here"
    assert said in html.fromstring(answer.content.decode()).xpath("//h1")[0].text
    assert client.get("/health/", HTTP_HOST="nobody.localhost").status_code == 200
    assert client.get(path, HTTP_HOST="localhost").status_code < 405


@pytest.mark.django_db
def test_what_is_not_allowed_is_said_in_words(rf):
    answer = import_string(handler403)(rf.get("/fr/x/"), PermissionError("secret"))
    assert answer.status_code == 403 and language(answer) == "fr"
    assert "secret" not in words(answer)


# The page that breaks.


@pytest.fixture
def away(committed_database):
    """Takes the database away: every new connection fails."""
    connection = connections["default"]
    kept = dict(connection.settings_dict)

    def take() -> None:
        connection.close()
        connection.settings_dict |= {"HOST": "127.0.0.1", "PORT": "1"}

    yield take
    connection.close()
    connection.settings_dict |= kept


def broken(host: str):
    """Ask for the home page of a host whose database does not answer."""
    return Client(raise_request_exception=False).get("/", HTTP_HOST=host)


def test_without_the_database_the_last_known_numbers_are_given(away):
    contacts = list(ContactPoint.objects.filter(site__is_default_site=True).for_emergencies())
    assert DUTY in [contact.label.in_language("en") for contact in contacts]
    assert Client().get("/", HTTP_HOST="localhost").status_code == 200
    away()
    answer = broken("localhost:8000")
    assert answer.status_code == 500 and "no-store" in answer["Cache-Control"]
    tree = html.fromstring(answer.content.decode())
    assert len(tree.xpath("//h1")) == 1
    links = tree.xpath("//a[@class='contact__number']/@href")
    assert links == 2 * [contact.href for contact in contacts]
    for contact in contacts:
        assert contact.label.in_language("en") in words(answer)
        assert contact.label.in_language("fr") in tree.xpath("//*[@lang='fr']")[0].text_content()


def test_each_mission_gives_its_own(away, committed_database):
    site = second_mission()
    label = Texts(fr="Urgences")
    purpose = EMERGENCY_PURPOSES[0]
    ContactPoint.objects.create(site=site, purpose=purpose, label=label, value="+221 33 879 4000")
    assert Client().get("/fr/", HTTP_HOST=site.hostname).status_code == 200
    assert Client().get("/", HTTP_HOST="localhost").status_code == 200
    away()
    tree = html.fromstring(broken(site.hostname).content.decode())
    assert set(tree.xpath("//a[@class='contact__number']/@href")) == {"tel:+221338794000"}


def test_numbers_that_were_never_read_are_not_made_up(away):
    facts._last.clear()
    away()
    answer = broken("localhost")
    assert answer.status_code == 500
    assert "Look for them in earlier messages" in words(answer)
    assert not html.fromstring(answer.content.decode()).xpath("//a")


def test_a_changed_number_is_the_one_that_is_known(away):
    contact = ContactPoint.objects.filter(site__is_default_site=True).for_emergencies().first()
    Client().get("/", HTTP_HOST="localhost")
    contact.value = "+223 2070 2399"
    contact.save()
    Client().get("/", HTTP_HOST="localhost")
    away()
    assert "23 99" in words(broken("localhost"))
