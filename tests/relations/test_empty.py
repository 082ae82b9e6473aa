"""What stands where little is written yet: the relations, an edition without a summary."""

from datetime import date

import pytest

from embassy.demo import under
from relations.models import FactSheetEdition, RelationsPage

pytestmark = pytest.mark.django_db

NOTHING = "Nothing on the relations of the two states is published here yet."


def main_of(client, path: str, host: str = "localhost") -> str:
    """Give the main part of a page."""
    page = client.get(path, HTTP_HOST=host).content.decode()
    return page.split("<main")[1].split("</main>")[0]


def test_a_new_mission_s_relations_say_that_there_is_nothing_yet(client, nairobi):
    assert NOTHING in main_of(client, "/relations/", "nairobi.localhost")


def test_relations_that_say_something_do_not(client, site):
    assert NOTHING not in main_of(client, "/relations/")
    page = RelationsPage.objects.descendant_of(site.root_page).get()
    page.body = []
    page.save()
    assert NOTHING not in main_of(client, "/relations/")  # the memberships are left
    page.memberships = []
    page.save()
    assert NOTHING in main_of(client, "/relations/")


def test_a_newer_edition_does_not_stand_over_the_older_one_s_summary(client, home):
    sheet = under("fact-sheets/us-relations-with-mali")
    newer = FactSheetEdition(
        title="Mali and the United States", slug="2020-01-01", bureau="A", date=date(2020, 1, 1)
    )
    sheet.add_child(instance=newer)
    newer.save_revision().publish()
    listed = main_of(client, "/fact-sheets/")
    assert "Mali and the United States" in listed and "January 1, 2020" in listed
    assert sheet.summary and sheet.summary not in listed
    newer.summary = "What was new in 2020."
    newer.save_revision().publish()
    assert "What was new in 2020." in main_of(client, "/fact-sheets/")


def test_a_fact_sheet_without_an_edition_stands_with_its_own_words(client, home):
    sheet = under("fact-sheets/us-relations-with-mali")
    sheet.get_children().get().unpublish()
    listed = main_of(client, "/fact-sheets/")
    assert sheet.title in listed and sheet.summary in listed
