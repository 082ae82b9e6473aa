"""Makes the pages of the demo mission's offices."""

from functools import partial

from django.utils.text import slugify

from embassy.demo import fill_once, made, page_once, part_of_demo, quoting
from embassy.demo.sources import FACT_SHEET_PAGE, OFFICES_PAGE, listed
from embassy.demo.words import lines, prose
from sections.demo.directory import DIRECTORY, ECONOMIC
from sections.demo.office import Office
from sections.demo.officials import post_key
from sections.models import OfficeContact, OfficeDocument, OfficePage

INDEX = "sections-offices"

SUMMARY = "Who does what in the embassy, agency by agency, and how to reach each office."
INTRODUCTION = prose(
    "Several departments of the U.S. government work in this embassy on what connects Mali and the "
    "United States in politics, the economy and culture. How an embassy works in general is told "
    "in <i>Inside a U.S. Embassy</i>, which introduces readers to American diplomacy."
)


@part_of_demo(40, "offices")
def offices() -> int:
    """Make the tree of offices under their agencies."""
    made_now = fill_once(INDEX, words)
    return made_now + sum(make(office, INDEX) for office in DIRECTORY)


def words() -> dict:
    """Give what the list of offices says."""
    return {
        "summary": SUMMARY,
        "introduction": INTRODUCTION,
        "sources": listed(OFFICES_PAGE),
    }


def make(office: Office, parent: str) -> int:
    """Make an office and the ones below it; the parent is a path of slugs."""
    slug = office.slug or slugify(office.title)
    made_now = page_once(parent, OfficePage, slug, office.title, partial(fields_of, office))
    return made_now + sum(make(below, f"{parent}/{slug}") for below in office.below)


def fields_of(office: Office) -> dict:
    """Give what an office's page holds."""
    return {
        "kind": office.kind,
        "summary": office.summary,
        "also_known_as": office.also_known_as,
        "body": list(office.body),
        "services": lines("service", office.services),
        "ways_to_ask": lines("way", office.ways_to_ask),
        "collections": lines("collection", office.collections),
        "contact_rows": quoting(OfficeContact, *office.contacts),
        "document_rows": [OfficeDocument(sort_order=0, **row) for row in office.documents],
        "address": office.address,
        "takes_questions": bool(office.questions_to),
        "questions_to": office.questions_to,
        "head": made(post_key(office.head)) if office.head else None,
        "sources": sources_of(office),
    }


def sources_of(office: Office) -> list:
    """Give the sources of an office's page."""
    return listed(OFFICES_PAGE, FACT_SHEET_PAGE) if office is ECONOMIC else listed(OFFICES_PAGE)
