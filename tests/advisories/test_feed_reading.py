"""The Department's feed as it is read and judged: what is refused and why, and which words stay."""

import re
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup

from advisories.importing.judgment import Doubt, Known, check_whole, judge, read_day, read_title
from advisories.importing.markup import Unclear, public_address
from advisories.importing.names import ALSO_CALLED, code_of, key_of
from advisories.importing.reader import Entry, read_feed
from advisories.importing.reasons import FeedRefused
from advisories.importing.words import words_of
from embassy.countries import COUNTRIES as KNOWN_COUNTRIES
from tests.advisories.feeds import BODY, COUNTRIES, as_json, entry, rss, world

AT = datetime(2026, 6, 9, 12, tzinfo=UTC)
HERE = "https://travel.example.gov/mali.html"


def judged(*entries: dict, known=None):
    """Judge items as they come out of a feed."""
    return judge(read_feed(rss(*entries)), known or {}, AT)


def reasons(*entries: dict, known=None) -> list[str]:
    """Give why items are refused."""
    return [refusal.reason for refusal in judged(*entries, known=known).refusals]


def held(**levels: int) -> dict[str, Known]:
    """Give what is held of the forty countries: level 2, or what is said."""
    day = date(2026, 6, 8)
    return {key_of(c): Known(c, levels.get(c, 2), day, True) for c in COUNTRIES}


# Single items


def test_an_item_is_read_whole():
    [item] = judged(entry("Mali", 4)).items
    assert (item.key, item.code, item.name, item.level) == ("ML", "ML", "Mali", 4)
    assert item.published_on == date(2026, 6, 8)
    assert item.link == HERE
    assert item.other_level == ""


@pytest.mark.parametrize(
    "title",
    [
        "Mali",
        "Mali - Do Not Travel",
        "Mali – Level 4: Do Not Travel",
        "Mali- Level 4: Do Not Travel",
        "Mali - Level 4 Do Not Travel",
        "Mali - Level 4 : Do Not Travel",
        "Mali - Level4: Do Not Travel",
        "Mali - level 4: Do Not Travel",
        "Mali - Level IV: Do Not Travel",
        "- Level 4: Do Not Travel",
        "... - Level 4: Do Not Travel",
        "Worldwide Caution",
        "Ma\u202eli - Level 4: Do Not Travel",
        "Mali\u00a0- Level 4: Do Not Travel",
        "Mali - Level ٤: Do Not Travel",
        f"{'M' * 190} - Level 4: Do Not Travel",
        "",
    ],
)
def test_a_title_that_is_not_exactly_one_is_refused(title):
    assert reasons(entry(title=title), entry("Chad")) == ["title"]


@pytest.mark.parametrize(
    "title",
    [
        "Mali - Level 3: Do Not Travel",
        "Mali - Level 4: Do not travel",
        "Mali - Level 4: Do Not Travel!",
        "Mali - Level 4:  Do Not Travel",
        "Mali - Level 0: Do Not Travel",
        "Mali - Level 5: Do Not Travel",
        "Mali - Level 44: Do Not Travel",
        "Mali - Level 04: Exercise Caution",
    ],
)
def test_a_level_whose_number_and_name_disagree_is_refused(title):
    assert reasons(entry(title=title), entry("Chad")) == ["level"]


def test_a_country_may_have_hyphens_and_a_blank_too_many():
    assert read_title("Guinea-Bissau - Level 3: Reconsider Travel") == ("Guinea-Bissau", 3)
    assert read_title("Kenya  - Level 2: Exercise Increased Caution") == ("Kenya", 2)


@pytest.mark.parametrize(
    "body",
    ["", " ", "<p></p>", "<p>&nbsp;</p>", "<p> \n<br /></p><ul><li></li></ul>", "<!-- x -->"],
)
def test_an_empty_body_is_refused(body):
    assert reasons(entry(body=body), entry("Chad")) == ["empty"]


