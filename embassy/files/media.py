"""Pictures at their addresses below /media/: sizes to who may have them, originals to staff.

Documents have an address of their own (`/documents/`) and none here. A picture is given with the
policy of a page, so that a shared cache asks again as soon as for a page; a browser keeps what it
was given for a while, as it shows the same picture on many pages.
"""

import mimetypes

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.http import http_date

from embassy.cache import browsers_keep
from embassy.files.privacy import is_of_staff, may_have
from embassy.machines.public_data import read_only
from embassy.models import MissionImage, MissionRendition

SIZES, ORIGINALS = "images", "original_images"  # folders, as Wagtail names them
KEPT_BY_BROWSERS = 3600  # seconds
KEPT_BY_STAFF = 600


@read_only
def size_of_picture(request: HttpRequest, image: int, name: str) -> HttpResponse:
    """Give a picture in one of its sizes."""
    rows = MissionRendition.objects.select_related("image__collection")
    found = rows.filter(image=image, file=f"{SIZES}/{image}/{name}").first()
    if found is None or not may_have(request, found.image):
        return nothing(request)
    browsers_keep(request, KEPT_BY_BROWSERS, KEPT_BY_STAFF)
    return answer(request, found)


@read_only
def original(request: HttpRequest, name: str) -> HttpResponse:
    """Give a picture as it was uploaded, which may say where it was taken, to staff only."""
    found = MissionImage.objects.filter(file=f"{ORIGINALS}/{name}").first()
    return answer(request, found) if found and is_of_staff(request, found) else nothing(request)


def answer(request: HttpRequest, picture: MissionImage | MissionRendition) -> HttpResponse:
    """Give a picture's file; its bytes say nothing else than their type allows."""
    try:
        response = FileResponse(picture.file.open("rb"), content_type=type_of(picture.file.name))
        changed_at = picture.file.storage.get_modified_time(picture.file.name).timestamp()
    except OSError:
        return nothing(request)
    response["ETag"] = f'"{changed_at:.6f}-{picture.file.size}"'
    response["Last-Modified"] = http_date(changed_at)
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


def type_of(name: str) -> str:
    """Give the media type of a picture's name."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def nothing(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing, in the same words whether there is or not."""
    return HttpResponseNotFound("404\n", content_type="text/plain")
