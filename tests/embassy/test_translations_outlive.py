"""Translations that readers keep when their original is no longer public: staff are told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from embassy.acts import requested
from embassy.models import ContentPage, MissionSettings, RequestedAct
from embassy.translations import originals
from embassy.translations.staff_pages import outlived, untranslated
from tests.two_people import HOST

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def english(french) -> Page:
    """The page it is made from."""
    return ContentPage.objects.get(
        translation_key=french.translation_key, locale__language_code="en"
    )


@pytest.fixture
def browser(staff) -> Client:
    """A browser in which public affairs is signed in."""
    client = Client(HTTP_HOST=HOST)
    client.force_login(staff["public_affairs"])
    return client


def told(user) -> list[str]:
    """Give what the first screen names to somebody."""
    return [row.name for row in outlived(user, NOON).rows]


def test_in_step_nobody_is_told(french, english, staff):
    assert told(staff["public_affairs"]) == []
    assert originals.beside(french, staff["public_affairs"]) == {}


def test_unpublished_it_is_a_row_that_leads_to_the_desk(french, english, staff, browser):
    english.unpublish()
    [row] = outlived(staff["public_affairs"], NOON).rows
    assert (row.name, row.why) == ("Congés", "French, while the original is no longer public")
    assert "Congés" in browser.get("/admin/reports/look-after/").content.decode()
    desk = browser.get(row.address).content.decode()
    assert "The original is no longer public; this page still is." in desk
    assert reverse("wagtailadmin_pages:unpublish", args=[french.pk]) in desk
    assert reverse("publishing_desk", args=[english.pk]) in desk
    editor = browser.get(reverse("wagtailadmin_pages:edit", args=[french.pk])).content.decode()
    assert "The original is no longer public; this page still is." in editor


def test_public_again_it_is_no_row_and_the_desk_says_nothing(french, english, staff, browser):
    english.unpublish()
    english.refresh_from_db()
    english.save_revision().publish()
    assert told(staff["public_affairs"]) == []
    desk = browser.get(reverse("publishing_desk", args=[french.pk])).content.decode()
    assert "no longer public" not in desk


def test_gone_as_well_it_is_no_row(french, english, staff):
    english.unpublish()
    french.unpublish()
    assert told(staff["public_affairs"]) == []


@pytest.mark.parametrize(("seconds", "is_told"), [(1, False), (-1, True)])
def test_an_original_that_expires_is_told_once_it_did(french, english, staff, seconds, is_told):
    at = timezone.now() + timedelta(seconds=seconds * 600)
    Page.objects.filter(pk=english.pk).update(expire_at=at)
    call_command("publish_scheduled", verbosity=0)
    assert (told(staff["public_affairs"]) == ["Congés"]) is is_told


@pytest.mark.parametrize("above", [False, True])
def test_an_original_that_is_made_private_is_told(french, english, home, staff, above):
    place = ContentPage(title="Section", slug="section")
    home.add_child(instance=place)
    place.save_revision().publish()
    english.move(place, pos="last-child")
    lock = PageViewRestriction(page=place if above else english, restriction_type="login")
    assert told(staff["public_affairs"]) == []
    lock.save()
    assert told(staff["public_affairs"]) == ["Congés"]
    PageViewRestriction(page=french, restriction_type="login").save()
    assert told(staff["public_affairs"]) == []


def test_a_deleted_original_is_told_and_not_offered(french, english, staff, browser):
    english.delete()
    assert told(staff["public_affairs"]) == ["Congés"]
    desk = browser.get(reverse("publishing_desk", args=[french.pk])).content.decode()
    assert "no longer public" in desk and "See the original" not in desk


def test_a_page_written_in_the_second_language_is_its_own_original(french, staff):
    page = ContentPage(title="Pour vous", slug="pour-vous", locale=french.locale)
    french.get_parent().add_child(instance=page)
    page.save_revision().publish()
    assert told(staff["public_affairs"]) == []


def test_only_who_may_take_it_off_the_site_is_told(french, english, staff, dakar):
    english.unpublish()
    for role in ("public_affairs", "approver", "consular"):
        assert told(staff[role]) == ["Congés"], role
    for role in ("section_editor", "duty_officer", "administrator"):
        assert told(staff[role]) == [], role
    client = Client(HTTP_HOST=HOST)
    client.force_login(staff["section_editor"])
    desk = client.get(reverse("publishing_desk", args=[french.pk])).content.decode()
    assert "no longer public" in desk
    assert reverse("wagtailadmin_pages:unpublish", args=[french.pk]) not in desk
    assert originals.outlived(dakar).count() == 0


def test_it_goes_by_the_missions_first_language(french, english, site, staff):
    MissionSettings.objects.filter(site=site).update(first_language="fr")
    english.unpublish()
    assert told(staff["public_affairs"]) == []


# Before it is taken off


def screens(page: Page) -> list[str]:
    """Give the screens on which it is confirmed that a page goes."""
    bulk = f"/admin/bulk/wagtailcore/page/%s/?id={page.pk}&next=/admin/"
    return [
        reverse("wagtailadmin_pages:unpublish", args=[page.pk]),
        reverse("wagtailadmin_pages:delete", args=[page.pk]),
        bulk % "unpublish",
        bulk % "delete",
    ]


@pytest.mark.parametrize("number", range(4))
def test_whoever_takes_the_original_away_reads_which_translations_stay(
    french, english, browser, number
):
    html = browser.get(screens(english)[number]).content.decode()
    assert "Readers keep it in other languages." in html and "Congés" in html
    assert reverse("wagtailadmin_pages:unpublish", args=[french.pk]) in html
    assert "Readers keep it" not in browser.get(screens(french)[number]).content.decode()
    french.unpublish()
    assert "Readers keep it" not in browser.get(screens(english)[number]).content.decode()


def test_whoever_deletes_a_page_reads_of_the_translations_of_those_below(
    french, english, home, browser
):
    place = ContentPage(title="Section", slug="section")
    home.add_child(instance=place)
    place.save_revision().publish()
    english.move(place, pos="last-child")
    address = reverse("wagtailadmin_pages:delete", args=[place.pk])
    assert "Congés" in browser.get(address).content.decode()


@pytest.mark.parametrize("act", [RequestedAct.Act.UNPUBLISH, RequestedAct.Act.DELETE])
def test_the_second_person_reads_which_translations_stay(french, english, staff, browser, act):
    requested.ask(staff["approver"], english, act, timezone.now())
    waiting = browser.get(reverse("requested_acts")).content.decode()
    assert "Readers keep it in other languages." in waiting and "Congés" in waiting
    french.unpublish()
    assert "Readers keep it" not in browser.get(reverse("requested_acts")).content.decode()


def lacking(user) -> list[tuple[str, str]]:
    """Give what the first screen names of pages that a language lacks."""
    return [(row.name, row.why) for row in untranslated(user, NOON).rows]


def test_of_the_demo_site_no_language_lacks_a_page(staff):
    assert lacking(staff["public_affairs"]) == []


def test_what_a_language_lacks_is_a_row_that_leads_to_its_beginning(home, staff, browser):
    page = home.add_child(instance=ContentPage(title="Runway works", locale=home.locale))
    [row] = untranslated(staff["public_affairs"], NOON).rows
    assert (row.name, row.why) == ("Runway works", "not in French")
    assert row.address == reverse("translation_begin", args=[page.pk, "fr"])
    assert "Runway works" in browser.get("/admin/reports/look-after/").content.decode()
    browser.post(row.address)
    [row] = untranslated(staff["public_affairs"], NOON).rows
    assert row.why == "begun in French and not public there"
    begun = Page.objects.get(translation_key=page.translation_key, locale__language_code="fr")
    assert row.address == reverse("wagtailadmin_pages:edit", args=[begun.pk])
    begun.specific.save_revision().publish()
    assert lacking(staff["public_affairs"]) == []


def test_no_draft_no_private_page_and_no_warning_is_lacking(home, staff):
    draft = home.add_child(instance=ContentPage(title="Draft", locale=home.locale, live=False))
    closed = home.add_child(instance=ContentPage(title="Private", locale=home.locale))
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    assert lacking(staff["public_affairs"]) == []
    draft.save_revision().publish()
    assert [name for name, _why in lacking(staff["public_affairs"])] == ["Draft"]


def test_who_may_not_write_a_page_is_not_told_that_a_language_lacks_it(home, staff, dakar):
    home.add_child(instance=ContentPage(title="Runway works", locale=home.locale))
    top = dakar.root_page.specific
    top.add_child(instance=ContentPage(title="Piste", locale=top.locale))
    assert lacking(staff["administrator"]) == []
    assert lacking(staff["public_affairs"]) == [("Runway works", "not in French")]


def test_a_mission_of_one_language_lacks_nothing(site, home, staff):
    MissionSettings.objects.filter(site=site).update(languages=["en"])
    home.add_child(instance=ContentPage(title="Runway works", locale=home.locale))
    assert lacking(staff["public_affairs"]) == []
