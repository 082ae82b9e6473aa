"""What is printed says whose it is, of when, and leads back to its lasting address by a QR code."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from advisories import lifecycle
from advisories.models import AlertPage, CountryInfoPage
from advisories.vocabulary import Act
from embassy.drawing.qr import qr_code
from relations.models import FactSheetEdition
from sections.models import OfficePage
from tests.advisories.factories import alert, approved, new_issue

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}
ABOUT = {
    "en": "QR code of the address of this page",
    "fr": "Code QR de l’adresse de cette page",
}
WHOLE = {"en": "/travel-advisory/whole/", "fr": "/fr/travel-advisory/whole/"}


def header_of(client, path: str) -> BeautifulSoup:
    """Give what stands at the head of a page on paper."""
    answer = client.get(path, **HOST)
    assert answer.status_code == 200, path
    return BeautifulSoup(answer.content, "html.parser").select_one(".print-header.for-print")


def check(client, path: str, address: str, language: str = "en") -> None:
    """See that the print of a page leads back to an address, in words and as a code."""
    header = header_of(client, path)
    code = header.select_one("svg")
    assert code["class"] == ["print-code__qr"]
    assert code.select_one("title").string == ABOUT[language]
    drawn = qr_code(address, "print-code__qr", ABOUT[language])
    assert code.select_one("path")["d"] == re.search(r' d="([^"]+)"', drawn)[1]
    assert header.select_one(".print-url").string == address
    assert "Rue 243, Porte 297" in header.get_text()


def test_an_alert_leads_back_to_its_issue(client, site, staff, compiled):
    told = new_issue(staff)
    slug = told.page.slug
    check(client, f"/alerts/{slug}/", f"{site.root_url}/alerts/{slug}/1/")
    check(client, f"/fr/alerts/{slug}/", f"{site.root_url}/fr/alerts/{slug}/1/", "fr")
    lifecycle.reopen(told.page.specific, staff["duty_officer"], timezone.now(), Act.UPDATE)
    words = AlertPage.objects.get(pk=told.page_id).get_latest_revision_as_object()
    words.severity = "Extreme"
    words.save_revision(user=staff["duty_officer"])
    approved(AlertPage.objects.get(pk=told.page_id), staff)
    check(client, f"/alerts/{slug}/", f"{site.root_url}/alerts/{slug}/2/")
    check(client, f"/alerts/{slug}/1/", f"{site.root_url}/alerts/{slug}/1/")


def test_the_advisory_leads_back_to_its_version(client, site, compiled):
    check(client, "/travel-advisory/", f"{site.root_url}/travel-advisory/2026-01-09/")
    french = f"{site.root_url}/fr/travel-advisory/2026-01-09/"
    check(client, "/fr/travel-advisory/", french, "fr")
    for path in ("/travel-advisory/", "/fr/travel-advisory/"):
        assert client.get(f"{path}2026-01-09/", **HOST).status_code == 200


def test_a_fact_sheet_leads_back_to_its_edition(client, home):
    edition = FactSheetEdition.objects.descendant_of(home).live().latest("date")
    check(client, edition.url, edition.full_url)
    check(client, edition.get_parent().url, edition.full_url)


def test_an_office_leads_back_and_says_when_its_page_was_changed(client, home):
    office = OfficePage.objects.descendant_of(home).live().first()
    check(client, office.url, office.full_url)
    OfficePage.objects.filter(pk=office.pk).update(last_published_at=timezone.now())
    assert "Page last changed:" in client.get(office.url, **HOST).content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_whole_advisory_leads_back_to_itself(client, site, language, compiled):
    asked = WHOLE[language]
    check(client, f"{asked}?utm_source=x", f"http://localhost{asked}", language)


def test_on_a_public_server_the_code_leads_to_https(client, home, settings):
    settings.SECURE_SSL_REDIRECT = True
    office = OfficePage.objects.descendant_of(home).live().first()
    answer = client.get(office.url, secure=True, **HOST)
    printed = BeautifulSoup(answer.content, "html.parser").select_one(".print-header .print-url")
    assert printed.string.startswith("https://")


def test_other_pages_say_where_they_were_read(client, home):
    header = header_of(client, "/relations/")
    assert header.select_one(".print-url").string == "http://localhost/relations/"
    assert header.select_one("svg") is None


def test_head_and_foot_name_the_city_once(client, site, dakar):
    for path, host, name in (
        ("/", "localhost", "Embassy of the United States of America, Bamako, Mali"),
        ("/fr/alerts/", dakar.hostname, "Ambassade des États-Unis à Dakar, Sénégal"),
    ):
        page = BeautifulSoup(client.get(path, HTTP_HOST=host).content, "html.parser")
        assert page.select_one(".print-header__name").string == name
        assert page.select_one(".footer__end p").string == name


def test_a_preview_has_no_code_of_what_was_not_issued(editor_client, home, staff):
    from embassy.templatetags.embassy_tags import print_code

    assert print_code("http://localhost/", "x").startswith("<svg")
    now = timezone.now()
    page = alert(now - timedelta(hours=1), now + timedelta(hours=1))
    answer = page.make_preview_request()
    header = BeautifulSoup(answer.rendered_content, "html.parser").select_one(".print-header")
    assert header.select_one("svg") is None


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_whole_advisory_holds_all_that_belongs_to_it(client, home, language, compiled):
    now = timezone.now()
    alert(now - timedelta(hours=1), now + timedelta(hours=1), "Roads closed")
    alert(now - timedelta(hours=2), now - timedelta(seconds=1), "Over by now")
    answer = client.get(WHOLE[language], **HOST)
    page = BeautifulSoup(answer.content, "html.parser")
    text = page.select_one("main").get_text()
    assert "Roads closed" in text and "Over by now" not in text
    assert len(page.select("h1")) == 1
    anchors = [link["href"][1:] for link in page.select(".toc a")]
    assert anchors[0] == "alerts" and all(page.find(id=anchor) for anchor in anchors)
    assert page.select_one("main a[href='tel:+22366752860']")
    plain = BeautifulSoup(
        client.get(WHOLE[language].replace("whole/", ""), **HOST).content, "html.parser"
    )
    sections = [heading.get("id") for heading in plain.select("main .part > h2")]
    assert sections and set(sections) <= {heading.get("id") for heading in page.select("main h2")}
    if language == "en":
        for topic in CountryInfoPage.objects.descendant_of(home).live():
            assert topic.title in text
            assert BeautifulSoup(topic.disclaimer, "html.parser").get_text() in text
        assert f'href="{WHOLE["en"]}"' in client.get("/travel-advisory/", **HOST).content.decode()


def test_what_is_not_public_is_not_on_the_whole_page(client, home):
    topic = CountryInfoPage.objects.descendant_of(home).live().first()
    assert topic.title in client.get(WHOLE["en"], **HOST).content.decode()
    topic.unpublish()
    assert topic.title not in client.get(WHOLE["en"], **HOST).content.decode()


def test_the_whole_page_asks_little_however_many_topics(
    client, home, django_assert_max_num_queries
):
    first = CountryInfoPage.objects.descendant_of(home).live().first()
    for number in range(5):
        page = CountryInfoPage(title=f"Topic {number}", body=first.body, locale=first.locale)
        first.get_parent().add_child(instance=page)
    client.get(WHOLE["en"], **HOST)
    with django_assert_max_num_queries(14):
        text = client.get(WHOLE["en"], **HOST).content.decode()
    assert "Topic 4" in text


def test_without_an_advisory_there_is_no_whole_one(client, nairobi):
    assert client.get(WHOLE["en"], HTTP_HOST=nairobi.hostname).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_whole_page_is_only_read(client, site, method):
    assert getattr(client, method)(WHOLE["en"], **HOST).status_code == 405


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_anchor_of_the_whole_page_is_there_once(client, home, language):
    page = BeautifulSoup(client.get(WHOLE[language], **HOST).content, "html.parser")
    anchors = [element["id"] for element in page.select("[id]")]
    assert "sources" in anchors and len(anchors) == len(set(anchors))
