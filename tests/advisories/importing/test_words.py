"""The words of an item: split at its headings, every one kept, nothing else let through."""

import re

import pytest
from bs4 import BeautifulSoup

from advisories.importing.markup import Unclear, public_address
from advisories.importing.words import words_of
from tests.advisories.importing.feeds import BODY, entry
from tests.advisories.importing.judging import HERE, reasons


def words(html: str) -> tuple[str, list]:
    """Split an item's HTML."""
    found = words_of(html, HERE)
    return found.summary, found.advice


def test_a_text_is_split_at_its_headings():
    summary, advice = words(BODY.format(country="Mali", more="Beware."))
    assert summary == (
        "<p><b><i>There was no change to the level.</i></b></p>"
        "<p><b>Take care</b> in Mali due to <b>crime</b>.</p>"
    )
    assert advice == [
        (
            "Crime",
            "<p>Crime is common. Beware.</p><ul><li>Stay at home.</li><li>Do not go out.</li></ul>",
        ),
        (
            "If you decide to travel to Mali",
            '<ul><li>Enroll in <a href="https://step.example.gov/">STEP</a>.</li></ul>',
        ),
    ]


@pytest.mark.parametrize(
    ("html", "headings"),
    [
        ("<h5>Crime</h5><p>x</p>", ["Crime"]),
        ("<h3><strong>Crime</strong></h3><p>x</p>", ["Crime"]),
        ("<p><strong>Crime</strong></p><p>x</p>", ["Crime"]),
        ("<p><strong>Crime</strong>  </p><p>x</p>", ["Crime"]),
        ("<p><strong>Crime</strong><br />x</p>", ["Crime"]),
        ("<p><strong>Crime<br />\n</strong><br />\nx</p>", ["Crime"]),
        ("<p><strong>U.S. government rules</strong></p><p>x</p>", ["U.S. government rules"]),
        (
            "<p>If you decide to travel to Mali:</p><ul><li>x</li></ul>",
            ["If you decide to travel to Mali"],
        ),
        ("<p><strong>Crime</strong> is common.</p><p>x</p>", []),
        ("<p><strong>Crime is common.</strong></p><p>x</p>", []),
        ("<p><strong>One thing. And another</strong></p><p>x</p>", []),
        ("<p><strong><em>Crime</em></strong></p><p>x</p>", []),
        ("<p><strong>Do not travel</strong></p><p>to Mali.</p>", []),
        ('<p><strong><a href="https://a.example.gov">Read on</a></strong></p><p>x</p>', []),
        ("<ul><li><strong>Crime</strong></li></ul><p>x</p>", []),
        (f"<p><strong>{'a' * 81}</strong></p><p>x</p>", []),
        (f"<h2>{'a' * 121}</h2><p>x</p>", []),
        ("<h2>:</h2><p>x</p>", []),
    ],
)
def test_headings_are_those_the_text_marks_as_such(html, headings):
    assert [heading for heading, _text in words("<p>Before.</p>" + html)[1]] == headings


def test_no_heading_is_without_a_text_and_no_summary_empty():
    first = "<p><strong>Level 2 - Caution</strong></p><p><strong>The north</strong></p><p>x</p>"
    assert words("<p>a</p>" + first)[1] == [
        ("Level 2 - Caution", "<p><b>The north</b></p><p>x</p>")
    ]
    assert words("<h2>Crime</h2><p>x</p>") == ("<p><b>Crime</b></p><p>x</p>", [])
    assert words("<p>a</p><h2>Crime</h2>") == ("<p>a</p><p><b>Crime</b></p>", [])
    last = "<p>a</p><h2>Crime</h2><p>x</p><h2>End</h2>"
    assert words(last)[1] == [("Crime", "<p>x</p><p><b>End</b></p>")]


def letters(html: str) -> str:
    """Give the letters of an HTML text in their order, without colons."""
    return re.sub(r"[\s:]+", "", BeautifulSoup(html, "html.parser").get_text())


