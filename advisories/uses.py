"""What warnings use beside pages: the documents that an issued one leads to, for good.

Whoever changes a file that words under way lead to is one of the writers of those words.
"""

from collections.abc import Iterator

from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.log_actions import log
from wagtail.models import Revision, Site

from advisories.lifecycle import has_written
from advisories.models import Clearance, Issued
from embassy.files.file_writers import drafts
from embassy.files.in_use import names, waiting_words, written_words
from embassy.files.privacy import File, public_use
from embassy.models import MissionDocument, User
from embassy.models.workflow import FILE_CHANGED


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


@written_words
def of_drafts(file: File, site: Site, by: User) -> None:
    """Note who changes a file as a writer of the warnings being written that lead to it."""
    found = Clearance.objects.filter(site=site).being_written().select_related("page")
    keys = [one.pk for one in found if any(names(words, file) for words in drafts(one.page, file))]
    for one in Clearance.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        has_written(one.page, by)
        log(instance=one.page, action=FILE_CHANGED, user=by, data={"file": str(file)})
