"""What warnings use beside pages: the documents that an issued one leads to, for good."""

from collections.abc import Iterator

from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.models import Revision, Site

from advisories.models import Clearance, Issued
from embassy.in_use import waiting_words
from embassy.models import MissionDocument
from embassy.privacy import File, public_use


@public_use
def is_in_an_issue(file: File, site: Site) -> bool:
    """Whether an issue of a warning, drills apart, leads to a document; each keeps its address."""
    if not isinstance(file, MissionDocument):
        return False
    rows = Issued.objects.for_site(site).filter(is_drill=False)
    return rows.annotate(text=Cast("content", TextField())).filter(text__contains=file.url).exists()


@waiting_words
def of_warnings(site: Site) -> Iterator[Revision]:
    """Give the words of warnings that wait for an approver."""
    for clearance in Clearance.objects.filter(site=site).awaiting():
        yield clearance.page.latest_revision
