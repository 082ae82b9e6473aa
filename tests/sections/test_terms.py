"""A term without a date and without a source is refused, and never shown with empty brackets."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from wagtail.admin.panels import get_edit_handler
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from embassy.demo import under
from embassy.fields import Texts
from embassy.models import User
from sections.models import Post, Term
from sections.models.posts import Vacancy
from sections.templatetags.sections_tags import term_text

pytestmark = pytest.mark.django_db

DAY = date(2015, 10, 15)
NIGHT = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # already the 23rd in Nairobi


@pytest.mark.parametrize("model", [Term, Vacancy])
@pytest.mark.parametrize("fields", [{}, {"still": True}])
def test_what_nothing_vouches_for_is_refused_at_the_source(model, fields):
    with pytest.raises(ValidationError) as refused:
        model(**fields).clean()
    assert refused.value.message_dict == {
        "source": ["Give a date, or name the source that says so."]
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"begins": DAY},
        {"ends": DAY},
        {"source": Texts(en="A page")},
        {"begins": DAY, "still": True},
    ],
)
def test_a_date_or_a_source_is_enough(fields):
    Term(**fields).clean()


@pytest.fixture
def night(monkeypatch) -> datetime:
    """The hour before midnight in Bamako, after it in Nairobi."""
    monkeypatch.setattr("embassy.models.verification.timezone.now", lambda: NIGHT)
    return NIGHT


@pytest.mark.parametrize("model", [Term, Vacancy])
@pytest.mark.parametrize(
    ("fields", "name", "sentence"),
    [
        ({"seen_on": 1}, "seen_on", "Choose today or an earlier day."),
        ({"seen_on": -10, "begins": -9}, "seen_on", "Choose a day on or after the start."),
        ({"seen_on": -10, "ends": -10}, "seen_on", "Choose a day before the end."),
        ({"begins": 1, "still": True}, "still", "Untick this: it begins on a day to come."),
    ],
)
def test_days_out_of_reach_are_refused_and_the_days_beside_them_taken(
    site, night, model, fields, name, sentence
):
    post = Post.objects.for_site(site).first()
    span = model(post=post, source=Texts(en="A page"))
    for field, days in fields.items():
        value = days if days is True else night.date() + timedelta(days=days)
        setattr(span, field, value)
    with pytest.raises(ValidationError) as refused:
        span.clean()
    assert refused.value.message_dict == {name: [sentence]}
    moved = name if name == "seen_on" else "begins"
    step = 1 if "begins" in fields and moved == "seen_on" else -1
    setattr(span, moved, getattr(span, moved) + timedelta(days=step))
    span.clean()


def test_an_appointment_to_come_does_not_go_on_yet(night):
    Term(begins=date(2027, 1, 1)).clean()


def test_today_is_the_day_of_the_post_s_mission(nairobi, site, night):
    tomorrow = night.date() + timedelta(days=1)
    for where, taken in ((nairobi, True), (site, False)):
        post = Post.objects.create(site=where, title=Texts(en="Librarian"))
        vacancy = Vacancy(post=post, seen_on=tomorrow, source=Texts(en="A page"))
        if taken:
            vacancy.clean()
            continue
        with pytest.raises(ValidationError):
            vacancy.clean()


@pytest.mark.parametrize(("mission", "good"), [("nairobi", True), ("site", False)])
def test_a_new_post_s_vacancy_is_read_on_the_clock_of_its_mission(request, night, mission, good):
    where = request.getfixturevalue(mission)
    row = {"seen_on": "2026-11-23", "source_en": "A page", "begins": "", "ends": ""}
    sent = {"site": where.pk, "title_en": "Librarian", "title_fr": "", "sort_order": 1}
    sent = nested_form_data(sent | {"read": "", "vacancies": inline_formset([row])})
    chief = User.objects.create_superuser("superuser@bamako.example", "x")
    form = get_edit_handler(Post).get_form_class()(sent, instance=Post(), for_user=chief)
    assert form.is_valid() is good
    errors = [] if good else [{"seen_on": ["Choose today or an earlier day."]}]
    assert [row for row in form.formsets["vacancies"].errors if row] == errors
    assert not form.errors


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "named without a date"),
        ({"source": Texts(en="A page")}, "named without a date (A page)"),
        ({"seen_on": DAY}, "in post on October 15, 2015"),
        ({"seen_on": DAY, "source": Texts(en="A page")}, "in post on October 15, 2015 (A page)"),
    ],
)
def test_brackets_are_never_empty(fields, words):
    assert term_text(Term(**fields)) == words


def test_the_editor_refuses_it_at_its_field(editor_client, site):
    post = Post.objects.for_site(site).first()
    rows = [{"post": post.pk, "begins": "", "ends": "", "seen_on": "", "source": ""}]
    form = nested_form_data(
        {
            "title": "Jane Doe",
            "slug": "jane-doe",
            "terms": inline_formset(rows),
            "sources-count": "0",
            "rank": "",
            "biography": "null",
            "comments": inline_formset([]),
        }
    )
    address = f"/admin/pages/add/sections/officialpage/{under('officials').pk}/"
    answer = editor_client.post(
        address, {**form, "action-submit": "action-submit"}, HTTP_HOST="localhost"
    )
    assert answer.status_code == 200
    (row,) = answer.context["form"].formsets["terms"].errors
    assert row == {"source": ["Give a date, or name the source that says so."]}
