"""What is tried for the matrix of rights: pages, facts, the audit and remarks."""

import io
from collections.abc import Iterator
from functools import partial

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.actions.edit_page import EditPageAction
from wagtail.models import Page, PageViewRestriction

from embassy.acts import order, requested
from embassy.auditing import audit, audit_report
from embassy.matrix import Takes, deed, facts, refuse_unless, staged
from embassy.matrix.approving import tries_approval
from embassy.matrix.scene import (
    OTHER_NUMBER,
    OTHER_WORDS,
    SLUG,
    WORDS,
    Scene,
    read,
    sign,
    write,
)
from embassy.matrix.screens import posted, request_of
from embassy.models import (
    ContactPoint,
    ContentPage,
    MissionDocument,
    MissionImage,
    MissionSettings,
    Remark,
    RequestedAct,
    User,
)
from embassy.readers import remark_report
from embassy.release import publishing
from embassy.translations import deeds as of_translations  # noqa: F401 - registers itself

Act = RequestedAct.Act
URGENT = "Matrix of rights"


@staged
def pages(scene: Scene) -> None:
    """Make a page that the public reads, and a place to which it may be moved."""
    scene.kept["page"] = scene.made(ContentPage, slug="matrix-of-rights-page").pk
    scene.kept["place"] = scene.made(ContentPage, slug="matrix-of-rights-place").pk


@staged
def files(scene: Scene) -> None:
    """Make a picture and a document that the public reads on a page."""
    about = {"title": WORDS, "collection": MissionSettings.for_site(scene.site).collection}
    picture = MissionImage.objects.create(file=ContentFile(drawn("red"), f"{SLUG}.png"), **about)
    paper = ContentFile(b"%PDF-1.4 matrix", f"{SLUG}.pdf")
    document = MissionDocument.objects.create(file=paper, **about)
    blocks = [
        ("picture", {"image": picture, "caption": ""}),
        ("documents", {"title": "", "documents": [document]}),
    ]
    page = scene.made(ContentPage, slug="matrix-of-rights-files", body=blocks)
    scene.kept |= {"picture": picture.pk, "document": document.pk, "files": page.pk}


def drawn(color: str) -> bytes:
    """Give a small picture."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8), color).save(file, "PNG")
    return file.getvalue()


# Words of pages


@deed(10, _("Write a page and submit it"))
def submit_page(scene: Scene, by: User) -> Iterator[None]:
    """Write other words into a public page, and hand them to a second person."""
    page = scene.page()
    yield
    write(page, by)
    publishing.submit(page, by)


tries_approval(11, "content", _("Approve a colleague’s page: content"), ContentPage)


@deed(16, _("Approve a page of which one wrote part"), Takes.NOBODY)
def approve_own_page(scene: Scene, by: User) -> Iterator[None]:
    """Approve what a colleague submitted, after a word of one's own."""
    page = scene.page()
    sign(page, by)
    sign(page, scene.colleague)
    publishing.submit(page, scene.colleague)
    yield
    publishing.approve(page, by, read(page))


@deed(17, _("Publish a page alone, from the editor"), Takes.NOBODY)
def publish_in_editor(scene: Scene, by: User) -> Iterator[None]:
    """Store words with Wagtail's wish to publish them."""
    words = scene.page().get_latest_revision_as_object()
    words.title = OTHER_WORDS
    yield
    EditPageAction(words, user=by, publish=True).execute()


@deed(18, _("Publish a page alone, below the screens"), Takes.NOBODY)
def publish_alone(scene: Scene, by: User) -> Iterator[None]:
    """Publish one's own revision without any screen."""
    revision = sign(scene.page(), by)
    yield
    revision.publish(user=by, skip_permission_checks=True)


@deed(19, _("Break the glass for a page"), Takes.GLASS)
def break_glass_page(scene: Scene, by: User) -> Iterator[None]:
    """Let one's own words out alone."""
    page = scene.page()
    sign(page, by)
    yield
    publishing.break_glass(page, by, scene.at, URGENT, read(page))


@deed(20, _("Confirm a page that a colleague let out alone"), Takes.TWO)
def confirm_glass_page(scene: Scene, by: User) -> Iterator[None]:
    """Stand by what a colleague let out."""
    page, number = let_out(scene, scene.colleague)
    yield
    publishing.confirm(page, by, scene.at, number)


@deed(21, _("Confirm a page that one wrote and a colleague let out alone"), Takes.NOBODY)
def confirm_own_glass_page(scene: Scene, by: User) -> Iterator[None]:
    """Be the second person for one's own words."""
    page, number = let_out(scene, by)
    yield
    publishing.confirm(page, by, scene.at, number)


def let_out(scene: Scene, writer: User) -> tuple[Page, int]:
    """Let somebody's words out alone as a colleague; give the page and what is to be confirmed."""
    page = scene.page()
    sign(page, writer)
    glass = publishing.break_glass(page, scene.second, scene.at, URGENT, read(page))
    return page, glass.pk


