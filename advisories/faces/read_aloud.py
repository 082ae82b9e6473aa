"""An alert as phone staff read it aloud to callers: short sentences, numbers digit by digit."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from advisories.faces.lines import labeled
from advisories.models.issued import Issued
from embassy.clock import clocks


def read_aloud(row: Issued, zone: str) -> list[str]:
    """Give the sentences in the order they are read, times on its clock or else that of `zone`."""
    content, zone = row.content, row.zone_or(zone)
    with override(row.language):
        lines = [_("This is an exercise.")] if row.is_drill else []
        lines += [f"{row.issue.get_act_display()}."] if row.issue.ends_it else []
        lines += [f"{labeled(content['kind']['name'], content['title'])}.", content.get("note", "")]
        for block in content["blocks"] if not row.issue.ends_it else []:
            lines += [f"{block['heading']}."]
            lines += [line.lstrip("-• ").strip() for line in block["text"].splitlines()]
        for contact in content["contacts"]:
            if contact["is_phone"] and contact["display"]:
                lines.append(f"{labeled(contact['label'], digit_by_digit(contact['display']))}.")
        if row.expires and not row.issue.ends_it:
            time = clocks.in_words(row.expires, zone)
            lines.append(_("This holds until %(time)s unless we say otherwise.") % {"time": time})
        if row.issue.code and not row.is_drill:
            lines.append(
                _("Verification code: %(code)s") % {"code": " ".join(row.issue.code)} + "."
            )
    return [line for line in lines if line]


def digit_by_digit(number: str) -> str:
    """Write a number so that it is read digit by digit, a pause between its groups."""
    groups = [" ".join(group) for group in number.replace("+", "").split()]
    return ", ".join(groups)
