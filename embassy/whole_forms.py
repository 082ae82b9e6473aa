"""Forms that arrive with a part missing, as from a browser without scripts: refused in words."""

from collections.abc import Callable, Iterator
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

MISSING = _(
    "Part of the form was missing. Nothing was stored; what you typed is kept below. "
    "Turn JavaScript on, load the editor again in another window and copy your words there."
)


class WholeForm:
    """Mixin for Wagtail's forms: a field that cannot be read shows what was stored instead."""

    def is_valid(self) -> bool:
        """Refuse a form of which a part is missing, whatever else is wrong with it."""
        missing = self.is_bound and self.set_missing_aside()
        valid = super().is_valid()
        if missing:
            self.add_error(None, MISSING)
        return valid and not missing

    def set_missing_aside(self) -> bool:
        """Keep the stored value of what was not sent whole; say whether there was any."""
        whole = [rows for rows in self.formsets.values() if rows.management_form.is_valid()]
        forms = [self, *(form for rows in whole for form in rows.forms)]
        unread = [(form, name) for form in forms for name in unread_in(form)]
        for form, name in unread:
            stored = form.get_initial_for_field(form.fields[name], name)
            form.fields[name].widget.value_from_datadict = always(stored)
        return bool(unread) or len(whole) < len(self.formsets)


def always(stored: Any) -> Callable[..., Any]:
    """Give what a widget reads by when it is to read a stored value, whatever was sent."""
    return lambda _data, _files, _name: stored


def unread_in(form: BaseForm) -> Iterator[str]:
    """Give the names of the fields whose widgets cannot read what was sent."""
    for name, field in form.fields.items():
        try:
            field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        except (KeyError, ValueError):  # a missing key, or a count that is no number
            yield name
