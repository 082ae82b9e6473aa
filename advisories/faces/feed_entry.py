"""A warning as an entry of a feed: its headline, how it begins, where all of it stands."""

from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from advisories.addresses import cap_address, page_address
from advisories.faces.ends import act_name, blocks_said, named_end
from advisories.faces.lines import block_text, contact_line, labeled
from advisories.headlines import levels_named
from advisories.models import Issued
from advisories.models.issued import OPENING
from advisories.published import Published
from embassy.machines.feeds import Entry, Link
from embassy.machines.public_data import tag
from embassy.texts.sentences import on_one_line

CAP_TYPE = "application/cap+xml"


def alert_entry(one: Published, language: str, request: HttpRequest) -> Entry:
    """Give an alert in force, under a name that stays its own whatever is issued of it."""
    issue, row = one.issue, one.row_in(language)
    address = page_address(one.page, language)
    return Entry(
        id=tag(issue.site, f"alert/{issue.page_id}"),
        title=title_of(row),
        url=request.build_absolute_uri(address),
        summary=alert_summary(row),
        published=one.first_published,
        updated=max(issue.sent, row.effective),
        language=row.language,
        categories=(kind_of(row),),
        links=cap_links(one, request),
    )


def archived_entry(one: Published, language: str, request: HttpRequest) -> Entry:
    """Give one issue of an alert at its lasting address."""
    issue, row = one.issue, one.row_in(language)
    address = f"{page_address(one.page, language)}{issue.number}/"
    return Entry(
        id=tag(issue.site, f"alert/{issue.page_id}/{issue.number}"),
        title=title_of(row),
        url=request.build_absolute_uri(address),
        summary=alert_summary(row),
        published=row.effective if row.is_historic else issue.sent,
        updated=issue.sent,
        language=row.language,
        categories=(kind_of(row), act_of(one, row)),
        links=cap_links(one, request),
    )


def cap_entry(one: Published, language: str, request: HttpRequest) -> Entry:
    """Give a CAP message: the entry is named and dated as the message is."""
    issue, row = one.issue, one.row_in(language)
    return Entry(
        id=tag(issue.site, f"cap/{issue.identifier}"),
        title=title_of(row),
        url=request.build_absolute_uri(page_address(one.page, language)),
        summary="\n".join(filter(None, [row.content.get("note", ""), code_of(row)])),
        published=issue.sent,
        updated=issue.sent,
        language=row.language,
        categories=(kind_of(row), act_of(one, row)),
        links=cap_links(one, request, rel="alternate"),
    )


def advisory_entry(one: Published, name: str, language: str, request: HttpRequest) -> Entry:
    """Give one issue of a travel advisory at its dated address, whose last part is `name`."""
    issue, row = one.issue, one.row_in(language)
    content = row.content
    with override(row.language):
        level = _("Level %(level)s: %(level_name)s") % {
            "level": content["level"],
            "level_name": content["level_name"],
        }
    is_named = content["level"] in levels_named(row.title, row.language)
    address = f"{page_address(one.page, language)}{name}/"
    indicators = tuple((item["code"], item["name"]) for item in content["indicators"])
    return Entry(
        id=tag(issue.site, f"advisory/{issue.page_id}/{issue.number}"),
        title=row.title if is_named else f"{row.title} – {level}",
        url=request.build_absolute_uri(address),
        summary="\n".join([code_of(row), content["words"][0]]),
        published=issue.sent,
        updated=issue.sent,
        language=row.language,
        categories=((f"level-{content['level']}", level), act_of(one, row), *indicators),
    )


def title_of(row: Issued) -> str:
    """Give the headline of an alert, in its language; what ends it is named first."""
    with override(row.language):
        return named_end(row.issue) + row.title


def alert_summary(row: Issued) -> str:
    """Give what a reader must know who reads nothing else: what, where, whom to call, what to do.

    The entry is cut at its end, so what is longest comes last.
    """
    code = code_of(row)
    with override(row.language):
        where, calls = where_of(row), calls_of(row)
    note, actions = row.content.get("note", ""), block_text(blocks_said(row.issue, row), "actions")
    parts = [note, code, row.opening, where, calls, actions]
    return "\n".join(part for part in parts if part)


def code_of(row: Issued) -> str:
    """Give the verification code, in the row's language."""
    with override(row.language):
        return _("Verification code: %(code)s") % {"code": row.issue.code}


def where_of(row: Issued) -> str:
    """Give the location, in one line that leaves room for the rest."""
    blocks = {block["name"]: block for block in row.content["blocks"]}
    if "location" not in blocks:
        return ""
    text = on_one_line(blocks["location"]["text"])
    return labeled(blocks["location"]["heading"], Truncator(text).chars(OPENING))


def calls_of(row: Issued) -> str:
    """Give whom to call; of a message of the past nobody, for its numbers are those of its time."""
    phones = [contact for contact in row.content["contacts"] if contact["is_phone"]]
    if not phones or row.is_historic:
        return ""
    return labeled(_("Whom to call"), _("; ").join(map(contact_line, phones)))


def kind_of(row: Issued) -> tuple[str, str]:
    """Give the kind of alert as a category."""
    return row.content["kind"]["code"], row.content["kind"]["name"]


def act_of(one: Published, row: Issued) -> tuple[str, str]:
    """Give what an issue did as a category, in the words of the row's language."""
    return one.issue.act, act_name(one.issue, row)


def cap_links(one: Published, request: HttpRequest, rel: str = "related") -> tuple[Link, ...]:
    """Link to an issue's CAP message; messages of the past have none."""
    if not one.issue.cap:
        return ()
    address = cap_address(one.page, one.issue.number)
    return (Link(rel, request.build_absolute_uri(address), CAP_TYPE),)
