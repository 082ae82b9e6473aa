"""What an end changes of what an alert says: it is named first, it is past, and it advises nothing.

Every face that programs read asks here, so that none calls for what another has called off.
"""

from django.utils.translation import override

from advisories.faces.lines import labeled
from advisories.models.issue import Issue
from advisories.models.issued import Issued
from advisories.vocabulary import Act, ResponseType, Urgency

ADVICE = ("actions", "assistance")


def codes_of(issue: Issue, row: Issued) -> dict[str, str]:
    """Give what an issue says in the codes of CAP, by the names they have there.

    Of what is over nothing is urgent, and the only thing it can ask for is to know so.
    """
    codes = dict(row.content["cap"])
    if issue.ends_it:
        is_clear = issue.act == Act.ALL_CLEAR
        codes["urgency"] = Urgency.PAST.value
        codes["responseType"] = (ResponseType.ALL_CLEAR if is_clear else ResponseType.NONE).value
    return codes


def act_name(issue: Issue, row: Issued) -> str:
    """Name what an issue did, in the language of a row."""
    with override(row.language):
        return str(issue.get_act_display())


def named_end(issue: Issue) -> str:
    """Give what stands before the headline of an end, in the active language; else nothing."""
    return labeled(str(issue.get_act_display()), "") if issue.ends_it else ""


def blocks_said(issue: Issue, row: Issued) -> list[dict]:
    """Give the blocks of an issue; what to do against a danger that is over is no advice."""
    blocks = row.content["blocks"]
    if not issue.ends_it:
        return blocks
    return [block for block in blocks if block["name"] not in ADVICE]
