"""“Was this page useful?”: a yes or a no below a page, and a word of why.

Of the reader nothing is kept, of the time the day. Only pages that everybody may read now take one.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from wagtail.models import Page, Site

from embassy.mission.belonging import site_of
from embassy.models import MissionSettings, Remark
from embassy.pages import open_to_all
from embassy.readers import flood
from embassy.readers.networks import client_of
from embassy.readers.open_forms import AtMost, OpenForm, TypedField, open_form

LARGEST_KEY = 2**31
ANSWERS = {"yes": True, "no": False}


class RemarkForm(OpenForm):
    """A yes or a no, and a word of why."""

    useful = forms.ChoiceField(
        choices=[(answer, answer) for answer in ANSWERS],
        error_messages={
            "required": gettext_lazy("Press Yes or No."),
            "invalid_choice": gettext_lazy("Press Yes or No."),
        },
    )
    why = TypedField(
        required=False,
        validators=[AtMost(lambda: settings.REMARKS["characters"])],
    )


@open_form
def take(request: HttpRequest) -> HttpResponse:
    """Store what a reader says of a page, and thank them; say why not, with the words still there.

    A form that went into the trap is thanked for, too. There is nothing to read here.
    """
    if request.method != "POST":
        return redirect("wagtail_serve", "")
    page = public_page(request.POST.get("page", ""), Site.find_for_request(request))
    form = RemarkForm(request.POST)
    context = {"page": page, "form": form}
    status = 200
    if not form.is_valid():
        context["errors"] = [error for errors in form.errors.values() for error in errors]
        status = 400
    elif not form.is_trapped:
        try:
            store(page, form.cleaned_data, client_of(request), timezone.now())
        except flood.Flood as refused:
            context["errors"], status = [sentence(refused)], 429
    response = TemplateResponse(request, "embassy/remarked.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def public_page(key: str, site: Site | None) -> Page:
    """Find a page of a mission that everybody may read now; no other takes remarks."""
    if site is None or not key.isdecimal() or len(key) > 10 or int(key) >= LARGEST_KEY:
        raise Http404
    page = open_to_all(Page.objects.filter(pk=int(key))).first()
    if page is None or site_of(page) != site:
        raise Http404
    return page.specific


def store(page: Page, said: dict, address: str, at: datetime) -> None:
    """Store a remark, once however often the button is pressed; raises Flood."""
    site = site_of(page)
    zone = ZoneInfo(MissionSettings.for_site(site).time_zone)
    remark = Remark(
        site=site,
        page=Page(pk=page.pk),
        language=get_language(),
        is_useful=ANSWERS[said["useful"]],
        why=said["why"],
        day=at.astimezone(zone).date(),
    )
    words = [str(page.pk), said["useful"], said["why"], flood.key_of(address, at)]
    flood.once(limits(), f"site:{site.pk}", address, words, at, lambda: stored(remark))


def limits() -> flood.Limits:
    """Give how many are taken."""
    return flood.Limits("remark", **settings.REMARKS["limits"])


def stored(remark: Remark) -> str:
    """Store it; there is nothing to refer to it by."""
    remark.save()
    return ""


def sentence(refused: flood.Flood) -> str:
    """Say how long to wait."""
    return ngettext(
        "Very many answers came within a short time. Wait %(count)s minute, then press again.",
        "Very many answers came within a short time. Wait %(count)s minutes, then press again.",
        refused.minutes,
    ) % {"count": refused.minutes}
