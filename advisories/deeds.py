"""What is tried for the matrix of rights: warnings, and what they are made of."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.actions import action_registry

from advisories import lifecycle, outbox
from advisories.models import (
    AlertContact,
    AlertIndexPage,
    AlertKind,
    AlertPage,
    AlertPreset,
    AlertText,
    Clearance,
    CountryIndexPage,
    CountryInfoPage,
    Delivery,
    Indicator,
    Webhook,
)
from advisories.vocabulary import Act
from embassy.fields import Texts
from embassy.matrix import Takes, deed, facts, refuse_unless, staged
from embassy.matrix.approving import tries_approval
from embassy.matrix.scene import OTHER_WORDS, WORDS, Scene, sign, write
from embassy.matrix.screens import posted
from embassy.models import ContactPoint, MissionSettings, User

REASON = "Matrix of rights"
LISTENS, LISTENS_ELSEWHERE = "https://9.9.9.9/one", "https://9.9.9.9/another"  # nothing is sent
AVOID = {"en": "- Avoid it.", "fr": "- Évitez l’endroit."}  # each action begins with a verb
MACHINE = {
    "category": "Security",
    "urgency": "Immediate",
    "severity": "Severe",
    "certainty": "Observed",
    "response_type": "Avoid",
}

tries_approval(
    15,
    "country",
    _("Approve a colleague’s page: country information"),
    CountryInfoPage,
    CountryIndexPage,
)


@staged
def alerts(scene: Scene) -> None:
    """Make the draft of an alert, and an alert in force that two colleagues issued."""
    scene.kept["alert"] = made(scene, "matrix-of-rights-alert").pk
    page = made(scene, "matrix-of-rights-issued")
    lifecycle.submit(page, scene.colleague, scene.at)
    lifecycle.approve(page, scene.second, scene.at, reading(page))
    scene.kept["issued"] = page.pk


def made(scene: Scene, slug: str) -> AlertPage:
    """Make the draft of an alert, which nobody wrote."""
    point = ContactPoint.objects.get(pk=scene.number().pk)
    page = AlertPage(
        title=WORDS,
        slug=slug,
        live=False,
        told_staff="same",
        kind=AlertKind.objects.filter(in_use=True).first(),
        effective=scene.at - timedelta(hours=1),
        expires=scene.at + timedelta(hours=6),
        **MACHINE,
    )
    language = MissionSettings.for_site(scene.site).first_language
    words = {"title": WORDS, "location": "X", "event": "X.", "assistance": "X."}
    page.texts = [AlertText(language=language, actions=AVOID[language], **words)]
    page.contact_rows = [AlertContact(sort_order=0, contact=point)]
    scene.below(AlertIndexPage).add_child(instance=page)
    page.save_revision()
    return page


def drafted(scene: Scene, by: User | None = None) -> AlertPage:
    """Give the draft of an alert, in somebody's name if one is given."""
    draft = AlertPage.objects.get(pk=scene.kept["alert"])
    if by is not None:
        sign(draft, by)
    page = AlertPage.objects.get(pk=draft.pk)
    scene.show(page)
    scene.shown.append("/")
    return page


def submitted(scene: Scene, by: User, signed: User | None = None) -> tuple[AlertPage, str]:
    """Hand an alert to a second person; give it and what an approver reads."""
    page = drafted(scene, signed or by)
    lifecycle.submit(page, by, scene.at)
    return page, reading(page)


def issued(scene: Scene) -> AlertPage:
    """Give an alert in force."""
    page = AlertPage.objects.get(pk=scene.kept["issued"])
    scene.show(page)
    scene.shown.append("/")
    return page


def alone(scene: Scene, by: User, writer: User) -> AlertPage:
    """Let a colleague issue somebody's words alone."""
    page = drafted(scene, writer)
    seen = lifecycle.under_way(page, lifecycle.clearance_of(page))
    lifecycle.break_glass(page, by, scene.at, REASON, seen)
    return page


def reading(page: AlertPage) -> str:
    """Give what an approver has read who opens the warning now."""
    return Clearance.objects.get(page_id=page.pk).reading


def ended(page: AlertPage, scene: Scene, by: User) -> None:
    """Hand the end of an alert to a second person."""
    note = Texts({MissionSettings.for_site(scene.site).first_language: "X."})
    lifecycle.end(page, by, scene.at, Act.CANCEL, note)


# Its words


@deed(70, _("Write a warning and submit it"))
def submit_warning(scene: Scene, by: User) -> Iterator[None]:
    """Write other words of a draft and hand it to an approver."""
    page = drafted(scene)
    yield
    write(page, by)
    lifecycle.submit(AlertPage.objects.get(pk=page.pk), by, scene.at)


@deed(71, _("Approve a colleague’s warning"), Takes.TWO)
def approve_warning(scene: Scene, by: User) -> Iterator[None]:
    """Issue what a colleague submitted."""
    page, seen = submitted(scene, scene.colleague)
    yield
    lifecycle.approve(page, by, scene.at, seen)