def test_one_country_twice_is_refused_unless_it_is_the_same_word_for_word():
    found = judged(entry("Mali"), entry("Mali"), entry("Chad"))
    assert [item.name for item in found.items] == ["Mali", "Chad"]
    assert (found.repeated, found.refusals) == (1, [])
    for other in (
        entry("Mali", 3),
        entry("Mali", published="Tue, 09 Jun 2026"),
        entry("Mali", more="Really."),
        entry("Mali", body=""),
    ):
        found = judged(entry("Mali"), other, entry("Chad"))
        assert [item.name for item in found.items] == ["Chad"]
        assert [refusal.reason for refusal in found.refusals] == ["duplicate", "duplicate"]


def test_one_country_under_two_names_is_a_duplicate():
    assert reasons(entry("Burma"), entry("Myanmar (Burma)"), entry("Chad")) == ["duplicate"] * 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Fri, 09 Jan 2026", date(2026, 1, 9)),
        ("09 Jan 2026", date(2026, 1, 9)),
        ("Fri, 09 Jan 2026 00:00:00 GMT", date(2026, 1, 9)),
        ("Fri, 09 Jan 2026 00:00:00 -0500", date(2026, 1, 9)),
        ("2026-01-09T00:00:00-05:00", date(2026, 1, 9)),
        ("2026-01-08T19:00:00-05:00", date(2026, 1, 9)),
        ("2026-01-09", date(2026, 1, 9)),
    ],
)
def test_days_are_read_as_they_are_written(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "Fri, 32 Jan 2026", "9 January", "2026-13-01", "01/09/2026"),
        *("0001-01-01T00:00:00+14:00", "Fri, 09 Jan 1926", "9" * 50),
    ],
)
def test_days_that_cannot_be_read_are_refused(text):
    with pytest.raises(Doubt, match="date"):
        read_day(text)


def test_an_item_of_tomorrow_is_in_time_and_one_of_the_day_after_is_not():
    assert reasons(entry(published="Wed, 10 Jun 2026")) == []
    assert reasons(entry(published="Thu, 11 Jun 2026"), entry("Chad")) == ["future"]


def test_an_item_older_than_the_copy_is_refused_and_one_of_the_same_day_is_not():
    known = {"ML": Known("Mali", 4, date(2026, 6, 8), True)}
    assert reasons(entry(published="Sun, 07 Jun 2026"), entry("Chad"), known=known) == ["older"]
    assert reasons(entry(published="Mon, 08 Jun 2026"), entry("Chad"), known=known) == []


def test_a_text_of_five_megabytes_is_refused_and_one_at_the_limit_is_not(settings):
    long = "<p>" + "a" * 5_000_000 + "</p>"
    assert reasons(entry(body=long), entry("Chad")) == ["long"]
    limit = settings.ADVISORY_FEED["characters"]
    body = "<p>" + "a" * (limit - 7) + "</p>"
    assert len(body) == limit and reasons(entry(body=body)) == []
    assert reasons(entry(body=body + "b"), entry("Chad")) == ["long"]


def test_every_reason_is_a_sentence():
    for entries in (
        (entry(title="x"), entry(body=""), entry("Chad", published="x")),
        (entry("Chad", body="a" * 300_000), entry(body="<svg>x")),
    ):
        for refusal in judged(*entries).refusals:
            assert re.fullmatch(r"[A-Z].+\.", refusal.sentence), refusal


