"""Who changes a picture or a document answers like a writer for pages under way that show it."""

from collections.abc import Iterator

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from wagtail.log_actions import log
from wagtail.models import Page, Revision, Site

from embassy.files.in_use import names, written_words
from embassy.files.privacy import File, pages_with
from embassy.mission.permissions import in_trees
from embassy.models import User
from embassy.models.workflow import FILE_CHANGED, PageWriter, approved_by


@written_words
def of_pages(file: File, site: Site, by: User) -> None:
    """Note who changes a file as a writer of the pages it is on, where readers do not see it."""
    keys = [page.pk for page in pages_under_way(file, site)]
    for page in Page.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        has_changed_file(page, by, file)


def pages_under_way(file: File, site: Site) -> Iterator[Page]:
    """Give the pages of a mission with words that are not public yet and name a file."""
    under_way = Page.objects.filter(in_trees([site])).filter(
        Q(live=False) | Q(has_unpublished_changes=True)
    )
    stored = set(pages_with(file, site).filter(live=False).values_list("pk", flat=True))
    for page in under_way:
        is_named = page.pk in stored or any(names(words, file) for words in drafts(page, file))
        if is_named and approved_by(page):
            yield page


def drafts(page: Page, file: File) -> Iterator[Revision]:
    """Give what was stored of a page since it was public, the latest first, if it may name a file.

    Whatever names one holds the digits of its key, and most words do not.
    """
    since = page.revisions.filter(pk__gt=page.live_revision_id or 0)
    text = since.annotate(text=Cast("content", TextField())).filter(text__contains=str(file.pk))
    yield from text.order_by("-pk").iterator(chunk_size=10)


def has_changed_file(page: Page, by: User, file: File) -> None:
    """Note a writer of a page's latest words, and in its log which file they changed."""
    latest = page.latest_revision_id or 0
    row, is_new = PageWriter.objects.get_or_create(
        page_id=page.pk, user=by, defaults={"revision": latest}
    )
    if not is_new and row.revision < latest:
        row.revision = latest
        row.save(update_fields=["revision"])
    log(instance=page, action=FILE_CHANGED, user=by, data={"file": str(file)})
