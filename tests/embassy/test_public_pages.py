"""Every public page of the demo site, as a visitor's browser asks for it."""

import re

import pytest
from django.test import Client
from wagtail.models import Page

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
