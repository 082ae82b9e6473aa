"""What needs looking after is told to whoever can do it, and only while it is so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from embassy.models import ContactPoint, LinkProblem
from embassy.upkeep import FIRST, Owed, Part
from embassy.upkeep.facts import named, unverified
from embassy.upkeep.links import broken
from sections.models import OfficialPage, Post, Term
from sections.models.posts import Vacancy
from sections.upkeep import ended
from tests.advisories.factories import alert
from tests.advisories.sending import signed_in

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAYS = 90


def names(part: Part) -> list[str]:
    """Give what a part names."""
    return [row.name for row in part.rows]


@pytest.fixture
def tried(site):
    """The switchboard, the one number that is not long untried."""
    ContactPoint.objects.for_site(site).update(last_verified_on=NOON.date())
    return ContactPoint.objects.for_site(site).in_use().get(value="+223 2070 2300", extension="")


@pytest.mark.parametrize(
    ("days", "is_owed"), [(0, False), (DAYS - 1, False), (DAYS, True), (DAYS + 1, True)]
)
def test_a_number_is_to_be_tried_again_after_ninety_days(tried, staff, days, is_owed):
    tried.last_verified_on = NOON.date() - timedelta(days=days)
    tried.save()
    part = unverified(staff["public_affairs"], NOON)
    assert (named(tried) in names(part)) == is_owed
    assert len(part.rows) == is_owed


def test_the_day_is_that_of_the_mission(tried, staff, site):
    settings = site.missionsettings
    settings.time_zone = "Pacific/Kiritimati"  # where it is tomorrow at noon
    settings.save()
    tried.last_verified_on = NOON.date() - timedelta(days=DAYS - 1)
    tried.save()
    assert names(unverified(staff["public_affairs"], NOON)) == [named(tried)]


def test_numbers_for_emergencies_come_first_and_the_longest_untried_next(tried, staff, site):
    before, long_ago = NOON.date() - timedelta(days=200), date(2012, 2, 2)
    points = ContactPoint.objects.for_site(site).in_use()
    others = points.exclude(pk__in=points.for_emergencies()).order_by("pk")
    older, newer = others[0], others[1]
    ContactPoint.objects.filter(pk=older.pk).update(last_verified_on=long_ago)
    ContactPoint.objects.filter(pk__in=[newer.pk, tried.pk]).update(last_verified_on=before)
    assert tried in points.for_emergencies()
    wanted = [named(tried), named(older), named(newer)]
    assert names(unverified(staff["public_affairs"], NOON)) == wanted
    ContactPoint.objects.filter(pk=newer.pk).update(last_verified_on=None)
    row = unverified(staff["public_affairs"], NOON).rows[1]
    assert (row.name, row.why) == (named(newer), "nobody has tried it yet")
    assert str(newer.pk) in row.address


def test_a_retired_number_is_let_be(tried, staff):
    ContactPoint.objects.filter(pk=tried.pk).update(last_verified_on=None, retired=True)
    assert not unverified(staff["public_affairs"], NOON).rows


def test_who_may_not_change_numbers_is_not_asked_to_try_them(staff):
    assert unverified(staff["section_editor"], NOON).rows
    assert not unverified(staff["administrator"], NOON).rows


def test_nobody_looks_after_another_mission(staff, dakar):
    number = ContactPoint.objects.for_site(dakar).first() or ContactPoint.objects.create(
        site=dakar, purpose="general", value="+221 33 879 4000", label={"en": "Next door"}
    )
    assert named(number) not in names(unverified(staff["public_affairs"], NOON))


def test_a_broken_link_leads_to_the_editor_of_its_page(staff, home, site):
    LinkProblem.objects.create(
        site=site,
        page=home.page_ptr,
        address="https://gone.example/" + "x" * 200,
        is_external=True,
        fault="gone",
        detail="404",
        first_seen=NOON,
        last_seen=NOON,
    )
    [row] = broken(staff["public_affairs"], NOON).rows
    assert row.name == home.title and row.address == f"/admin/pages/{home.pk}/edit/"
    assert "It is gone (status 404)" in row.why and len(row.why) < 200
    assert not broken(staff["administrator"], NOON).rows


@pytest.fixture
def term(site):
    """The time of an official in a post that has never had another."""
    post = Post.objects.create(site=site, title={"en": "Cultural Attaché", "fr": "Attaché"})
    official = OfficialPage.objects.live().first()
    row = Term(official=official, post=post, begins=date(2024, 1, 1), source={"en": "A note"})
    row.ends = NOON.date()
    row.save()
    return row


@pytest.mark.parametrize(("ends_in", "is_owed"), [(-1, True), (0, True), (1, False)])
def test_a_post_is_named_from_the_day_on_which_its_term_no_longer_holds(
    term, staff, ends_in, is_owed
):
    term.ends = NOON.date() + timedelta(days=ends_in)
    term.save()
    assert ("Cultural Attaché" in names(ended(staff["public_affairs"], NOON))) == is_owed


@pytest.mark.parametrize(
    ("role", "ways"),
    [
        ("section_editor", ["add who follows", "say that it is vacant"]),
        ("duty_officer", ["add who follows"]),
    ],
)
def test_an_ended_term_leads_to_where_it_is_settled(term, staff, role, ways):
    term.ends = NOON.date() - timedelta(days=1)
    term.save()
    [row] = [row for row in ended(staff[role], NOON).rows if row.name == "Cultural Attaché"]
    assert [way.words for way in row.ways] == ways
    for address in (row.address, *(way.address for way in row.ways)):
        assert signed_in(staff[role]).get(address, **HOST).status_code == 200, address


def test_a_successor_or_a_vacancy_settles_it(term, staff):
    assert "Cultural Attaché" in names(ended(staff["public_affairs"], NOON))
    vacancy = Vacancy.objects.create(post=term.post, begins=NOON.date(), still=True)
    assert "Cultural Attaché" not in names(ended(staff["public_affairs"], NOON))
    vacancy.delete()
    Term.objects.create(
        official=term.official,
        post=term.post,
        begins=NOON.date(),
        still=True,
        source={"en": "A note"},
    )
    assert "Cultural Attaché" not in names(ended(staff["public_affairs"], NOON))


def test_the_first_screen_names_the_first_and_the_report_all(client, staff):
    client.force_login(staff["public_affairs"])
    numbers = names(unverified(staff["public_affairs"], timezone.now()))
    assert len(numbers) > FIRST
    first = client.get("/admin/", **HOST).content.decode()
    report = client.get("/admin/reports/look-after/", **HOST).content.decode()
    assert f"{len(numbers) - FIRST} more" in first and "/reports/look-after/#numbers" in first
    assert sum(f"{name}</a>, nobody has" in first for name in numbers) == FIRST
    assert all(f"{name}</a>, nobody has" in report for name in numbers)


def test_without_a_role_there_is_no_report(client, staff):
    staff["public_affairs"].groups.clear()
    client.force_login(staff["public_affairs"])
    assert client.get("/admin/reports/look-after/", **HOST).status_code in (302, 403)


def test_parts_name_a_few_and_count_the_rest():
    part = Part("x", "X", [Owed(str(n), "", "") for n in range(FIRST + 2)])
    assert (len(part.first), part.more) == (FIRST, 2)
    assert Part("x", "X", part.first).more == 0


def test_the_first_screen_says_how_long_alerts_have_left_and_counts_the_rest(client, staff):
    now = timezone.now()
    for hours in (5, 2, 3, 4, 7, 6):
        ends = now + timedelta(hours=hours, seconds=30)
        alert(now - timedelta(hours=1), ends, title=f"For {hours} hours")
    client.force_login(staff["duty_officer"])
    html = client.get("/admin/", **HOST).content.decode()
    text, _heading, _rest = html.partition("Warnings that lack a language")  # as all of them do
    places = [text.index(f"For {hours} hours") for hours in (2, 3, 4, 5, 6)]
    assert places == sorted(places)
    assert "2\xa0hours left" in text and "For 7 hours" not in text and "1 more" in text