@pytest.mark.parametrize(
    ("country", "level", "body", "found"),
    [
        (
            *("Guinea", 2, "<p>Reconsider travel</p><p>to <b>Guinea-Bissau</b>.</p>"),
            "Reconsider Travel",
        ),
        (
            *("Rwanda", 3, "<p>Exercise increased caution in **Rwanda **.</p>"),
            "Exercise Increased Caution",
        ),
        ("Mali", 4, "<p>Do not travel to Mali.</p>", ""),
        ("Chad", 2, "<p>Caution.</p><p><b>Areas</b></p><p>Do not travel to Chad’s north.</p>", ""),
        ("Niger", 2, "<p>Caution.</p><ul><li>Do not travel to: Niger delta</li></ul>", ""),
    ],
)
def test_a_text_that_gives_another_level_than_its_title_is_pointed_out(country, level, body, found):
    [item] = judged(entry(country, level, body=body)).items
    assert item.level == level
    assert item.other_level == found


# The feed as a whole


def refused(entries: list[dict], known=None, **how) -> str:
    """Give why a feed is refused as a whole; nothing when it is taken."""
    try:
        check_whole(judge(read_feed(rss(*entries)), known or {}, AT), known or {}, **how)
    except FeedRefused as error:
        assert "%" not in str(error)
        return error.reason
    return ""


def some(count: int, **parts) -> dict[str, dict]:
    """Say that the first countries are different."""
    return dict.fromkeys(COUNTRIES[:count], parts)


def test_a_feed_of_empty_bodies_is_refused():
    assert refused(world(**some(40, body=""))) == "blank"
    assert refused(world(**some(39, body="")), held()) == "blank"


def test_a_tenth_of_empty_bodies_is_borne_and_one_more_is_not():
    assert refused(world(**some(4, body=""))) == ""
    assert refused(world(**some(5, body=""))) == "blank"


def test_a_tenth_of_faulty_items_is_borne_and_one_more_is_not():
    assert refused(world(**some(4, title="x"))) == ""
    assert refused(world(**some(5, title="x"))) == "faulty"
    mixed = some(5, title="x") | some(3, body="")
    assert refused(world(**mixed)) == "faulty"


def test_a_tenth_of_changed_levels_is_borne_and_one_more_is_not():
    assert refused(world(**some(4, level=3)), held()) == ""
    assert refused(world(**some(5, level=3)), held()) == "levels"
    assert refused(world(**some(40, level=3)), {}) == ""
    assert refused(world(**some(5, level=3)), held(), accept_change=True) == ""


def test_a_tenth_of_missing_countries_is_borne_and_one_more_is_not():
    assert refused(world()[4:], held()) == ""
    assert refused(world()[5:], held()) == "gone"
    assert refused(world()[5:], held(), accept_change=True) == ""


def test_a_country_that_was_missing_before_is_not_missed_again():
    known = {
        key: Known(one.name, one.level, one.published_on, one.name not in COUNTRIES[:5])
        for key, one in held().items()
    }
    assert refused(world()[5:], known) == ""
    assert refused(world()[8:], known) == ""
    assert refused(world()[9:], known) == "gone"


def test_a_refused_item_is_not_a_missing_country():
    assert refused(world(**some(3, body=""))[:-4], held()) == ""


def test_one_text_for_many_countries_is_refused():
    assert refused(world(**some(4, body="<p>Come back later.</p>"))) == ""
    assert refused(world(**some(5, body="<p>Come back later.</p>"))) == "same_text"


def test_no_fault_can_be_accepted():
    for feed in (some(5, body=""), some(5, title="x"), some(5, body="<p>Later.</p>")):
        assert refused(world(**feed), held(), accept_change=True)


def test_a_feed_of_one_country_may_change_and_one_without_a_good_item_is_refused():
    known = {"ML": Known("Mali", 4, date(2026, 1, 9), True)}
    assert refused([entry("Mali", 3)], known) == ""
    assert refused([entry("Chad")], known) == ""
    assert refused([entry(body="")], known) == "useless"


