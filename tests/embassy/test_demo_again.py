"""Demo content run again after staff worked on the site: nothing is undone or made twice."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import ProtectedError
from wagtail.models import Page, Site

from embassy.demo import HOSTNAME, contact, demo_site, sign_ins, under
from embassy.demo.contacts import DUTY, SWITCHBOARD
from embassy.models import ContactPoint, DemoRecord, Place, Schedule, User
from sections.models import OfficePage, Post

pytestmark = pytest.mark.django_db

COUNTED = [Page, ContactPoint, Place, Post, Schedule, User, Site]


def again(timeless: bool = True) -> str:
    """Run the command and give what it says."""
    output = StringIO()
    call_command("demo_content", timeless=timeless, stdout=output)
    return output.getvalue()


def amounts() -> dict:
    """Count everything a run could make."""
    return {model.__name__: model.objects.count() for model in COUNTED}


def changes_nothing(timeless: bool = True) -> str:
    """Run it twice, and see that it neither makes nor removes anything; give its words."""
    before = amounts()
    said = again(timeless)
    assert amounts() == before
    assert again(timeless) == said
    return said


@pytest.fixture(params=["recorded", "older"])
def records(request, home) -> str:
    """A site whose things are recorded, and one that was made before records were kept."""
    if request.param == "older":
        DemoRecord.objects.all().delete()
    return request.param


def test_a_run_on_an_older_site_records_what_it_recognizes(home):
    known = set(DemoRecord.objects.values_list("key", "model", "number"))
    DemoRecord.objects.all().delete()
    changes_nothing()
    assert set(DemoRecord.objects.values_list("key", "model", "number")) == known


def test_pages_that_staff_deleted_stay_deleted_and_are_named_once(records):
    Page.objects.get(slug="sections-offices", locale__language_code="en").delete()
    said = changes_nothing()
    assert said.count("is no longer there") == 1
    assert "“Sections & offices” is no longer there, and is not made again." in said
    assert not OfficePage.objects.filter(locale__language_code="en").exists()


def test_a_contact_point_keeps_the_label_that_staff_gave_it(records, site):
    point = ContactPoint.objects.for_site(site).get(label__en=SWITCHBOARD)
    point.label = {"en": "Switchboard"}
    point.save()
    said = changes_nothing()
    assert "no longer" not in said
    assert contact(SWITCHBOARD) == point
    point.refresh_from_db()
    assert point.label["en"] == "Switchboard"


def test_an_office_keeps_the_title_that_staff_gave_it(records):
    office = OfficePage.objects.get(title="Department of State")
    office.title = "State Department"
    office.save_revision().publish()
    assert "no longer" not in changes_nothing()
    assert under("sections-offices/department-of-state").title == "State Department"


def test_an_office_is_known_under_another_address_too(home):
    office = OfficePage.objects.get(title="Department of State")
    office.slug = "state"
    office.save_revision().publish()
    assert "no longer" not in changes_nothing()


def test_a_renamed_post_is_not_made_again(records):
    post = Post.objects.get(title__en="Deputy Chief of Mission")
    post.title = {"en": "Deputy"}
    post.save()
    changes_nothing()


@pytest.mark.parametrize("part", ["deleted", "moved"])
def test_what_is_below_an_agency_goes_with_it(records, part, home):
    agency = OfficePage.objects.get(title="Department of State")
    section = OfficePage.objects.get(title="Public Affairs Section")
    if part == "deleted":
        agency.delete()
    else:
        section.move(OfficePage.objects.get(title="Department of Defense"), pos="last-child")
    said = changes_nothing()
    expected = ["“Department of State”"] if part == "deleted" else []
    if part == "moved" and records == "older":
        expected = ["“Public Affairs Section”"]  # its new place is not where it is looked for
    assert said.count("no longer") == len(expected)
    assert all(name in said for name in expected)


def test_a_new_announcement_without_its_number_is_left_out_in_a_sentence(home):
    free(contact(DUTY))
    before = amounts()
    said = again(timeless=False)
    assert amounts() == before
    assert f"is left out: “{DUTY}” is no longer there." in said
    assert again(timeless=False) == said


def free(point: ContactPoint) -> None:
    """Delete a contact point along with the rows that quote it."""
    with pytest.raises(ProtectedError) as refused:
        point.delete()
    for row in refused.value.protected_objects:
        row.delete()
    point.delete()


def test_an_announcement_of_today_is_made_on_an_older_site_too(home):
    DemoRecord.objects.all().delete()
    before = Page.objects.count()
    again(timeless=False)
    assert Page.objects.count() == before + 1
    changes_nothing(timeless=False)


def test_deleted_accounts_do_not_come_back_with_their_known_password(records):
    email = sign_ins()[0][1]
    User.objects.filter(email=email).delete()
    assert f"“{email}” is no longer there" in changes_nothing()


def test_the_mission_is_known_under_another_host_name(home, site):
    site.hostname = "bamako.localhost"
    site.save()
    changes_nothing()
    assert demo_site() == site and site.hostname != HOSTNAME


def test_words_that_staff_emptied_stay_empty(records):
    page = under("sections-offices") if records == "recorded" else None
    page = page or Page.objects.get(slug="sections-offices", locale__language_code="en").specific
    page.summary = ""
    page.save_revision().publish()
    changes_nothing()
    page.refresh_from_db()
    assert page.summary == ""
