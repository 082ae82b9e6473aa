"""What counts as the same text: capitals, spaces and the look of marks change nothing, words do."""

import pytest

from advisories.changes import changes_between, same_words
from advisories.sameness import paragraphs, plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Armed Conflict", "ARMED  conflict"),
        ("The embassy’s “list”", 'The embassy\'s "list"'),
        ("9–10 km – no more…", "9-10 km — no more..."),
        ("Niveau 4\u00a0: «\u00a0danger\u00a0»", 'Niveau 4: "danger"'),
        ("80\u202f% of it", "80% of it"),
        ("co\u00adoperate\u200b", "cooperate"),
        ("E\u0301lan", "Élan"),
        ("Read this .", "Read this."),
    ],
)
def test_what_only_looks_different_is_the_same(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Within 10 km", "Within 100 km"),
        ("10² m", "102 m"),
        ("Do not travel", "Do travel"),
        ("−5 degrees", "5 degrees"),
        ("from 1 .5", "from 1.5"),
        ("a part", "apart"),
        ("Segou", "Ségou"),
        ("Stop.", "Stop?"),
    ],
)
def test_a_digit_a_word_a_mark_is_substance(one, other):
    assert plain(one) != plain(other)


def test_each_word_of_nested_lists_and_marked_words_is_read_once():
    html = "<p>Do <b>not</b>, ever.<br/>Stay.</p><ul><li>a<ul><li>b</li></ul>c</li></ul>d"
    assert paragraphs(html) == ["Do not, ever. Stay.", "a c", "b", "d"]


def content(*advice, level=4, summary=""):
    parts = [{"heading": heading, "html": html} for heading, html in advice]
    return {"level": level, "indicators": [], "areas": [], "summary": summary, "advice": parts}


def test_headings_that_differ_in_capitals_are_no_difference():
    before = content(("Armed conflict", "<p>Stay away.</p>"), ("Air travel", "<p>Ask.</p>"))
    after = content(("ARMED  Conflict", "<p>stay away.</p>"), ("AIR TRAVEL", "<p>Ask them.</p>"))
    found = changes_between(before, after, "en")
    assert found["sections"] == [
        {"heading": "AIR TRAVEL", "removed": ["Ask."], "added": ["Ask them."]}
    ]
    assert found["sentence"] == "Sections with new words: AIR TRAVEL."


def test_what_changed_below_such_a_heading_is_told_as_it_is_written_now():
    before = content(("Armed conflict", "<p>Stay away.</p><p>10 dead.</p>"))
    after = content(("Armed Conflict", "<p>STAY AWAY.</p><p>11 dead.</p>"))
    [section] = changes_between(before, after, "en")["sections"]
    assert section == {
        "heading": "Armed Conflict", "removed": ["10 dead."], "added": ["11 dead."],
    }  # fmt: skip


LINKED = '<p>See <a href="https://a.example.gov/">this</a>.</p>'


@pytest.mark.parametrize(
    ("after", "same"),
    [
        (content(("CRIME", LINKED), summary="<p>Do  NOT go</p>"), True),
        (content(("Crime", f"<p><b>S</b>{LINKED[4:]}"), summary="<ul><li>Do not go</ul>"), True),
        (content(("Crime", LINKED), summary="<p>Do not go</p>", level=3), False),
        (content(("Crime", LINKED.replace("a.ex", "b.ex")), summary="<p>Do not go</p>"), False),
        (content(("Crime", LINKED), summary="<p>Do go</p>"), False),
        (content(("Crimes", LINKED), summary="<p>Do not go</p>"), False),
        (content(("Crime", LINKED), ("Health", ""), summary="<p>Do not go</p>"), False),
    ],
)
def test_two_contents_say_the_same_or_not(after, same):
    assert same_words(content(("Crime", LINKED), summary="<p>Do not go</p>"), after) is same
