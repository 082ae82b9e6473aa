"""Missions filled with one thing of every kind, so that a walk can ask for all of them.

The things of a mission share their numbers: `number` is the id of a page, an image, an account and
all else, so that one id put into an address reaches whatever kind the address is about.
"""

import io
import json
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image as Picture
from wagtail.admin.models import EditingSession
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    Locale,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageViewRestriction,
    Revision,
    Site,
    UploadedFile,
)
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)

from accounts.models import Invitation, RoleRequest
from advisories import outbox
from advisories.models import AlertKind, AlertPreset, Delivery, Incident, Webhook
from embassy.acts import requested
from embassy.acts.requested_facts import values_of
from embassy.auditing import audit
from embassy.fields import Texts
from embassy.mail import letters
from embassy.mission.belonging import site_of
from embassy.mission.missions import Plan, create
from embassy.models import (
    AuditEntry,
    BrokenGlass,
    Closure,
    ContactPoint,
    ContentPage,
    Letter,
    LinkProblem,
    MissionDocument,
    MissionImage,
    MissionRole,
    MissionSettings,
    Place,
    PromotedResult,
    Remark,
    RequestedAct,
    Schedule,
    TranslationStanding,
    User,
)
from embassy.models.links import LinkFault
from embassy.translations import memory, steps
from sections.models import Post, Question

MARK = "ZQX-DAKAR"
SEARCH = "zqx"
THEIRS = 770_077
OURS = 880_088
TRANSLATED = [
    *(TranslationSource, Translation, TranslationContext, String, StringSegment),
    *(StringTranslation, OverridableSegment, SegmentOverride, TranslationStanding),
]
MADE_WITH_A_MISSION = [Page, Revision, PageLogEntry, ModelLogEntry, AuditEntry]


@dataclass(frozen=True)
class Neighbor:
    """A filled mission."""

    site: Site
    number: int
    mark: str
    page: Page
    draft: Page
    document: MissionDocument
    user: User


def other_mission() -> Neighbor:
    """Make the mission next door, whose every name carries the mark."""
    start_ids_at(THEIRS)
    start_ids_at(THEIRS + 1000, MADE_WITH_A_MISSION)
    site = create(
        Plan(
            hostname=f"{MARK.lower()}.localhost",
            name=f"{MARK} mission",
            sending_state="États-Unis",
            host_state="Sénégal",
            host_state_code="SN",
            city=f"{MARK} city",
            time_zone="Africa/Dakar",
        )
    )
    start_ids_at(THEIRS, MADE_WITH_A_MISSION)
    return fill(site, THEIRS, MARK)


def own_mission(site: Site) -> Neighbor:
    """Fill a mission that exists already."""
    start_ids_at(OURS)
    return fill(site, OURS, "OWN-BAMAKO")


def start_ids_at(number: int, models=None) -> None:
    """Let tables (all of them, if none are named) count on from a number."""
    with connection.cursor() as cursor:
        for model in models or apps.get_models(include_auto_created=True):
            key = model._meta.pk
            if model._meta.managed and key.get_internal_type().endswith("AutoField"):
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)",
                    [f'"{model._meta.db_table}"', key.column, number],
                )


def fill(site: Site, number: int, mark: str) -> Neighbor:
    """Give a mission one thing of every kind, all with the same number."""
    user = person(site, mark)
    document = files(site, user, number, mark)
    rows(site, mark)
    care(site, user, mark)
    page, draft = pages(site, user, mark)
    translated(site, page, user, number)
    broken_link(site, page, mark)
    traces(page, draft, document, user, mark)
    return Neighbor(site, number, mark, page, draft, document, user)


def person(site: Site, mark: str) -> User:
    """Make somebody who works there."""
    user = User.objects.create_user(
        f"{mark.lower()}@staff.example", "secret words", first_name=mark, mission=site
    )
    user.groups.add(MissionRole.objects.get(site=site, role="approver").group)
    return user


def files(site: Site, user: User, number: int, mark: str) -> MissionDocument:
    """Make a picture and a document, both with a tag, in a folder of the mission."""
    top = MissionSettings.for_site(site).collection
    folder = Collection.objects.filter(pk=number).first() or top.add_child(name=mark)
    common = {"title": f"{mark} file", "collection": folder, "uploaded_by_user": user}
    picture = io.BytesIO()
    Picture.new("RGB", (8, 8)).save(picture, "PNG")
    image = MissionImage(**common, file=ContentFile(picture.getvalue(), f"{mark}.png"))
    image.save()
    document = MissionDocument(**common, file=ContentFile(f"{mark} text".encode(), f"{mark}.txt"))
    document.save()
    for file in (image, document):
        file.tags.add(f"{mark} tag")
    UploadedFile.objects.create(
        file=ContentFile(picture.getvalue(), f"{mark}-up.png"),
        uploaded_by_user=user,
        for_content_type=ContentType.objects.get_for_model(MissionImage),
    )
    return document


def rows(site: Site, mark: str) -> None:
    """Make a row of every model whose rows belong to a mission."""
    words = Texts(en=mark)
    schedule = Schedule.objects.create(site=site, name=words, time_zone="UTC", always=True)
    ContactPoint.objects.create(
        site=site, purpose="office", label=words, value="+22320702300", schedule=schedule
    )
    today = timezone.localdate()
    Closure.objects.create(site=site, first=today, last=today, reason=words)
    Place.objects.create(site=site, code=mark.lower(), name=words, latitude=12, longitude=-8)
    Post.objects.create(site=site, title=words)
    PromotedResult.objects.create(site=site, words=mark, page=site.root_page)
    Incident.objects.create(site=site, name=words, begun_on=today)
    AlertPreset.objects.create(
        site=site, name=words, title=words, kind=AlertKind.objects.order_by("pk").first()
    )
    what_readers_sent(site, mark)
    webhook = Webhook.objects.create(site=site, name=mark, address=f"https://9.9.9.9/{mark}")
    delivery = outbox.owe_test("webhook_test", site, str(webhook.pk), timezone.now())
    Delivery.objects.filter(pk=delivery.pk).update(status=Delivery.Status.DEAD)
    request_of(site, mark)
    audit.record(audit.CHANGED, of=webhook, at=timezone.now(), details={"fields": [mark]})


