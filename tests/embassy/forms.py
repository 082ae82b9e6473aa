"""The forms of a page, to be sent back with one id of another mission in a field.

All else is sent as the page shows it, so that a form is kept if nobody refuses that one id. Which
fields there are, the page says: a form made tomorrow is filled in tomorrow.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from lxml.html import FormElement, HtmlElement, fromstring

from tests.embassy.asked import FORM, Asked
from tests.embassy.neighbors import THEIRS

# Empty streams, for forms that read them though they do not show them; names that are new.
ADDED = {name: value for name, value in FORM.items() if name.endswith("-count")}
RENAMED = ("slug", "new_slug")
BOOKKEEPING = ("_FORMS", "-ORDER", "-DELETE", "csrfmiddlewaretoken", "next", "loaded_revision_id")
NEW_ROW = "-__prefix__-"


@dataclass(frozen=True)
class Form:
    """A form as a page shows it: where it goes, what it holds, which fields may take an id."""

    action: str
    values: dict[str, list[str]]
    fields: list[str]

    def as_shown(self) -> Asked:
        """Give the form as a browser sends it back."""
        kept = {name: values for name, values in self.values.items() if NEW_ROW not in name}
        renamed = {name: FORM[name] for name in RENAMED if name in kept}
        address, _mark, query = self.action.partition("?")
        return Asked(address, dict(parse_qsl(query)), ADDED | kept | renamed, is_whole=True)

    def with_their_id(self, name: str) -> Asked:
        """Give the form with one of their ids in a field, in a new row if it is a field of one."""
        shown = self.as_shown()
        rows, is_of_new_row, _field = name.partition(NEW_ROW)
        row = self.new_row(rows) if is_of_new_row else {}
        forged = {self.in_new_row(name): [str(THEIRS)]}
        return Asked(shown.address, shown.query, shown.form | row | forged, is_whole=True)

    def new_row(self, rows: str) -> dict[str, list[str]]:
        """Give one more row of several, as it is shown empty."""
        total = f"{rows}-TOTAL_FORMS"
        empty = {name: value for name, value in self.values.items() if f"{rows}{NEW_ROW}" in name}
        row = {self.in_new_row(name): value for name, value in empty.items()}
        return row | {total: [str(int(self.values[total][0]) + 1)]}

    def in_new_row(self, name: str) -> str:
        """Give the name that a field of an empty row has in the next row."""
        rows = name.partition(NEW_ROW)[0]
        number = self.values.get(f"{rows}-TOTAL_FORMS", [""])[0]
        return name.replace(NEW_ROW, f"-{number}-")


def forms_in(text: str, asked: Asked) -> Iterator[Form]:
    """Give the forms of an answer that change something and have a field for an id."""
    html = html_of(text)
    for form in fromstring(html).forms if "<form" in html else ():
        fields = [field.name for field in form.inputs if field.name and may_take_id(field)]
        if form.method == "POST" and fields:
            yield Form(form.action or asked.full_address(), values_of(form), sorted(set(fields)))


def html_of(text: str) -> str:
    """Give the page in an answer; what opens in a window is wrapped in JSON."""
    if not text.startswith("{"):
        return text
    return json.loads(text).get("html") or ""


def values_of(form: FormElement) -> dict[str, list[str]]:
    """Give what a form holds, by name."""
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    for stream in form.xpath(".//div[@data-block]"):  # drawn by a script, which would fill it in
        values[f"{stream.get('id')}-count"] = ["0"]
    return values


def may_take_id(field: HtmlElement) -> bool:
    """Whether a field may name a thing: a choice of numbers, or something hidden with a number."""
    if field.name.endswith(BOOKKEEPING):
        return False
    if field.tag == "select":
        return all(value.isdigit() for value in field.value_options if value)
    kind = field.get("type", "text")
    return kind in ("hidden", "checkbox", "radio") and (field.get("value") or "0").isdigit()
