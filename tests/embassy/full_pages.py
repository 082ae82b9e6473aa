"""Pages with every field and every block filled, each block with as many links as are wanted."""

import io
import json

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Page, Site

from embassy.fields import Texts
from embassy.models import (
    ContactPoint,
    ContentPage,
    HomePage,
    MissionDocument,
    MissionImage,
    MissionSettings,
    Schedule,
)
from sections.models import OfficeIndexPage, OfficePage, OfficialIndexPage, OfficialPage, Post
from tests.french import in_french


class Targets:
    """What a full page leads to: a number of pages, documents, pictures and contact points."""

    def __init__(self, home: HomePage, site: Site, many: int) -> None:
        """Make the pages below a home page, everything else for its mission."""
        self.site = site
        kept = {"collection": MissionSettings.for_site(site).collection}
        self.pages = [below(home, ContentPage(title=f"Target {n}")) for n in range(many)]
        self.documents = [
            MissionDocument.objects.create(
                title=f"Form {n}", file=ContentFile(b"%PDF-1.4", f"form-{n}.pdf"), **kept
            )
            for n in range(many)
        ]
        self.images = [
            MissionImage.objects.create(title=f"River {n}", file=picture(n), **kept)
            for n in range(max(2, many // 10))
        ]
        self.contacts = [
            ContactPoint.objects.create(
                site=site, purpose="media", label=Texts(en=f"Desk {n}"), value="+223 2070 2300"
            )
            for n in range(many)
        ]


def picture(number: int) -> SimpleUploadedFile:
    """Give a small picture."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (number, 80, 30)).save(file, "PNG")
    return SimpleUploadedFile(f"river-{number}.png", file.getvalue(), "image/png")


def below(parent: Page, page: Page) -> Page:
    """Publish a page below another, in its language."""
    page.locale = parent.locale
    return Page.objects.get(pk=parent.pk).add_child(instance=page)


def french_home(home: HomePage) -> HomePage:
    """Give the French front door of the demo mission."""
    return in_french(home)


def prose(targets: Targets) -> str:
    """Give a text with a link to every page and every document, and one that leads away."""
    pages = [f'<a linktype="page" id="{page.pk}">there</a>' for page in targets.pages]
    files = [f'<a linktype="document" id="{file.pk}">file</a>' for file in targets.documents]
    away = '<a href="https://example.org/">away</a>'
    return f"<p>See {' '.join([*pages, *files, away])}.</p>"


def links(targets: Targets) -> list[dict]:
    """Give a link of every sort to everything."""
    return [
        *({"words": "", "page": page.pk} for page in targets.pages),
        *({"words": "", "document": file.pk} for file in targets.documents),
        {"words": "Away", "address": "https://example.org/"},
        {"words": "Named only"},
    ]


def body(targets: Targets) -> str:
    """Give a body with every block of the vocabulary, as it is stored."""
    text = prose(targets)
    pictures = [
        {"image": {"image": image.pk, "decorative": False, "alt_text": "A river"}, "caption": "It"}
        for image in targets.images
    ]
    blocks = [
        *(("heading", {"text": f"Part {n}", "level": "2"}) for n in range(3)),
        ("paragraph", text),
        ("paragraph", text),
        *(("notice", {"kind": kind, "title": "A", "text": text}) for kind in ("note", "warning")),
        ("faq", {"title": "F", "questions": [{"question": "Q?", "answer": text}] * 2}),
        ("links", {"title": "L", "links": links(targets)}),
        ("contacts", {"title": "C", "contacts": [one.pk for one in targets.contacts]}),
        ("figure", {"display": "7", "what": "days", "dated": "2020", "source": "A book"}),
        ("chart", CHART),
        ("timeline", {"title": "T", "events": [{"dated": "1960", "title": "Mali", "text": "M"}]}),
        *(("picture", value) for value in pictures),
        ("documents", {"title": "D", "documents": [one.pk for one in targets.documents]}),
        ("holidays", {"title": "H"}),
        ("address", {"title": "A"}),
        ("table", table(text)),
    ]
    return json.dumps([{"type": name, "value": value} for name, value in blocks])


CHART = {
    "title": "Answers",
    "unit": "%",
    "maximum": "100",
    "rows": [{"label": "Yes", "value": "60", "display": "60 %", "note": "n"}],
    "dated": "2012",
    "source": "A poll",
    "remark": "R",
}


def table(text: str) -> dict:
    """Give a table with a column of each kind."""
    columns = [{"type": "text", "heading": "For"}, {"type": "prose", "heading": "Say"}]
    return {"caption": "Fees", "columns": columns, "rows": [{"values": ["A visit", text]}]}


def sources() -> str:
    """Give two sources, one of them with an address."""
    value = {"title": "A book", "publisher": "P", "dated": "2015", "address": ""}
    rows = [value, {**value, "address": "https://example.org/"}]
    return json.dumps([{"type": "source", "value": row} for row in rows])


def content_page(home: HomePage, targets: Targets) -> ContentPage:
    """Publish a plain page with every field filled, and pages below it."""
    page = ContentPage(
        title="Everything", slug="everything", summary="S", body=body(targets), sources=sources()
    )
    below(home, page)
    for number in range(3):
        below(page, ContentPage(title=f"Part {number}", summary="P"))
    return ContentPage.objects.get(pk=page.pk)


def office_page(home: HomePage, targets: Targets) -> OfficePage:
    """Publish an office with every field filled, whose head is known, and offices below it."""
    index = OfficeIndexPage.objects.child_of(home).first()
    index = index or below(home, OfficeIndexPage(title="Offices", slug="offices"))
    page = OfficePage(
        title="Everything",
        slug="everything",
        summary="S",
        kind="agency",
        also_known_as="All",
        body=body(targets),
        sources=sources(),
        services=lines("service", len(targets.pages)),
        ways_to_ask=lines("way", len(targets.pages)),
        collections=lines("collection", len(targets.pages)),
        address="Rue 243\nBamako",
        schedule=Schedule.objects.for_site(targets.site).first(),
        head=post_held_today(home, targets.site),
    )
    below(index, page)
    fill(page, targets)
    for number in range(3):
        fill(below(page, OfficePage(title=f"Section {number}", kind="section")), targets)
    return OfficePage.objects.get(pk=page.pk)


def lines(kind: str, many: int) -> str:
    """Give lines of a StreamField that holds one kind of line."""
    return json.dumps([{"type": kind, "value": f"Line {n}"} for n in range(many)])


def fill(page: OfficePage, targets: Targets) -> None:
    """Give an office its contact points and its documents, one of them held elsewhere."""
    for contact in targets.contacts:
        page.contact_rows.create(contact=contact)
    for file in targets.documents:
        page.document_rows.create(title=file.title, document=file)
    page.document_rows.create(title="Elsewhere", stated_type="PDF", stated_size="115 KB")


def post_held_today(home: HomePage, site: Site) -> Post:
    """Make a post with an official who is known to hold it today."""
    post = Post.objects.create(site=site, title=Texts(en="Director"))
    index = OfficialIndexPage.objects.child_of(home).first()
    index = index or below(home, OfficialIndexPage(title="Officials", slug="officials"))
    official = below(index, OfficialPage(title="Ada Example"))
    official.terms.create(post=post, begins="2020-01-01", still=True)
    return post
