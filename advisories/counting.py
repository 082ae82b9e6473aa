"""How long an alert's text message is while it is being written."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from advisories.addresses import reading_address
from advisories.faces.text_form import SIZES, TextForm, text_form
from advisories.issuing import last_number
from advisories.models import AlertKind, Issue, Issued
from advisories.models.issue import NO_CODE_YET
from advisories.vocabulary import Status
from embassy.mission.belonging import site_of

MOST_TEXTS = 20


def lengths(page, sent) -> list[dict]:
    """Give the length of the text message of an alert for each text in the editor's form."""
    total = sent.get("texts-TOTAL_FORMS", "")
    if not total.isdecimal() or int(total) > MOST_TEXTS:
        return []
    rows = [row_in(sent, number) for number in range(int(total))]
    site, number_to_come = site_of(page), last_number(page) + 1
    for row in rows:
        row.site, row.page, row.issue.number = site, page, number_to_come
    return [
        told(number, text_form(row, reading_address(row)))
        for number, row in enumerate(rows)
        if row.language
    ]


def row_in(sent, number: int) -> Issued:
    """Give an unsaved row with the words that one text of the form holds."""
    language = sent.get(f"texts-{number}-language", "")
    kind = sent.get("kind", "")
    found = AlertKind.objects.filter(pk=kind).first() if kind.isdecimal() else None
    with override(language or None):
        name = str(found.name) if found else ""
    actions = {"name": "actions", "text": sent.get(f"texts-{number}-actions", "")}
    title = sent.get(f"texts-{number}-title", "")
    content = {"kind": {"name": name}, "title": title, "blocks": [actions]}
    status = sent.get("status", Status.ACTUAL)
    known = status if status in Status.values else Status.TEST
    issue = Issue(status=known, code=NO_CODE_YET)
    return Issued(language=language, content=content, is_drill=issue.is_drill, issue=issue)


def told(number: int, form: TextForm) -> dict:
    """Say how long a text message is, and how much room is left in one and in three messages."""
    one, each = SIZES[form.alphabet]
    sentence = ngettext(
        "Text message: %(units)s units in %(alphabet)s, %(messages)s message.",
        "Text message: %(units)s units in %(alphabet)s, %(messages)s messages.",
        form.messages,
    ) % {"units": form.units, "alphabet": form.alphabet, "messages": form.messages}
    left = _("One message holds %(one)s, three hold %(three)s.") % {"one": one, "three": 3 * each}
    return {
        "number": number,
        "alphabet": form.alphabet,
        "units": form.units,
        "messages": form.messages,
        "too_long": form.messages > 3,
        "sentence": f"{sentence} {left}",
        "text": form.text,
    }
