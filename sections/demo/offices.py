"""Makes the pages of the demo mission's offices."""

from embassy.demo import demo_site, fill_once, page_once, part_of_demo, quoting, under
from embassy.demo.sources import FACT_SHEET_PAGE, OFFICES_PAGE, listed
from embassy.demo.words import lines, prose
from sections.demo.directory import DIRECTORY, ECONOMIC
from sections.demo.office import Office
from sections.models import OfficeContact, OfficeDocument, OfficePage, Post

SUMMARY = "Who does what in the embassy, agency by agency, and how to reach each office."
INTRODUCTION = prose(
    "Several departments of the U.S. government work in this embassy on what connects Mali and the "
    "United States in politics, the economy and culture. How an embassy works in general is told "
    "in <i>Inside a U.S. Embassy</i>, a primer on American diplomacy."
)


@part_of_demo(40, "offices")
def offices() -> int:
    """Make the tree of offices under their agencies."""
    index = under("sections-offices")
    made = fill_once(
        index, summary=SUMMARY, introduction=INTRODUCTION, sources=listed(OFFICES_PAGE)
    )
    return made + sum(make(office, index) for office in DIRECTORY)


def make(office: Office, parent) -> int:
    """Make an office and the ones below it."""
    made = page_once(
        parent,
        OfficePage,
        office.slug,
        office.title,
        kind=office.kind,
        summary=office.summary,
        also_known_as=office.also_known_as,
        body=list(office.body),
        services=lines("service", office.services),
        ways_to_ask=lines("way", office.ways_to_ask),
        collections=lines("collection", office.collections),
        contact_rows=quoting(OfficeContact, *office.contacts),
        document_rows=[OfficeDocument(sort_order=0, **row) for row in office.documents],
        address=office.address,
        head=post(office.head) if office.head else None,
        sources=sources_of(office),
    )
    page = parent.get_children().get(title=office.title).specific
    return made + sum(make(below, page) for below in office.below)


def post(title: str) -> Post:
    """Give a post of the demo mission by its English title."""
    return Post.objects.for_site(demo_site()).get(title__en=title)


def sources_of(office: Office) -> list:
    """Give the sources of an office's page."""
    return listed(OFFICES_PAGE, FACT_SHEET_PAGE) if office is ECONOMIC else listed(OFFICES_PAGE)
