"""A warning as the plain text of a mail: the same words as its page, and its address."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from advisories.faces.ends import blocks_said
from advisories.faces.lines import contact_line
from advisories.models.issued import Issued


def subject(row: Issued) -> str:
    """Give a mail's subject; what ends or drills says so first."""
    with override(row.language):
        words = [row.issue.get_status_display()] if row.is_drill else []
        if row.issue.act != "issue":
            words.append(str(row.issue.get_act_display()))
        return f"{_(':')} ".join([*words, row.title])


def mail_body(row: Issued, address: str) -> str:
    """Give a mail's text, paragraphs apart."""
    content = row.content
    with override(row.language):
        parts = [_("This is an exercise.")] if row.is_drill else []
        parts.append(content.get("note", ""))
        if row.issue.ends_it:
            parts.insert(0, f"{row.issue.get_act_display()}.")
        blocks = blocks_said(row.issue, row)
        parts += [f"{block['heading'].upper()}\n{block['text']}" for block in blocks]
        if content["contacts"]:
            lines = "\n".join(contact_line(contact) for contact in content["contacts"])
            parts.append(f"{_('Whom to call').upper()}\n{lines}")
        if address:
            parts.append(_("Read it with its present state: %(address)s") % {"address": address})
        if not row.is_drill:  # of drills no public page tells
            parts.append(_("Verification code: %(code)s") % {"code": row.issue.code})
    return "\n\n".join(part for part in parts if part)