@pytest.mark.parametrize(
    "html",
    [
        BODY,
        "<div>One<p>two</p>three<h2>four</h2>five</div>six",
        "<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul>d</li><li><p>e</p><p>f</p></li></ul>g",
        "<li>a</li><li>b</li></ul></p></div>c",
        "<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>",
        "<b>a<i>b</b>c</i><a href='https://x.example.gov'>d<a>e</a>f",
        "<p>a &amp; b &lt;script&gt; c &#8217; d &nbsp; e</p>",
        "<blockquote>a</blockquote><unknown>b</unknown><p>c<br/><br/>d",
        "<p>سفر نکنید</p><ul><li>لا تسافر</li></ul>",
        "<p>" * 20_000 + "deep" + "<ul>" * 20_000 + "<li>deeper",
    ],
)
def test_every_word_stays_in_its_place(html):
    summary, advice = words(html)
    told = letters(summary) + "".join(letters(h) + letters(text) for h, text in advice)
    assert told == letters(html.replace("<p>" * 20_000, "").replace("<ul>" * 20_000, ""))


def test_lists_within_lists_stay_so():
    html = "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul><ol><li>e</li></ol>"
    assert words(html)[0] == (
        "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul><ol><li>e</li></ol>"
    )


ALLOWED = {"p", "b", "i", "ul", "ol", "li", "a", "br"}


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick='alert(1)' style='color:red' class='x'>a</p>",
        "<p>a</p><script>alert('b')</script>",
        "<p>a<img src=x onerror=alert(1)></p>",
        "<p>a<iframe src='https://b.example.org'>b</iframe></p>",
        "<p>a</p><style>p { color: red }</style><svg><script>b</script></svg>",
        "<p>a</p><object data='b'><embed src='b'></object><form><input value='b'></form>",
        "<p><a href='javascript:alert(1)'>a</a></p>",
        "<p><a href=' java\nscript:alert(1)'>a</a></p>",
        "<p><a href='data:text/html,b'>a</a></p>",
        "<p><a href='&#106;avascript:alert(1)'>a</a></p>",
        "<p>a<!-- b --><![CDATA[]]></p>",
        "<p><a href='https://x.example.gov\" onclick=\"alert(1)'>a</a></p>",
        "<p>\u202ea\u202c\u2066</p>",
    ],
)
def test_nothing_but_the_house_s_rich_text_comes_through(html):
    summary, _advice = words(html)
    soup = BeautifulSoup(summary, "html.parser")
    assert {tag.name for tag in soup.find_all()} <= ALLOWED
    assert all(set(tag.attrs) <= {"href"} for tag in soup.find_all())
    assert all(re.match("https?://", tag["href"]) for tag in soup.find_all("a"))
    assert letters(summary) == "a"


def test_markup_that_swallows_the_rest_is_refused():
    for html in ("<p>a</p><script>b", "<p>a</p><textarea>b<p>c</p>", "<p>a</p><svg>b"):
        with pytest.raises(Unclear):
            words(html)
    assert reasons(entry(body="<p>a</p><style>b"), entry("Chad")) == ["markup"]


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://a.example.gov/b?c=1&s_cid=x#d", "https://a.example.gov/b?c=1#d"),
        ("https://a.example.gov/?utm_source=x&UTM_medium=y", "https://a.example.gov/"),
        ("https://a.example.gov/?q=a%20b&r", "https://a.example.gov/?q=a%20b&r"),
        ("/en/b.html", "https://travel.example.gov/en/b.html"),
        ("//a.example.gov/b", "https://a.example.gov/b"),
        ("mailto:help@example.gov?subject=x", "mailto:help@example.gov"),
        ("http://server.ca.state.sbu/content/x.html", ""),
        ("http://localhost/x", ""),
        ("http://192.168.0.1/x", ""),
        ("https://[::1]/x", ""),
        ("https://user:key@a.example.gov/", ""),
        ("https://a.example.gov:99999/", ""),
        ("ftp://a.example.gov/", ""),
        ("javascript:alert(1)", ""),
        ("mailto:not an address", ""),
        ("https://[", ""),
    ],
)
def test_links_lead_to_public_pages_and_count_nobody(href, kept):
    assert public_address(href, HERE) == kept