# Pages that go away or move


ALONE = {
    Act.UNPUBLISH: lambda page, place, by: page.unpublish(user=by),
    Act.MOVE: lambda page, place, by: page.move(place, pos="last-child", user=by),
    Act.DELETE: lambda page, place, by: page.delete(user=by),
    Act.PRIVACY: lambda page, place, by: hide(page, by),
    Act.ORDER: lambda page, place, by: put_last(page, by),
}


def hide(page: Page, by: User) -> None:
    """Post the screen on which Wagtail restricts who reads a page."""
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    posted(by, address, {"restriction_type": PageViewRestriction.LOGIN})
    if not PageViewRestriction.objects.filter(page_id=page.pk).exists():
        raise PermissionDenied


def put_last(page: Page, by: User) -> None:
    """Put a page behind its neighbors below the screens."""
    page.move(page.get_parent(), pos="last-child", user=by)


def subject(scene: Scene) -> tuple[Page, Page]:
    """Give a page that the public reads, and a place to which it may be moved."""
    return scene.page(), scene.page("place")


def ask(scene: Scene, by: User, act: Act, page: Page, place: Page) -> RequestedAct:
    """Ask for an act on a page."""
    parameters = {
        Act.MOVE: {"destination": place.pk},
        Act.PRIVACY: {"restriction_type": PageViewRestriction.LOGIN},
    }
    if act == Act.ORDER:
        parent = page.get_parent().specific
        wanted = {"order": order.read_below(parent)[::-1]}
        return requested.ask(by, parent, act, scene.at, wanted)
    return requested.ask(by, page, act, scene.at, parameters.get(act))


def asks(act: Act, scene: Scene, by: User) -> Iterator[None]:
    """Ask for it."""
    page, place = subject(scene)
    yield
    ask(scene, by, act, page, place)


def confirms(act: Act, scene: Scene, by: User) -> Iterator[None]:
    """Confirm what a colleague asked for."""
    request = ask(scene, scene.colleague, act, *subject(scene))
    yield
    requested.confirm(by, request, scene.at, request.reading)


def confirms_own(act: Act, scene: Scene, by: User) -> Iterator[None]:
    """Ask for it, and confirm it oneself."""
    page, place = subject(scene)
    yield
    request = ask(scene, by, act, page, place)
    requested.confirm(by, request, scene.at, request.reading)


def does_alone(act: Act, scene: Scene, by: User) -> Iterator[None]:
    """Do it without asking."""
    page, place = subject(scene)
    yield
    ALONE[act](page, place, by)


def breaks_glass(act: Act, scene: Scene, by: User) -> Iterator[None]:
    """Ask for it, and confirm it alone with a reason."""
    page, place = subject(scene)
    yield
    request = ask(scene, by, act, page, place)
    requested.break_glass(by, request, scene.at, request.reading, URGENT)


WAYS = [
    ("ask", _("Ask for “{act}”"), Takes.ONE, asks),
    ("confirm", _("Confirm a colleague’s “{act}”"), Takes.TWO, confirms),
    ("confirm_own", _("Confirm one’s own “{act}”"), Takes.NOBODY, confirms_own),
    ("alone", _("Do “{act}” alone"), Takes.NOBODY, does_alone),
    ("break_glass", _("Break the glass for “{act}”"), Takes.GLASS, breaks_glass),
]
for place, act in enumerate(ALONE):
    for step, (code, words, takes, steps) in enumerate(WAYS):
        title = format_lazy(words, act=act.label)
        number = 30 + place * len(WAYS) + step
        deed(number, title, takes, f"{code}_{act}")(partial(steps, act))


@deed(55, _("Restrict a page alone, below the screens"), Takes.NOBODY)
def restrict_alone(scene: Scene, by: User) -> Iterator[None]:
    """Store a restriction in an account's name without any screen."""
    page = scene.page()
    yield
    kind = PageViewRestriction.LOGIN
    PageViewRestriction(page=page, restriction_type=kind).save(user=by)


@deed(56, _("Put a page into another place of its list, in the list itself"), Takes.NOBODY)
def order_pages(scene: Scene, by: User) -> Iterator[None]:
    """Put a page behind its neighbors, as Wagtail's list does."""
    page = scene.page()
    yield
    posted(by, reverse("wagtailadmin_pages:set_page_position", args=[page.pk]), {})
    refuse_unless(Page.objects.get(pk=page.pk).path != page.path)


# Files behind pages


FILES = {
    "picture": (MissionImage, "wagtailimages", "other.png", drawn("blue")),
    "document": (MissionDocument, "wagtaildocs", "other.txt", b"Other words: matrix of rights"),
}


