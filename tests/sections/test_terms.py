"""A term without a date and without a source is refused, and never shown with empty brackets."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from embassy.demo import under
from sections.models import Post, Term
from sections.models.posts import Vacancy
from sections.templatetags.sections_tags import term_text

pytestmark = pytest.mark.django_db

DAY = date(2015, 10, 15)


@pytest.mark.parametrize("model", [Term, Vacancy])
@pytest.mark.parametrize("fields", [{}, {"still": True}])
def test_what_nothing_vouches_for_is_refused_at_the_source(model, fields):
    with pytest.raises(ValidationError) as refused:
        model(**fields).clean()
    assert refused.value.message_dict == {
        "source": ["Give a date, or name the source that says so."]
    }


@pytest.mark.parametrize(
    "fields", [{"begins": DAY}, {"ends": DAY}, {"source": "A page"}, {"begins": DAY, "still": True}]
)
def test_a_date_or_a_source_is_enough(fields):
    Term(**fields).clean()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "named without a date"),
        ({"source": "A page"}, "named without a date (A page)"),
        ({"seen_on": DAY}, "in post on October 15, 2015"),
        ({"seen_on": DAY, "source": "A page"}, "in post on October 15, 2015 (A page)"),
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
