"""Who holds a post on a day: what the sources say and nothing more; both edges of every window."""

from datetime import UTC, date, datetime, timedelta

import pytest

from embassy.fields import Texts
from sections.models import (
    OfficeIndexPage,
    OfficePage,
    OfficialIndexPage,
    OfficialPage,
    Post,
    Term,
    Vacancy,
)

pytestmark = pytest.mark.django_db
DAY = date(2020, 5, 1)


@pytest.fixture
def index(home):
    return OfficialIndexPage.objects.child_of(home).get()


@pytest.fixture
def post(site):
    return Post.objects.create(site=site, title=Texts(en="Librarian"), sort_order=1)


def term(index, post, **fields) -> Term:
    """Make an official with one term."""
    official = OfficialPage(title=f"Person {OfficialPage.objects.count()}")
    index.add_child(instance=official)
    return Term.objects.create(official=official, post=post, **fields)


def holders(index, post, day) -> set:
    """Give who is known to hold a post on a day."""
    terms = Term.objects.under(index).telling_who_holds(day)
    return {t.pk for t in terms if t.holds and t.post_id == post.pk}


def test_known_term_holds_from_its_first_day_until_the_day_before_its_end(index, post):
    one = term(index, post, begins=DAY, ends=DAY + timedelta(days=10))
    assert holders(index, post, DAY - timedelta(days=1)) == set()
    assert holders(index, post, DAY) == {one.pk}
    assert holders(index, post, DAY + timedelta(days=9)) == {one.pk}
    assert holders(index, post, DAY + timedelta(days=10)) == set()


def test_term_without_end_holds_only_when_it_is_known_to_go_on(index, post):
    open_end = term(index, post, begins=DAY)
    assert holders(index, post, DAY + timedelta(days=1)) == set()
    open_end.still = True
    open_end.save()
    assert holders(index, post, DAY + timedelta(days=1)) == {open_end.pk}


def test_sighting_says_something_of_its_own_day_only(index, post):
    seen = term(index, post, seen_on=DAY, source=Texts(en="A page"))
    assert holders(index, post, DAY) == {seen.pk}
    assert holders(index, post, DAY + timedelta(days=1)) == set()


def test_undated_term_holds_on_no_day(index, post):
    term(index, post, source=Texts(en="A page"))
    assert holders(index, post, DAY) == set()


def test_folmsbee_is_shown_on_the_day_of_the_source_and_no_other(client):
    def holder(day: str) -> str:
        html = client.get("/officials/", {"on": day}, HTTP_HOST="localhost").content.decode()
        return html.split("Ambassador</th>")[1].split("</td>")[0]

    assert "Folmsbee" in holder("2015-10-15")
    assert "Folmsbee" not in holder("2015-10-16")
    assert "No holder is known" in holder("2015-10-14")


def test_the_day_goes_along_into_the_other_language(client):
    for asked, along in (
        ("?on=2015-10-15", "?on=2015-10-15"),
        ("?on=&x=1", ""),
        ("?on=" + "9" * 99, ""),
    ):
        text = client.get(f"/officials/{asked}", HTTP_HOST="localhost").content.decode()
        switch = text.split('class="languages"')[1].split("</nav>")[0]
        assert f'href="/fr/officials/{along}"' in switch, asked


@pytest.mark.parametrize("wrong", ["yesterday", "2015-13-45", "<b>", "9" * 5000, "2015-02-30"])
def test_a_day_that_is_none_is_answered_with_a_sentence(client, wrong):
    response = client.get("/officials/", {"on": wrong}, HTTP_HOST="localhost")
    assert response.status_code == 200
    assert "not a date" in response.content.decode()


def test_vacancy_is_shown(client, site, post):
    Vacancy.objects.create(post=post, begins=DAY, ends=DAY + timedelta(days=5))
    html = client.get("/officials/", {"on": "2020-05-02"}, HTTP_HOST="localhost").content.decode()
    assert "Vacant" in html.split("Librarian</th>")[1].split("</td>")[0]


def test_queries_stay_the_same_with_a_hundred_officials(client, index, post):
    def count() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client.get("/officials/", HTTP_HOST="localhost")
        with CaptureQueriesContext(connection) as queries:
            client.get("/officials/", HTTP_HOST="localhost")
        return len(queries)

    before = count()
    for _number in range(100):
        term(index, post, source=Texts(en="A page"))
    assert count() == before <= 12


def test_an_office_is_headed_by_who_holds_its_post_on_the_mission_s_day(
    client, nairobi, monkeypatch
):
    night = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # already the 23rd in Nairobi
    monkeypatch.setattr("django.utils.timezone.now", lambda: night)
    post = Post.objects.create(site=nairobi, title=Texts(en="Librarian"))
    index = OfficialIndexPage.objects.descendant_of(nairobi.root_page).get()
    held = term(index, post, begins=date(2026, 11, 23), still=True)
    office = OfficePage(title="Library", kind="agency", head=post)
    OfficeIndexPage.objects.descendant_of(nairobi.root_page).get().add_child(instance=office)
    holders = client.get(office.url, HTTP_HOST="nairobi.localhost").context["holders"]
    assert holders == [held]
