"""What changed from one issue of an advisory to the next: as data, and as a sentence."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import override

from advisories.sameness import paragraphs, plain, targets
from advisories.vocabulary import level_in_full

DATES = ("reviewed_on", "changed_on")
ABOUT_THE_ACT = ("act", "note", "changes", "time_zone", "sender")
"""What an issue adds to the words themselves; its moments are the same on any clock."""


def substance(content: dict) -> dict:
    """Give what an advisory or an alert says, without what the act of issuing says of itself."""
    ignored = (*ABOUT_THE_ACT, *DATES)
    return {name: value for name, value in content.items() if value and name not in ignored}


def changes_between(before: dict, after: dict, language: str) -> dict:
    """Give what changed between the contents of two issues in one language.

    `level` is [from, to] or None; `indicators_added` and `indicators_removed` are codes; `areas`
    names each area with its levels from and to; `sections` the paragraphs removed and added below
    each heading; `sentence` says it in the language.
    """
    with override(language):
        found = {
            "level": level_change(before, after),
            "indicators_added": codes_only_in(after, before),
            "indicators_removed": codes_only_in(before, after),
            "areas": area_changes(before, after),
            "sections": section_changes(before, after),
        }
        found["sentence"] = sentence(found, {**indicators(before), **indicators(after)})
    return found


def level_change(before: dict, after: dict) -> list[int] | None:
    """Give the levels from and to, or None when it stayed."""
    pair = [before["level"], after["level"]]
    return pair if pair[0] != pair[1] else None


def indicators(content: dict) -> dict[str, str]:
    """Give the names of risk indicators by their letters."""
    return {one["code"]: one["name"] for one in content.get("indicators", [])}


def codes_only_in(content: dict, other: dict) -> list[str]:
    """Give the letters of indicators that one content has and another has not."""
    there = indicators(other)
    return [code for code in indicators(content) if code not in there]


def area_changes(before: dict, after: dict) -> list[dict]:
    """Give each area whose level changed, with its levels; None where it had none of its own."""
    was = {area["code"]: area for area in before.get("areas", [])}
    now = {area["code"]: area for area in after.get("areas", [])}
    found = []
    for code in [*now, *(code for code in was if code not in now)]:
        pair = [area[code]["level"] if code in area else None for area in (was, now)]
        if pair[0] != pair[1]:
            name = (now.get(code) or was[code])["name"]
            found.append({"code": code, "name": name, "from": pair[0], "to": pair[1]})
    return found


@dataclass
class Section:
    """What an advisory says below one heading."""

    heading: str
    lines: list[str] = field(default_factory=list)

    @property
    def plain(self) -> list[str]:
        """Its lines as far as they have substance."""
        return [plain(line) for line in self.lines]


def sections_of(content: dict) -> dict[str, Section]:
    """Give the sections of an advisory by what their headings say, however they are written."""
    parts = [
        (_("Summary"), content.get("summary", "")),
        (_("Changes of the embassy’s posture"), content.get("posture", "")),
        (_("Rules for mission staff"), content.get("staff_rules", "")),
        *((advice["heading"], advice["html"]) for advice in content.get("advice", [])),
    ]
    found: dict[str, Section] = {}
    for heading, html in parts:
        section = found.setdefault(plain(heading), Section(heading))
        section.lines.extend(paragraphs(html))
    return found


def same_words(before: dict, after: dict) -> bool:
    """Whether two contents say the same in the same order, with links to the same addresses."""
    return substance_of_words(before) == substance_of_words(after)


def substance_of_words(content: dict) -> tuple:
    """Give what an advisory's level, words and links come to."""
    sections = [(key, section.plain) for key, section in sections_of(content).items()]
    texts = [content.get(name, "") for name in ("summary", "posture", "staff_rules")]
    texts += [advice["html"] for advice in content.get("advice", [])]
    return content["level"], sections, [targets(html) for html in texts]


def section_changes(before: dict, after: dict) -> list[dict]:
    """Give the paragraphs that were taken out of and put into each section, in their order."""
    was, now = sections_of(before), sections_of(after)
    found = []
    for key in [*now, *(key for key in was if key not in now)]:
        old, new = was.get(key, Section("")), now.get(key, Section(""))
        removed, added = [], []
        matcher = SequenceMatcher(None, old.plain, new.plain, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                removed += old.lines[a:b]
                added += new.lines[c:d]
        if removed or added:
            heading = new.heading or old.heading
            found.append({"heading": heading, "removed": removed, "added": added})
    return found


def sentence(changes: dict, names: dict[str, str]) -> str:
    """Say what changed in the active language, the gravest first."""
    said = [level_sentence(changes["level"])] if changes["level"] else []
    said += [area_sentence(area) for area in changes["areas"]]
    if changes["indicators_added"]:
        listed = listing([names[code] for code in changes["indicators_added"]])
        said.append(_("New risk indicators: %(names)s.") % {"names": listed})
    if changes["indicators_removed"]:
        listed = listing([names[code] for code in changes["indicators_removed"]])
        said.append(_("No longer among the risk indicators: %(names)s.") % {"names": listed})
    if changes["sections"]:
        listed = listing([section["heading"] for section in changes["sections"]])
        said.append(_("Sections with new words: %(headings)s.") % {"headings": listed})
    return " ".join(said)


def listing(names: list[str]) -> str:
    """Put names in a row as the language does."""
    return get_text_list(names, _("and"))


def level_sentence(pair: list[int]) -> str:
    """Say how the level of the country changed."""
    words = _("Raised from %(before)s to %(after)s.")
    if pair[1] < pair[0]:
        words = _("Lowered from %(before)s to %(after)s.")
    return words % {"before": level_in_full(pair[0]), "after": level_in_full(pair[1])}


def area_sentence(area: dict) -> str:
    """Say how the level of an area changed."""
    if area["to"] is None:
        return _("%(area)s now has the level of the whole country.") % {"area": area["name"]}
    if area["from"] is None:
        words = _("%(area)s has a level of its own: %(after)s.")
    elif area["to"] > area["from"]:
        words = _("%(area)s is raised from %(before)s to %(after)s.")
    else:
        words = _("%(area)s is lowered from %(before)s to %(after)s.")
    before = level_in_full(area["from"]) if area["from"] else ""
    return words % {"area": area["name"], "before": before, "after": level_in_full(area["to"])}