def file_of(scene: Scene, name: str) -> MissionImage | MissionDocument:
    """Give a file that the public reads."""
    scene.page("files")
    return FILES[name][0].objects.get(pk=scene.kept[name])


def replaces_file(name: str, scene: Scene, by: User) -> Iterator[None]:
    """Store other words for it, with another file."""
    file = file_of(scene, name)
    _model, screens, other, content = FILES[name]
    yield
    sent = SimpleUploadedFile(other, content)
    data = {"title": OTHER_WORDS, "collection": file.collection_id, "file": sent}
    posted(by, reverse(f"{screens}:edit", args=[file.pk]), data)
    refuse_unless(type(file).objects.filter(pk=file.pk, title=OTHER_WORDS).exists())


def renames_file(name: str, scene: Scene, by: User) -> Iterator[None]:
    """Store other words for it."""
    file = file_of(scene, name)
    yield
    data = {"title": OTHER_WORDS, "collection": file.collection_id}
    posted(by, reverse(f"{FILES[name][1]}:edit", args=[file.pk]), data)
    refuse_unless(type(file).objects.filter(pk=file.pk, title=OTHER_WORDS).exists())


def deletes_file(name: str, scene: Scene, by: User) -> Iterator[None]:
    """Delete it."""
    file = file_of(scene, name)
    yield
    posted(by, reverse(f"{FILES[name][1]}:delete", args=[file.pk]), {})
    refuse_unless(not type(file).objects.filter(pk=file.pk).exists())


OF_FILES = [
    ("replace", _("Replace a file that readers see: {name}"), replaces_file),
    ("rename", _("Change the words of a file that readers see: {name}"), renames_file),
    ("delete", _("Delete a file that readers see: {name}"), deletes_file),
]
for place, (name, (model, *_rest)) in enumerate(FILES.items()):
    for code, words, steps in OF_FILES:
        title = format_lazy(words, name=model._meta.verbose_name)
        deed(57 + place, title, Takes.NOBODY, f"{code}_{name}")(partial(steps, name))


# Facts: the number that people in trouble call


def other_number(scene: Scene) -> ContactPoint:
    """Give the number with another typed over it."""
    number = scene.number()
    number.value = OTHER_NUMBER
    return number


@deed(60, _("Ask to change the emergency number"))
def ask_emergency_number(scene: Scene, by: User) -> Iterator[None]:
    """Ask for another number."""
    yield from facts.asks(scene, by, other_number(scene))


@deed(61, _("Confirm a colleague’s change of the emergency number"), Takes.TWO)
def confirm_number(scene: Scene, by: User) -> Iterator[None]:
    """Confirm what a colleague asked for."""
    yield from facts.confirms(scene, by, other_number(scene))


@deed(62, _("Confirm one’s own change of the emergency number"), Takes.NOBODY)
def confirm_own_number(scene: Scene, by: User) -> Iterator[None]:
    """Ask, and confirm it oneself."""
    yield from facts.confirms_own(scene, by, other_number(scene))


@deed(63, _("Confirm a colleague’s change of the number after wording part of it"), Takes.NOBODY)
def confirm_number_worded(scene: Scene, by: User) -> Iterator[None]:
    """Confirm what a colleague asked for, as one of those who worded it."""
    request = facts.ask(scene, scene.colleague, other_number(scene))
    request.writers = [*request.writers, by.pk]
    request.save()
    yield
    requested.confirm(by, request, scene.at, request.reading)


@deed(64, _("Change the emergency number alone"), Takes.NOBODY)
def change_number_alone(scene: Scene, by: User) -> Iterator[None]:
    """Store another number by what the staff pages store it with."""
    yield from facts.stores_alone(scene, by, other_number(scene), "value")


@deed(65, _("Break the glass for the emergency number"), Takes.GLASS)
def break_glass_number(scene: Scene, by: User) -> Iterator[None]:
    """Ask, and confirm it alone with a reason."""
    yield from facts.breaks_glass(scene, by, other_number(scene))


# The audit


@deed(130, _("Read the mission’s audit"))
def read_audit(scene: Scene, by: User) -> Iterator[None]:
    """Open the report, which has an entry of the mission."""
    audit.record(audit.CHANGED, of=scene.colleague, site=scene.site, at=scene.at)
    request = request_of(by, "/")
    yield
    if not audit_report.Report(request).rows.filter(site=scene.site).exists():
        raise PermissionDenied


# What readers say of pages


@deed(131, _("Read what readers say of pages"))
def read_remarks(scene: Scene, by: User) -> Iterator[None]:
    """Find a remark of the mission in the report."""
    page, day = scene.page(), scene.at.date()
    about = {"site": scene.site, "language": "en", "is_useful": True, "day": day}
    Remark.objects.create(page=Page(pk=page.pk), **about)
    yield
    if not remark_report.remarks_read_by(by).for_site(scene.site).exists():
        raise PermissionDenied
