"""Files are private until a public page uses them: who may be given a picture or a document.

A file is everybody's while a published page of the mission shows it that anyone may open, or
something else does that an app registers in its `uses.py`. Who has opened a page that is kept
private is given its files too. All other files are the staff's of their mission. Wagtail's
reference index knows which pages name which files; it is written in the same transaction as a
page, so nothing has to be moved or marked when one is published, unpublished, moved or deleted.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import Page, ReferenceIndex, Site, get_page_models
from wagtail.query import PageQuerySet

from embassy.mission.belonging import mission_of
from embassy.mission.permissions import in_trees, is_foreign
from embassy.models import MissionDocument, MissionImage
from embassy.pages import BasePage, open_to_all

File = MissionImage | MissionDocument
Use = Callable[[File, Site], bool]

_uses: list[Use] = []


def public_use(function: Use) -> Use:
    """Register a function that knows of uses of a file beside pages; used in `uses.py`."""
    _uses.append(function)
    return function


def may_have(request: HttpRequest, file: File) -> bool:
    """Whether who asks may be given a file at the address it was asked for at."""
    site = Site.find_for_request(request)
    is_here = site is not None and mission_of(file) in (None, site)
    if is_here and (is_public(file, site) or is_on_opened_page(request, file, site)):
        return True
    return is_of_staff(request, file)


def is_public(file: File, site: Site) -> bool:
    """Whether everybody may have a file: a page that is open to all uses it, or something else."""
    return open_to_all(pages_with(file, site)).exists() or is_used_elsewhere(file, site)


def is_used_elsewhere(file: File, site: Site) -> bool:
    """Whether something beside pages uses a file in public."""
    return any(use(file, site) for use in _uses)


def is_on_opened_page(request: HttpRequest, file: File, site: Site) -> bool:
    """Whether who asks has opened a private page with the file, by its password for instance."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return any(
        all(one.accept_request(request) for one in page.get_view_restrictions())
        for page in pages_with(file, site).live()
    )


def is_of_staff(request: HttpRequest, file: File) -> bool:
    """Whether who asks is signed in and works for the mission the file belongs to."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return False
    return not is_foreign(type(file), [file.pk], request.user)


def pages_with(file: File, site: Site) -> PageQuerySet:
    """Give the pages of a mission, in all languages, whose stored row names a file.

    Of a page that has been published that is what is public. Pages whose public words are kept
    elsewhere (`is_shown_as_stored`) do not count.
    """
    kind = ContentType.objects.get_for_model(file)
    rows = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=kind,
        to_object_id=str(file.pk),
    )
    keys = [int(key) for key in rows.values_list("object_id", flat=True).distinct()]
    if not keys:
        return Page.objects.none()
    others = ContentType.objects.get_for_models(*shown_otherwise()).values()
    return Page.objects.filter(in_trees([site]), pk__in=keys).exclude(content_type__in=others)


def shown_otherwise() -> list[type[Page]]:
    """Give the types of pages whose stored row is not what readers see."""
    ours = [model for model in get_page_models() if issubclass(model, BasePage)]
    return [model for model in ours if not model.is_shown_as_stored]
