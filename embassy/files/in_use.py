"""Files that readers are given stay as two people let them out: nobody replaces one behind a page.

What readers see of a picture or a document is read from its own row when a page is shown. While
readers may be given it, or words that name it wait to go out, none of that changes and it is not
deleted. Another file goes onto the page instead, and that a second person approves.

In words that are still written a file may change. Whoever changes it answers for those words like
somebody who typed some of them, and does not let them out.
"""

from collections.abc import Callable, Collection, Iterator
from itertools import chain

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, ReferenceIndex, Revision, Site, WorkflowState

from embassy.files.privacy import File, is_used_elsewhere, pages_with
from embassy.mission.belonging import mission_of
from embassy.mission.permissions import in_trees
from embassy.models import MissionDocument, MissionImage, User

SEEN = {
    MissionImage: (
        *("file", "title", "description", "credit", "taken"),
        *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
    ),
    MissionDocument: ("file", "title"),
}
"""What readers see of a file: by kind, the fields."""

Words = Callable[[Site], Iterator[Revision]]
Note = Callable[[File, Site, User], None]
_waiting: list[Words] = []
_written: list[Note] = []


def waiting_words(function: Words) -> Words:
    """Register a function that gives revisions of a mission that wait; used in `uses.py`."""
    _waiting.append(function)
    return function


def written_words(function: Note) -> Note:
    """Register a function that notes an account as a writer of all words under way of a mission
    that name a file, under the lock that submitting them takes; used in `uses.py`.
    """
    _written.append(function)
    return function


@waiting_words
def of_pages(site: Site) -> Iterator[Revision]:
    """Give the words of pages that wait for a second person, or for their time."""
    pages = Page.objects.filter(in_trees([site]))
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    keys = [int(key) for key in states.values_list("object_id", flat=True) if key.isdecimal()]
    for page in pages.filter(pk__in=keys).select_related("latest_revision"):
        yield page.latest_revision
    scheduled = Revision.page_revisions.exclude(approved_go_live_at=None)
    ours = pages.values_list("pk", flat=True)
    yield from scheduled.filter(object_id__in=[str(key) for key in ours])


def is_held(file: File) -> bool:
    """Whether a file is to stay as it is: readers may be given it, or soon will be."""
    return any(is_out(file, site) or is_waited_for(file, site) for site in sites_of(file))


def sites_of(file: File) -> Collection[Site]:
    """Give the missions whose pages may name a file: its own, or all for one that they share."""
    owner = mission_of(file)
    return [owner] if owner is not None else Site.objects.all()


def is_out(file: File, site: Site) -> bool:
    """Whether a published page names a file, for whomever that is, or something else does."""
    return pages_with(file, site).live().exists() or is_used_elsewhere(file, site)


def is_waited_for(file: File, site: Site) -> bool:
    """Whether words that wait to go out name a file."""
    return any(names(revision, file) for words in _waiting for revision in words(site))


def names(revision: Revision | None, file: File) -> bool:
    """Whether the words of a revision name a file."""
    if revision is None:
        return False
    page = revision.as_object()
    kind = ContentType.objects.get_for_model(file).pk
    parts = [getattr(page, one.get_accessor_name()).all() for one in get_all_child_relations(page)]
    return any(
        (to_kind, str(to_key)) == (kind, str(file.pk))
        for row in [page, *chain.from_iterable(parts)]
        for to_kind, to_key, *_path in ReferenceIndex._extract_references_from_object(row)
    )


def stays() -> str:
    """Say why a file cannot be changed, and what to do instead."""
    return _(
        "Readers see this, or will when what waits goes out. Upload another file with the right "
        "words and put it on the page: a second person approves that."
    )


def changed(file: File, stored_now: Collection[str] | None = None) -> list[str]:
    """Name the fields readers see that are to be stored with something else than before."""
    stored = type(file)._base_manager.filter(pk=file.pk).first() if file.pk else None
    if stored is None:
        return []
    names = [name for name in SEEN[type(file)] if stored_now is None or name in stored_now]
    return [name for name in names if getattr(stored, name) != getattr(file, name)]


def answer_for(file: File) -> None:
    """Note who is about to change a file as a writer of the words under way that name it.

    What a program changes it answers for to nobody. The locks last as long as the transaction, so
    that none of those words is submitted before the change is stored.
    """
    by = get_active_log_context().user
    if by is None or not by.is_authenticated:
        return
    for site in sites_of(file):
        for note in _written:
            note(file, site, by)


@receiver(pre_save, sender=MissionImage)
@receiver(pre_save, sender=MissionDocument)
def keep_as_it_is(sender, instance: File, update_fields=None, raw=False, **kwargs) -> None:
    """Refuse to store another file or other words behind what readers see."""
    if raw or not changed(instance, update_fields):
        return
    answer_for(instance)
    if is_held(instance):
        raise PermissionDenied(stays())


@receiver(pre_delete, sender=MissionImage)
@receiver(pre_delete, sender=MissionDocument)
def keep_it(sender, instance: File, **kwargs) -> None:
    """Refuse to delete what readers see."""
    answer_for(instance)
    if is_held(instance):
        raise PermissionDenied(stays())
