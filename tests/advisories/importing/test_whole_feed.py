"""The feed as a whole: what is refused whatever good items it has, and bytes that are no feed."""

from datetime import date

import pytest

from advisories.importing.judgment import Known, check_whole, judge
from advisories.importing.reader import Entry, read_feed
from advisories.importing.reasons import FeedRefused
from tests.advisories.importing.feeds import COUNTRIES, as_json, entry, rss, world
from tests.advisories.importing.judging import AT, held

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
