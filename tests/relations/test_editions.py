"""An edition of a fact sheet carries the day printed on it, which has come already."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from embassy.demo.front_page import TILES
from embassy.models import User
from relations.models import FactSheetEdition
from tests.editor import posted

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
TO_COME = "Choose today or an earlier day: an edition carries the date printed on it."


@pytest.mark.parametrize(("day", "taken"), [("2026-11-22", True), ("2026-11-23", False)])
def test_an_edition_of_a_day_to_come_is_refused(site, monkeypatch, day, taken):
    monkeypatch.setattr("embassy.models.verification.timezone.now", lambda: NIGHT)
    chief = User.objects.create_superuser("superuser@bamako.example", "x")
    edition = FactSheetEdition.objects.get(locale__language_code="en")
    form_class = edition.get_edit_handler().get_form_class()
    data = posted(edition, chief) | {"date": day}
    form = form_class(data, instance=edition, for_user=chief, parent_page=edition.get_parent())
    assert form.errors.get("date", []) == ([] if taken else [TO_COME])


def test_the_front_page_names_no_edition_s_date():
    [text] = [text for _title, text, slug in TILES if slug == "fact-sheets"]
    assert not any(sign.isdigit() for sign in text)


def test_the_lasting_address_names_the_edition_and_its_languages_to_search_engines(client, site):
    edition = FactSheetEdition.objects.get(locale__language_code="en")
    lasting = edition.get_parent().get_url()
    told = {}
    for address in (lasting, edition.url, f"/fr{lasting}", f"/fr{edition.url}"):
        html = client.get(address, HTTP_HOST="localhost").content
        head = BeautifulSoup(html, "html.parser").head
        own = head.select_one("link[rel=canonical]")["href"]
        assert own == f"http://localhost{address.removesuffix('2015-10-15/')}2015-10-15/"
        told[address] = {a["hreflang"]: a["href"] for a in head.select("link[hreflang]")}
    there = {"en": edition.full_url, "fr": edition.full_url.replace("localhost/", "localhost/fr/")}
    assert list(told.values()) == [there] * 4