@deed(72, _("Approve a warning of which one wrote part"), Takes.NOBODY)
def approve_own_warning(scene: Scene, by: User) -> Iterator[None]:
    """Issue what a colleague submitted of one's own words."""
    page, seen = submitted(scene, scene.colleague, signed=by)
    yield
    lifecycle.approve(page, by, scene.at, seen)


@deed(73, _("Publish the page of a warning alone"), Takes.NOBODY)
def publish_warning(scene: Scene, by: User) -> Iterator[None]:
    """Publish one's own revision without any screen."""
    page = drafted(scene, by)
    yield
    page.latest_revision.publish(user=by, skip_permission_checks=True)


@deed(74, _("Break the glass for a warning"), Takes.GLASS)
def break_glass_warning(scene: Scene, by: User) -> Iterator[None]:
    """Issue one's own words alone."""
    page = drafted(scene, by)
    seen = lifecycle.under_way(page, lifecycle.clearance_of(page))
    yield
    lifecycle.break_glass(page, by, scene.at, REASON, seen)


@deed(75, _("Confirm a warning that a colleague issued alone"), Takes.TWO)
def confirm_warning(scene: Scene, by: User) -> Iterator[None]:
    """Stand by what a colleague issued."""
    page = alone(scene, scene.colleague, scene.colleague)
    yield
    lifecycle.confirm(page, by, scene.at, 1)


@deed(76, _("Confirm a warning that one wrote and a colleague issued alone"), Takes.NOBODY)
def confirm_own_warning(scene: Scene, by: User) -> Iterator[None]:
    """Be the second person for one's own words."""
    page = alone(scene, scene.colleague, by)
    yield
    lifecycle.confirm(page, by, scene.at, 1)


# Its end


@deed(77, _("Ask to end a warning"))
def end_warning(scene: Scene, by: User) -> Iterator[None]:
    """Hand the end of an alert in force to an approver."""
    page = issued(scene)
    yield
    ended(page, scene, by)


@deed(78, _("Approve the end of a warning that a colleague asked for"), Takes.TWO)
def approve_end(scene: Scene, by: User) -> Iterator[None]:
    """End what a colleague wants to end."""
    page = issued(scene)
    ended(page, scene, scene.colleague)
    yield
    lifecycle.approve(page, by, scene.at, reading(page))


@deed(79, _("Approve one’s own end of a warning"), Takes.NOBODY)
def approve_own_end(scene: Scene, by: User) -> Iterator[None]:
    """Ask for the end and approve it oneself."""
    page = issued(scene)
    yield
    ended(page, scene, by)
    lifecycle.approve(page, by, scene.at, reading(page))


@deed(80, _("Break the glass for the end of a warning"), Takes.GLASS)
def break_glass_end(scene: Scene, by: User) -> Iterator[None]:
    """Ask for the end and let it out alone."""
    page = issued(scene)
    yield
    ended(page, scene, by)
    seen = lifecycle.under_way(page, lifecycle.clearance_of(page))
    lifecycle.break_glass(page, by, scene.at, REASON, seen)


@deed(81, _("Unpublish a warning alone"), Takes.NOBODY)
def unpublish_warning(scene: Scene, by: User) -> Iterator[None]:
    """Silence an alert as a page is."""
    page = issued(scene)
    yield
    page.unpublish(user=by)


# Where warnings are sent


@staged
def webhooks(scene: Scene) -> None:
    """Make an address that gets every warning."""
    row = Webhook.objects.create(site=scene.site, name=WORDS, address=LISTENS)
    scene.kept["webhook"] = row.pk


def webhook(scene: Scene, elsewhere: bool = True) -> Webhook:
    """Give where warnings are sent, with another address typed over it."""
    row = Webhook.objects.get(pk=scene.kept["webhook"])
    row.address = LISTENS_ELSEWHERE if elsewhere else row.address
    return row


@deed(82, _("Ask that warnings be sent elsewhere"))
def ask_webhook(scene: Scene, by: User) -> Iterator[None]:
    """Ask for another address."""
    yield from facts.asks(scene, by, webhook(scene))


@deed(83, _("Confirm that warnings be sent elsewhere, as a colleague asked"), Takes.TWO)
def confirm_webhook(scene: Scene, by: User) -> Iterator[None]:
    """Confirm what a colleague asked for."""
    yield from facts.confirms(scene, by, webhook(scene))


@deed(84, _("Confirm that warnings be sent elsewhere, as one asked oneself"), Takes.NOBODY)
def confirm_own_webhook(scene: Scene, by: User) -> Iterator[None]:
    """Ask, and confirm it oneself."""
    yield from facts.confirms_own(scene, by, webhook(scene))


@deed(85, _("Send warnings elsewhere alone"), Takes.NOBODY)
def change_webhook(scene: Scene, by: User) -> Iterator[None]:
    """Store another address by what the staff pages store it with."""
    yield from facts.stores_alone(scene, by, webhook(scene), "address")