def what_readers_sent(site: Site, mark: str) -> None:
    """Make a question, and a remark on the home page."""
    now = timezone.now()
    about = {"site": site, "language": "en"}
    Remark.objects.create(page=site.root_page, is_useful=False, why=mark, day=now.date(), **about)
    Question.objects.create(
        office_name=mark,
        reference=mark[:20],
        text=mark,
        name=mark,
        mail=f"{mark.lower()}@reader.example",
        asked_at=now,
        **about,
    )


def request_of(site: Site, mark: str) -> None:
    """Ask for another number, so that something waits for a second person."""
    point = ContactPoint.objects.for_site(site).order_by("-pk").first()
    asker = User.objects.get(email=f"{mark.lower()}@staff.example")
    point.value = "+22320702301"
    values = {"values": values_of(point)}
    now = timezone.now()
    act = requested.ask(asker, point, RequestedAct.Act.CHANGE, now, values, reason=mark)
    with transaction.atomic():
        letters.owe(site, requested.LETTERS, str(act.pk), Letter.Why.WAITS, [asker], now)


def care(site: Site, user: User, mark: str) -> None:
    """Leave behind what looking after an account leaves behind."""
    at = timezone.now()
    common = {"site": site, "account": user}
    Invitation.objects.create(**common, digest=mark, invited_at=at, expires_at=at)
    role = MissionRole.objects.get(site=site, role="break_glass")
    RoleRequest.objects.create(**common, role=role, reason=mark, asked_by=user, asked_at=at)


def pages(site: Site, user: User, mark: str) -> tuple[Page, Page]:
    """Make a published page and a draft, locked and in review."""
    home = site.root_page
    page = ContentPage(
        title=f"{mark} page", slug=f"{mark.lower()}-page", locale=home.locale, owner=user
    )
    home.add_child(instance=page)
    page.save_revision(user=user, log_action=True).publish()
    draft = ContentPage(
        title=f"{mark} draft", slug=f"{mark.lower()}-draft", locale=home.locale, owner=user
    )
    draft.live = False
    home.add_child(instance=draft)
    draft.save_revision(user=user, log_action=True)
    return page, draft


def translated(site: Site, page: Page, user: User, number: int) -> None:
    """Begin the page in French, and type a text and an address for it; nobody has handed it in."""
    mark = user.first_name
    mission = MissionSettings.objects.get(site=site)
    mission.languages = ["en", "fr"]
    mission.save()
    page.body = [("links", {"title": "", "links": [link_to(f"https://{mark.lower()}.example/a")]})]
    page.save_revision(user=user).publish()
    if not site.root_page.has_translation(Locale.objects.get(language_code="fr")):
        start_ids_at(number + 1000, TRANSLATED)  # what is of the page has the number, not its home
        steps.begin(site.root_page, "fr", None)
        start_ids_at(number, TRANSLATED)
    french = steps.begin(page, "fr", None)
    typed_into(french, user, mark)
    TranslationStanding.objects.create(page=french, behind_since=timezone.now())


def typed_into(french: Page, user: User, mark: str) -> None:
    """Type a title and an address."""
    translation = memory.translation_of(french)
    typed = {"locale": translation.target_locale, "last_translated_by": user}
    for text in StringSegment.objects.filter(source=translation.source, context__path="title"):
        of_text = {"translation_of": text.string, "context": text.context}
        StringTranslation.objects.create(data=f"{mark} page en français", **of_text, **typed)
    for other in OverridableSegment.objects.filter(source=translation.source)[:1]:
        address = json.dumps(f"https://{mark.lower()}.example/fr")
        SegmentOverride.objects.create(context=other.context, data_json=address, **typed)


def link_to(address: str) -> dict:
    """Give a link to an address, as a block of links has it."""
    return {"words": "More", "page": None, "document": None, "address": address}


def broken_link(site: Site, page: Page, mark: str) -> None:
    """Make a link that leads nowhere."""
    now = timezone.now()
    LinkProblem.objects.create(
        site=site,
        page=page,
        address=f"https://{mark.lower()}.example/",
        is_external=True,
        fault=LinkFault.GONE,
        detail="404",
        first_seen=now,
        last_seen=now,
    )


def traces(page: Page, draft: Page, document: MissionDocument, user: User, mark: str) -> None:
    """Leave behind what working on pages and files leaves behind."""
    Comment.objects.create(page=page, user=user, text=mark, contentpath="title")
    PageViewRestriction.objects.create(page=draft, restriction_type="password", password=mark)
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="login"
    )
    EditingSession.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(page),
        object_id=page.pk,
        last_seen_at=timezone.now(),
    )
    draft.locked, draft.locked_by, draft.locked_at = True, user, timezone.now()
    draft.save(update_fields=["locked", "locked_by", "locked_at"])
    draft.get_workflow().start(draft, user)
    BrokenGlass.objects.create(
        site=site_of(page),
        page=page,
        revision=page.latest_revision_id,
        by=user,
        at=timezone.now(),
        reason=mark,
        writers=[user.pk],
    )
