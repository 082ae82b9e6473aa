"""Beginning an alert: one press on a preset makes a draft with everything but today's words."""

from datetime import datetime
from itertools import chain, count

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page
from wagtail.permissions import policy_registry

from advisories.lifecycle import clearance_of, may
from advisories.models import (
    AlertContact,
    AlertIndexPage,
    AlertKind,
    AlertPage,
    AlertPreset,
    AlertText,
    Incident,
)
from advisories.vocabulary import Certainty, ResponseType, Right, Severity, Urgency
from embassy.mission.belonging import sites_of
from embassy.models import ContactPoint, MissionSettings
from embassy.roles import roles_that_may


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Offer the presets of the missions somebody writes for; begin with the one chosen."""
    sites = [site for site in sites_of(request.user) if may(request.user, Right.WRITE, site)]
    if not sites:
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else request.GET
    incident = incident_among(sites, sent.get("incident", ""))
    sites = [incident.site] if incident else sites
    presets = AlertPreset.objects.filter(site__in=sites, kind__in_use=True)
    presets = presets.select_related("kind", "site")
    if request.method != "POST":
        return offer(request, sites, presets, incident)
    preset = chosen(request.POST, presets, sites)
    if preset is None:
        raise Http404
    status = request.POST.get("status", "Actual")
    page = begin(preset, request.user, timezone.now(), status, incident)
    if page is None:
        messages.error(request, _("Publish the list of alerts first: alerts stand below it."))
        return redirect("warnings_new")
    return redirect("wagtailadmin_pages:edit", page.pk)


def offer(request: HttpRequest, sites: list, presets, incident: Incident | None) -> HttpResponse:
    """Show what an alert can start out as."""
    kinds = AlertKind.objects.filter(in_use=True)
    kinds = kinds.exclude(pk__in=presets.values("kind")) if len(sites) == 1 else kinds
    context = {"presets": presets, "missions": sites, "kinds": kinds, "incident": incident}
    context |= presets_for(request.user, sites)
    return TemplateResponse(request, "advisories/desk/new.html", context)


def incident_among(sites: list, number: str) -> Incident | None:
    """Find the incident of one of some missions that the alert is to be about; it may be none."""
    if not number:
        return None
    found = number.isdecimal() and len(number) < 19
    return get_object_or_404(Incident, site__in=sites, pk=number if found else 0)


def presets_for(user, sites: list) -> dict:
    """Say whether an account may make presets for one of some missions, or else which roles may."""
    policy = policy_registry.get_by_type(AlertPreset)
    may = any(
        policy.user_has_permission_for_instance(user, "add", AlertPreset(site=site))
        for site in sites
    )
    makers = roles_that_may("add", "advisories.alertpreset")
    return {"may_make_presets": may, "makers_of_presets": ", ".join(makers)}


def chosen(sent, presets, sites: list) -> AlertPreset | None:
    """Give the preset that was pressed, or one made of a kind alone: its usual hours, no words."""
    number, kind, site = (sent.get(name, "") for name in ("preset", "kind", "site"))
    if number:
        return presets.filter(pk=number).first() if number.isdecimal() else None
    found = AlertKind.objects.filter(in_use=True, pk=kind).first() if kind.isdecimal() else None
    mission = next((one for one in sites if str(one.pk) == site), None)
    if found is None or mission is None:
        return None
    plain = {"urgency": Urgency.UNKNOWN, "severity": Severity.UNKNOWN}
    plain |= {"certainty": Certainty.UNKNOWN, "response_type": ResponseType.MONITOR}
    about = {"site": mission, "kind": found, "hours": found.usual_hours, "title": found.name}
    return AlertPreset(**about, **plain, category=found.category)


@transaction.atomic
def begin(
    preset: AlertPreset, by, at: datetime, status: str, incident: Incident | None = None
) -> AlertPage | None:
    """Make the draft; None for a mission that has no list of alerts."""
    home = preset.site.root_page
    parent = AlertIndexPage.objects.child_of(home).first()
    if parent is None:
        return None
    name = str(preset.title)
    page = AlertPage(
        title=name,
        draft_title=name,
        slug=free_slug(parent, f"{at:%Y-%m-%d-%H%M%S}"),
        live=False,
        locale=parent.locale,
        owner=by,
        status=status if status in ("Actual", "Exercise", "Test") else "Actual",
        incident=incident,
        **preset.fields_of_alert(at),
    )
    mission = MissionSettings.for_site(preset.site)
    page.texts = [
        AlertText(language=code, sort_order=order, **preset.text_in(code))
        for order, code in enumerate(mission.languages)
    ]
    contacts = ContactPoint.objects.for_site(preset.site).for_emergencies()
    page.contact_rows = [
        AlertContact(contact=contact, sort_order=order) for order, contact in enumerate(contacts)
    ]
    parent.add_child(instance=page)
    page.save_revision(user=by, clean=False)
    clearance_of(page)
    return page


def free_slug(parent: AlertIndexPage, wished: str) -> str:
    """Give an address below the list of alerts that nobody else takes until this is stored."""
    Page.objects.select_for_update().get(pk=parent.pk)
    taken = set(parent.get_children().values_list("slug", flat=True))
    tries = chain([wished], (f"{wished}-{number}" for number in count(2)))
    return next(slug for slug in tries if slug not in taken)