@deed(86, _("Add an address that gets every warning, alone"), Takes.NOBODY)
def add_webhook(scene: Scene, by: User) -> Iterator[None]:
    """Store a new address by what the staff pages store it with."""
    row = Webhook(site=scene.site, name=OTHER_WORDS, address=LISTENS_ELSEWHERE)
    yield
    action_registry.get_action_class(Webhook, "create")(row, user=by).execute()
    refuse_unless(Webhook.objects.filter(name=OTHER_WORDS).exists())


@deed(87, _("Take an address off that gets every warning, alone"), Takes.NOBODY)
def delete_webhook(scene: Scene, by: User) -> Iterator[None]:
    """Delete it by what the staff pages delete it with."""
    row = webhook(scene, elsewhere=False)
    yield
    action_registry.get_action_class(Webhook, "delete")(row, user=by).execute()
    refuse_unless(not Webhook.objects.filter(pk=row.pk).exists())


@deed(88, _("Break the glass to send warnings elsewhere"), Takes.GLASS)
def break_glass_webhook(scene: Scene, by: User) -> Iterator[None]:
    """Ask, and confirm it alone with a reason."""
    yield from facts.breaks_glass(scene, by, webhook(scene))


# Reference data


def changed(scene: Scene, by: User, row: Model) -> None:
    """Store a row by the Django admin, if its screen lets the account in.

    The form that is posted is empty: whoever is let in is told what is missing.
    """
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    if posted(by, reverse(name, args=[row.pk]), {}).status_code != 200:
        raise PermissionDenied
    row.name = Texts({MissionSettings.for_site(scene.site).first_language: OTHER_WORDS})
    row.save()


@deed(89, _("Send again a message that was given up"))
def try_again(scene: Scene, by: User) -> Iterator[None]:
    """Put it back into the outbox; its words are the issued ones."""
    given_up = {"status": Delivery.Status.DEAD, "owed_at": scene.at, "next_at": scene.at}
    named = {"channel": "matrix-of-rights", "target": "1"}
    row = Delivery.objects.create(site=scene.site, **named, **given_up)
    yield
    outbox.try_again(row, by, scene.at)


@deed(122, _("Change a risk indicator"), Takes.NOBODY, for_all=True)
def change_indicator(scene: Scene, by: User) -> Iterator[None]:
    """Change what all missions call a risk."""
    scene.shown.append("/")
    issued(scene)
    row = Indicator.objects.first()
    yield
    changed(scene, by, row)


@deed(123, _("Change a kind of alert"), Takes.NOBODY, for_all=True)
def change_kind(scene: Scene, by: User) -> Iterator[None]:
    """Change what all missions call the alert that is in force."""
    row = AlertKind.objects.get(pk=issued(scene).kind_id)
    yield
    changed(scene, by, row)


# What alerts start out as


@staged
def presets(scene: Scene) -> None:
    """Make what alerts start out as."""
    language = MissionSettings.for_site(scene.site).first_language
    words = {name: Texts({language: WORDS}) for name in ("name", "title", "assistance")}
    kind = AlertKind.objects.order_by("pk").first()
    row = AlertPreset.objects.create(site=scene.site, kind=kind, **words, **MACHINE)
    scene.kept["preset"] = row.pk


def preset(scene: Scene) -> AlertPreset:
    """Give what alerts start out as, with other words typed over it."""
    row = AlertPreset.objects.get(pk=scene.kept["preset"])
    language = MissionSettings.for_site(scene.site).first_language
    row.assistance = Texts({language: OTHER_WORDS})
    return row


@deed(124, _("Ask for a change of a preset of alerts"))
def ask_preset(scene: Scene, by: User) -> Iterator[None]:
    """Ask for other words."""
    yield from facts.asks(scene, by, preset(scene))


@deed(125, _("Confirm a change of a preset that a colleague asked for"), Takes.TWO)
def confirm_preset(scene: Scene, by: User) -> Iterator[None]:
    """Confirm what a colleague asked for."""
    yield from facts.confirms(scene, by, preset(scene))


@deed(126, _("Confirm a change of a preset that one asked for oneself"), Takes.NOBODY)
def confirm_own_preset(scene: Scene, by: User) -> Iterator[None]:
    """Ask, and confirm it oneself."""
    yield from facts.confirms_own(scene, by, preset(scene))


@deed(127, _("Change a preset of alerts alone"), Takes.NOBODY)
def change_preset(scene: Scene, by: User) -> Iterator[None]:
    """Store other words by what the staff pages store it with."""
    yield from facts.stores_alone(scene, by, preset(scene), "assistance")


@deed(128, _("Change a preset of alerts in the Django admin"), Takes.NOBODY)
def change_preset_there(scene: Scene, by: User) -> Iterator[None]:
    """Store other words on the screen for reference data, which only shows them."""
    row = preset(scene)
    data = {
        "site": row.site_id,
        "kind": row.kind_id,
        "hours": row.hours,
        "sort_order": 1,
        **MACHINE,
    }
    for name in ("name", "title", "assistance"):
        data |= {f"{name}_{code}": text for code, text in getattr(row, name).items()}
    yield
    posted(by, reverse("admin:advisories_alertpreset_change", args=[row.pk]), data)
    refuse_unless(AlertPreset.objects.filter(pk=row.pk, assistance=row.assistance).exists())