# The bytes


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"hello", "neither"),
        (b"<html><body><h1>Sorry</h1></body></html>", "neither"),
        (b"<!DOCTYPE html><html></html>", "entities"),
        (b"<rss><channel></channel></rss>", "no_items"),
        (rss(entry())[:-40], "malformed"),
        (rss(entry()) + b"<p>", "malformed"),
        (rss(entry()).replace(b"Do Not", b"D\xe9 Not"), "malformed"),
        (rss(entry()).replace(b"UTF-8", b"klingon"), "malformed"),
        (b'<?xml version="1.0" encoding="UTF-16"?><rss></rss>', "malformed"),
        (rss(entry()).replace(b"Mali", b"Ma\x00li"), "malformed"),
        (b"[]", "no_items"),
        (b'{"items": []}', "neither"),
        (b'[{"Title": "Mali', "malformed"),
        (b"[" * 100_000, "malformed"),
        (b'["\xff"]', "malformed"),
    ],
)
def test_bytes_that_are_no_feed_are_refused(raw, reason):
    with pytest.raises(FeedRefused) as error:
        read_feed(raw)
    assert error.value.reason == reason


def test_an_entity_bomb_and_a_file_of_the_server_are_refused_unread():
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    for declared in (f'<!ENTITY a0 "ha">{bomb}', '<!ENTITY a9 SYSTEM "file:///etc/passwd">'):
        item = "<item><title>&a9;</title></item>"
        raw = f"<!DOCTYPE rss [{declared}]><rss><channel>{item}</channel></rss>"
        with pytest.raises(FeedRefused) as error:
            read_feed(raw.encode())
        assert error.value.reason == "entities"


def test_a_feed_in_another_encoding_that_it_declares_is_read():
    raw = rss(entry("Curaçao", more="Élan vital")).decode()
    [found] = read_feed(raw.replace("UTF-8", "ISO-8859-1").encode("latin-1"))
    assert found.title.startswith("Curaçao") and "Élan" in found.body
    [found] = read_feed(b"\xef\xbb\xbf" + raw.encode())
    assert found.title.startswith("Curaçao")


def test_markup_that_is_not_escaped_and_parts_given_twice_are_no_text():
    raw = rss(entry(body="BODY")).replace(b"BODY", b"<p>Do not travel.</p>")
    assert read_feed(raw)[0].body == ""
    raw = rss(entry()).replace(b"<link>", b"<title>Mali - Level 1: x</title><link>")
    assert read_feed(raw)[0].title == ""


def test_json_says_the_same_as_rss():
    [of_rss] = judge(read_feed(rss(entry())), {}, AT).items
    [of_json] = judge(read_feed(as_json(entry())), {}, AT).items
    assert of_rss == of_json and of_rss.sha256 == of_json.sha256


def test_json_of_other_shapes_is_refused_item_by_item():
    raw = b'[null, 7, "x", {"Title": 4}, {"Title": "Mali - Level 4: Do Not Travel"}]'
    entries = read_feed(raw)
    assert entries[:4] == [Entry("", "", "", "")] * 4
    assert [r.reason for r in judge(entries, {}, AT).refusals] == ["title"] * 4 + ["empty"]


# Names


def test_countries_are_known_by_the_names_the_department_gives_them():
    for name, code in {
        "Mali": "ML",
        "Cote d Ivoire": "CI",
        "Curaçao": "CW",
        "The Bahamas": "BS",
        "The Kyrgyz Republic": "KG",
        "Antigua and Barbuda": "AG",
        "Saint Lucia": "LC",
        "Turkey": "TR",
        "Türkiye": "TR",
        "Niger": "NE",
        "Nigeria": "NG",
        "Guinea": "GN",
        "Guinea-Bissau": "GW",
        "Republic of the Congo": "CG",
        "Democratic Republic of the Congo": "CD",
        "South Korea": "KR",
        "French West Indies": "",
        "Mainland China, Hong Kong & Macau - See Summaries": "",
    }.items():
        assert code_of(name) == code, name
    assert set(ALSO_CALLED.values()) <= set(KNOWN_COUNTRIES)
    assert key_of("French West Indies") == "french west indies"


# Words


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
