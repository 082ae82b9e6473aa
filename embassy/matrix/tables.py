"""The tables of the matrix of rights, in lines of plain text."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from embassy.matrix import Deed, Takes
from embassy.matrix.trials import Holder, Trial

NO = "–"


def matrix_lines(tried: list[Trial]) -> Iterator[str]:
    """Give a row for each deed and a column for each account; other missions where it was let."""
    people = list(dict.fromkeys(trial.holder for trial in tried))
    deeds = list(dict.fromkeys(trial.deed for trial in tried))
    yield from legend(people)
    width = max(len(str(entry.title)) for entry in deeds)
    yield " ".join([" " * width, *(f"{number:>3}" for number in range(1, len(people) + 1))])
    for entry in deeds:
        cells = [cell(tried, entry, holder) for holder in people]
        yield " ".join([str(entry.title).ljust(width), *(words.rjust(3) for words in cells)])
    others = [trial for trial in tried if not trial.is_own]
    done = sum(trial.done for trial in others)
    yield ""
    yield _("In another mission: %(done)s of %(tries)s tries succeeded.") % {
        "done": done,
        "tries": len(others),
    }


def legend(people: list[Holder]) -> Iterator[str]:
    """Say which column is whose."""
    for number, holder in enumerate(people, 1):
        yield f"{number:>3}  {holder.name}"
    yield ""


def cell(tried: list[Trial], entry: Deed, holder: Holder) -> str:
    """Give what came of a deed; in capitals what was let in another mission."""
    found = [trial for trial in tried if trial.deed == entry and trial.holder == holder]
    if any(trial.done and not trial.is_own for trial in found):
        return _("ELSEWHERE")
    return _("yes") if any(trial.done for trial in found) else NO


def attack_lines(tried: list[Trial]) -> Iterator[str]:
    """Give, account by account, what the public reads differently after it acted."""
    for holder in dict.fromkeys(trial.holder for trial in tried):
        own = [trial for trial in tried if trial.holder == holder]
        seen = [trial.deed for trial in own if trial.is_seen]
        finished = [entry for entry in seen if entry.takes == Takes.TWO]
        alone = [entry for entry in seen if entry.takes != Takes.TWO]
        yield holder.name
        yield from listed(_("by itself"), alone)
        yield from listed(_("with what a colleague wrote or asked for"), finished)
        refused = sum(not trial.done for trial in own)
        unseen = len(own) - len(seen) - refused
        yield "    " + _("%(refused)s refused, %(unseen)s that no reader sees") % {
            "refused": refused,
            "unseen": unseen,
        }


def listed(heading: str, deeds: list[Deed]) -> Iterator[str]:
    """Give a heading with what stands under it, or with a dash."""
    yield f"    {heading}" if deeds else f"    {heading} {NO}"
    for entry in deeds:
        yield f"      - {entry.title}"
