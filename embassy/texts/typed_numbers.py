"""Phone numbers that somebody typed into a text, told from dates, counts, sums, years and hours.

What looks like a number to call is international (+223 20 70 23 00) or has eight digits or more in
groups. Fewer digits, or digits in one piece, are taken for one only when they are known.
"""

import re
from collections.abc import Iterable, Iterator

import phonenumbers

SPACES = " \u00a0\u202f"
JOINTS = SPACES + r".\-\u2010-\u2013"
FEWEST = 8
YEARS = range(1900, 2060)

INTERNATIONAL = re.compile(
    rf"(?<![\w+])(?<!\d[.,:/])(?:\(?\+|00[{SPACES}]?(?=[1-9]))"
    rf"\(?\d(?:[{JOINTS}()]{{0,2}}\d){{6,14}}(?!\d)"
)
GROUPED = re.compile(
    rf"(?<![\w+])(?<!\d[,:/])(?P<area>\(\d{{2,4}}\)[{JOINTS}]?)?"
    rf"\d{{1,4}}(?P<joint>[{JOINTS}])\d{{2,4}}(?:(?P=joint)\d{{2,4}})*(?!\d)"
)


def phone_numbers_in(text: str, known: Iterable[str] = ()) -> list[str]:
    """Give the phone numbers of a text as they are typed; `known` are numbers with country code."""
    found = sorted({*known_in(text, known), *international_in(text), *grouped_in(text)})
    numbers: list[str] = []
    end = 0
    for start in dict.fromkeys(span[0] for span in found):
        if start >= end:
            end = max(span[1] for span in found if span[0] == start)
            numbers.append(text[start:end])
    return numbers


def known_in(text: str, known: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Find known numbers however they are grouped, with their country code or without."""
    for number in known:
        try:
            parsed = phonenumbers.parse(number)
        except phonenumbers.NumberParseException:
            continue
        between = rf"[{JOINTS}()]{{0,2}}"
        code, digits = str(parsed.country_code), str(parsed.national_number)
        own = between.join(digits)
        abroad = rf"(?:\+|00{between})?\(?{code}{between}"
        pattern = rf"(?<!\d)(?:{abroad})?0?{own}(?!\d)"
        yield from (match.span() for match in re.finditer(pattern, text))


def international_in(text: str) -> Iterator[tuple[int, int]]:
    """Find numbers with a plus, or two zeros, before the country code."""
    for match in INTERNATIONAL.finditer(text):
        typed = match[0].lstrip("(")
        number = "+" + re.sub(r"^(\+|00)|\D", "", typed)
        is_increase = typed.startswith("00") or is_sum(groups_in(typed), " ")  # +1 000 000
        if not is_increase or is_possible(number):
            yield match.span()


def is_possible(number: str) -> bool:
    """Whether a country has numbers of this length."""
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False


def grouped_in(text: str) -> Iterator[tuple[int, int]]:
    """Find numbers written in groups that are no date, count, year or hour."""
    at = 0
    while match := GROUPED.search(text, at):
        groups = groups_in(match[0])
        if len("".join(groups)) < FEWEST:
            at = match.start() + len(groups[0])
            continue
        at = match.end()
        if match["area"] or not is_figure(groups, match["joint"]):
            yield match.span()


def groups_in(text: str) -> list[str]:
    """Give the groups of digits."""
    return re.findall(r"\d+", text)


def is_figure(groups: list[str], joint: str) -> bool:
    """Whether groups of digits are something else than a number to call."""
    if is_sum(groups, joint) or (is_year(groups[0]) and is_sum(groups[1:], joint)):
        return True
    if is_date(groups[:3]):
        return all(len(one) == 2 and int(one) < 60 for one in groups[3:])
    if any(len(one) != 4 for one in groups):
        return False
    return is_range(groups) or all(is_year(one) for one in groups)


def is_sum(groups: list[str], joint: str) -> bool:
    """Whether thousands stand in groups of three: 12 000 000, 1.234.567."""
    in_threes = len(groups) > 1 and {len(group) for group in groups[1:]} == {3}
    return in_threes and len(groups[0]) < 4 and joint in SPACES + "."


def is_date(groups: list[str]) -> bool:
    """Whether three groups are a day, a month and a year in any order that people use."""
    if len(groups) != 3 or not (is_year(groups[0]) or is_year(groups[2])):
        return False
    others = groups[1:] if is_year(groups[0]) else groups[:2]
    low, high = sorted(int(one) for one in others)
    return 1 <= low <= 12 and high <= 31


def is_range(groups: list[str]) -> bool:
    """Whether two groups of four are hours, a round range, or a year with a number of its acts."""
    if len(groups) != 2:
        return False
    first, second = (int(one) for one in groups)
    hours = all(one // 100 <= 24 and one % 100 < 60 and one % 5 == 0 for one in (first, second))
    round_range = first < second and first % 100 == second % 100 == 0
    return hours or round_range or (is_year(groups[0]) and groups[1].startswith("0"))


def is_year(group: str) -> bool:
    """Whether a group of digits is a year of our time."""
    return len(group) == 4 and int(group) in YEARS
