"""What can only be read refuses the rest with a sentence; the icon and private pages are found."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from embassy.models import ContentPage

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}


@pytest.fixture
def strict():
    """A browser that is refused what other sites may not post."""
    return Client(enforce_csrf_checks=True, **HOST)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize(
    "path",
    [
        "/search/",
        "/fr/search/",
        "/leaving/",
        "/robots.txt",
        "/.well-known/security.txt",
        "/",
        "/x/",
    ],
)
def test_what_can_only_be_read_says_so(site, strict, method, path):
    response = getattr(strict, method)(path, {"q": "visa"} if method == "post" else None)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "no-store" in response["Cache-Control"]
    assert response.content.decode().strip()


def test_what_writes_still_asks_who_sent_it(site, strict):
    typed = {"login": "x@bamako.example", "password": "y"}
    assert strict.post("/account/sign-in/", typed).status_code == 403


def test_a_page_of_a_mission_can_still_be_asked_for_by_head(site, strict):
    assert strict.head("/").status_code == 200


def test_the_customary_address_of_the_icon_leads_to_it(site, client):
    response = client.get("/favicon.ico", **HOST)
    assert response.status_code == 302
    assert response["Location"].startswith("/static/img/favicon")
    assert response["Location"].endswith(".svg")
    assert response["Cache-Control"] == "public, max-age=86400"
    assert not response.cookies


def test_a_page_with_a_password_opens_with_it(home, client):
    page = ContentPage(title="Briefing", slug="briefing", summary="For those who know.")
    home.add_child(instance=page)
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="baobab"
    )
    asked = client.get("/briefing/", **HOST)
    told = asked.content.decode()
    assert "For those who know." not in told and "Briefing" not in told.split("</head>")[0]
    assert told.count("<h1") == 1 and "Password required" in told
    address = asked.context["action_url"]
    wrong = client.post(address, {"password": "acacia", "return_url": "/briefing/"}, **HOST)
    assert wrong.status_code == 200
    right = client.post(address, {"password": "baobab", "return_url": "/briefing/"}, **HOST)
    assert right["Location"] == "/briefing/"
    assert "For those who know." in client.get("/briefing/", **HOST).content.decode()


def test_a_page_of_another_mission_is_not_opened_here(nairobi, home, client):
    page = ContentPage(title="Briefing", slug="briefing")
    nairobi.root_page.add_child(instance=page)
    theirs, ours = (
        PageViewRestriction.objects.create(
            page=one, restriction_type=PageViewRestriction.PASSWORD, password="baobab"
        )
        for one in (page, home.get_children().get(slug="privacy"))
    )
    for restriction, target in ((theirs, page), (theirs, ours.page), (ours, page)):
        address = f"/_util/authenticate_with_password/{restriction.pk}/{target.pk}/"
        data = {"password": "baobab", "return_url": "/"}
        assert client.get(address, **HOST).status_code == 404
        assert client.post(address, data, **HOST).status_code == 404


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_a_draft_or_a_page_without_a_password_asks_for_none(home, client, kind):
    page = ContentPage(title="Briefing", slug="briefing", live=kind != PageViewRestriction.PASSWORD)
    home.add_child(instance=page)
    lock = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="baobab")
    address = f"/_util/authenticate_with_password/{lock.pk}/{page.pk}/"
    data = {"password": "baobab", "return_url": "/"}
    assert client.get(address, **HOST).status_code == 404
    assert client.post(address, data, **HOST).status_code == 404


def test_a_page_for_those_signed_in_leads_to_our_own_sign_in(home, client):
    page = home.get_children().get(slug="privacy")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/privacy/", **HOST, follow=True)
    assert response.redirect_chain[-1][0].startswith("/account/sign-in/?next=")
    assert response.status_code == 200
