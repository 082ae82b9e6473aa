"""What changed of a page is told line by line, and told apart without colors."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from embassy.models import ContentPage
from embassy.release import publishing
from embassy.release.compared import PlainComparison, marked
from embassy.release.differences import differences
from embassy.texts.sentences import in_lines
from tests.two_people import HOST

BLOCK = "6d1c5a0e-0000-4000-8000-000000000001"
BEFORE = "<p>We look after:</p><ul><li>personnel</li><li>communications</li></ul><p>Call us.</p>"
AFTER = BEFORE.replace("</li><li>c", "</li><li>passports</li><li>c").replace("Call", "Write to")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (BEFORE, "We look after:\npersonnel\ncommunications\nCall us."),
        ("<p>ACI 2000<br/>Bamako</p>\n<p>a\nb</p>", "ACI 2000\nBamako\na b"),
        ("", ""),
    ],
)
def test_rich_text_reads_in_lines(html, text):
    assert in_lines(html) == text


@pytest.fixture
def shown(home, staff):
    """Give what the approver reads of a changed page: its differences as markup."""
    page = ContentPage(title="Services", slug="services", locale=home.locale, summary="Looks after")
    page.body = [{"type": "paragraph", "value": BEFORE, "id": BLOCK}]
    home.add_child(instance=page)
    page.save_revision().publish()
    now = ContentPage.objects.get(pk=page.pk)
    now.summary = "Cares for"
    now.body = [
        {"type": "paragraph", "value": AFTER, "id": BLOCK},
        {"type": "paragraph", "value": "<p>One</p><p>Two</p>", "id": BLOCK.replace("1", "2")},
    ]
    now.save_revision(user=staff["section_editor"])
    publishing.submit(now, staff["section_editor"])
    browser = Client(HTTP_HOST=HOST)
    browser.force_login(staff["approver"])
    text = browser.get(f"/admin/publishing/{page.pk}/").content.decode()
    return BeautifulSoup(text, "html.parser").find(class_="desk__changes")


@pytest.mark.django_db
def test_only_what_is_another_is_marked_in_its_line(shown):
    body = shown.find(class_="comparison__child-object")
    for line in body.find_all("br"):
        line.replace_with("\n")
    lines = [line.split() for line in body.get_text().split("\n")]
    after = ["We", "look", "after:"], ["personnel"], ["passports"], ["communications"]
    assert lines == [*after, ["Call", "Write", "to", "us."]]
    assert "".join(one.get_text() for one in body.find_all("del")).split() == ["Call"]
    assert " ".join(one.get_text() for one in body.find_all("ins")).split() == [
        "passports",
        "Write",
        "to",
    ]


@pytest.mark.django_db
def test_what_is_new_is_told_in_a_word_and_in_lines(shown):
    block = shown.find_all(class_="comparison__child-object")[1]
    assert block.name == "ins" and block.strong.get_text() == "new"
    assert "One<br/>Two" in str(block)


@pytest.mark.django_db
def test_words_taken_out_and_put_in_stand_apart_without_colors(shown):
    assert [one.name for one in shown.dd.find_all(["del", "ins"])] == ["del", "ins"]
    assert shown.dd.get_text().strip() == "Looks after Cares for"
    assert not shown.find_all("span", class_=["addition", "deletion"])


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            '<span class="deletion">9</span><span class="addition">10</span>:00',
            '<del class="deletion">9</del> <ins class="addition">10</ins>:00',
        ),
        (
            '<div class="comparison__child-object deletion">&lt;b&gt;</div>',
            '<del class="comparison__child-object deletion">'
            '<strong class="comparison__word">taken out</strong>&lt;b&gt;</del>',
        ),
    ],
)
def test_each_color_has_its_element(html, text):
    assert marked(html) == text


def first_of_each_type() -> list[Page]:
    """Give a page of each type there is."""
    types = {page.content_type_id: page for page in Page.objects.filter(depth__gt=2).live()}
    return [page.specific for page in types.values()]


def told(change) -> list[str]:
    """Give all that a difference says, that of its rows too."""
    if change.is_field:
        return [str(change.htmldiff())]
    rows = change.get_child_comparisons()
    return [str(field.htmldiff()) for row in rows for field in row.get_field_comparisons()]


@pytest.mark.django_db
def test_of_a_page_that_was_never_public_nothing_empty_is_told(rf, staff):
    request = rf.get("/admin/")
    request.user = staff["public_affairs"]
    pages = first_of_each_type()
    assert len(pages) > 8
    for page in pages:
        page.live = False
        for change in differences(request, page, page):
            for html in told(change):
                parts = BeautifulSoup(marked(html), "html.parser").find_all(["ins", "del"])
                words = [part.get_text(strip=True) for part in parts]
                assert not {"", "None"} & set(words), (page.title, change.field_label(), html)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (None, date(2027, 1, 31), [("ins", "January 31, 2027")]),
        (date(2027, 1, 31), None, [("del", "January 31, 2027")]),
        (False, True, [("del", "no"), ("ins", "yes")]),
        (0, 1200, [("del", "0"), ("ins", "1200")]),
    ],
)
def test_days_numbers_and_choices_are_told_as_people_write_them(before, after, said):
    one = PlainComparison.__new__(PlainComparison)
    one.val_a, one.val_b = before, after
    found = BeautifulSoup(marked(one.htmldiff()), "html.parser").find_all(["ins", "del"])
    assert [(part.name, part.get_text()) for part in found] == said
