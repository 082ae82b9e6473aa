"""The screen of what waits for a second person, with its buttons, and its panel."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.apps import apps
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.models import Page, get_page_models

from embassy import approval
from embassy.acts import requested, requested_facts
from embassy.acts.alone import with_all_below
from embassy.acts.proof import given_in
from embassy.acts.requested import codes_for_facts
from embassy.acts.requested_facts import RIGHTS as FACT_ACTS
from embassy.acts.requested_words import differences, kind_in_words, once_confirmed, since_asked
from embassy.approval import Refused
from embassy.clock import clocks
from embassy.mission.belonging import sites_of
from embassy.models import MissionRole, MissionSettings, RequestedAct, User
from embassy.models.scoped import Fact
from embassy.translations import originals

Act = RequestedAct.Act
Step = Callable[[HttpRequest, RequestedAct], str]
SHOWN = 10
"""How much of each kind the first screen names."""

LATEST = 20
"""How many requests that were answered the list names."""


def waiting_for(user, at: datetime):
    """Query what waits in the missions somebody works for."""
    rows = RequestedAct.objects.filter(site__in=sites_of(user)).waiting(at)
    return rows.select_related("asked_by", "site", "content_type")


def done_alone_in(user):
    """Query what one person did alone in the missions somebody works for."""
    rows = RequestedAct.objects.filter(site__in=sites_of(user)).done_alone()
    return rows.select_related("asked_by", "decided_by", "site", "content_type")


def came_back_to(user, at: datetime):
    """Query what somebody asked for that was declined."""
    rows = RequestedAct.objects.filter(site__in=sites_of(user)).came_back(user, at)
    return rows.select_related("decided_by", "site", "content_type")


def shown(request: RequestedAct, user, typed: dict | None = None) -> dict:
    """Give what the screen shows of a request: what, by whom, since when, old and new."""
    subject = requested.subject_of(request)
    told = {
        "request": request,
        "kind": kind_in_words(request),
        "label": request.label,
        "asked": on_clock(request, request.asked_at),
        "worded_by": worded_by(request),
        "decided": on_clock(request, request.decided_at),
        "may": steps_for(user, request, subject),
        "typed": typed or {},
    }
    if subject is not None and request.decided_at is None:
        if requested.half_of(request.act) is requested_facts:
            told["label"] = str(subject)  # in the language of who reads it
        told["since"] = since_asked(request, subject)
        told["stay"] = that_stay_after(request, subject)
        told["address"] = AdminURLFinder(user).get_edit_url(subject) if subject.pk else ""
    if subject is not None or request.decided_at is not None:
        told["differences"] = differences(request, subject)
    return told


def worded_by(request: RequestedAct) -> str:
    """Name who else had a hand in what is asked, beside whoever asked last."""
    others = set(request.writers) - {request.asked_by_id}
    people = User.objects.filter(pk__in=others).order_by("pk") if others else []
    return get_text_list(list(map(str, people)), _("and"))


def that_stay_after(request: RequestedAct, subject) -> list[Page]:
    """Give the translations that readers keep when what was asked is done."""
    if request.act == Act.UNPUBLISH:
        return originals.that_stay([subject])
    if request.act == Act.DELETE:
        return originals.that_stay(with_all_below(subject).select_related("locale"))
    return []


def on_clock(request: RequestedAct, moment: datetime | None) -> str:
    """Write a moment on the clock of a request's mission, and name it."""
    zone = MissionSettings.for_site(request.site).time_zone
    return clocks.in_words(moment, zone) if moment else ""


def steps_for(user, request: RequestedAct, subject) -> dict[str, bool]:
    """Say which buttons an account has now; the steps themselves ask again."""
    half = requested.half_of(request.act)
    may = subject is not None and half.may_confirm(user, request, subject)
    if request.decided_at is not None:
        may = may or approval.has_right(user, request.site, "embassy", "confirm_requestedact")
        another = approval.is_second_person(user, {*request.writers, request.decided_by_id})
        return {"stand_by": may and another}
    another = approval.is_second_person(user, request.writers)
    asks = subject is not None and half.may_ask(user, request, subject)
    return {
        "confirm": may and another,
        "decline": may and another,
        "withdraw": not another,
        "break_glass": asks and not another and requested.may_break_glass(user, request),
    }


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for a second person."""
    return listed(request)


def listed(request: HttpRequest, refused: int | None = None) -> HttpResponse:
    """Show the list; what was typed into a form that was refused stays in it."""
    if not sites_of(request.user):
        raise PermissionDenied
    typed = request.POST if refused is not None else {}
    items = [
        shown(one, request.user, typed if one.pk == refused else None)
        for one in waiting_for(request.user, timezone.now())
    ]
    alone = [shown(one, request.user) for one in done_alone_in(request.user)]
    several = sum(item["may"].get("confirm", False) for item in items) > 1
    answered = RequestedAct.objects.filter(site__in=sites_of(request.user))
    answered = answered.answered(timezone.now()).select_related("asked_by", "decided_by")
    context = {"items": items, "alone": alone, "several": several, "answered": answered[:LATEST]}
    return TemplateResponse(request, "embassy/requested/list.html", context)


def confirm(request: HttpRequest, act: RequestedAct) -> str:
    """Do what was read."""
    done = requested.confirm(request.user, act, timezone.now(), request.POST.get("read", ""))
    follow(request, done)
    return _("Confirmed. %(then)s") % {"then": once_confirmed(done)}


def decline(request: HttpRequest, act: RequestedAct) -> str:
    """Send it back with a reason."""
    requested.decline(request.user, act, timezone.now(), request.POST.get("reason", ""))
    return _("Declined. Everything stays as it is.")


def withdraw(request: HttpRequest, act: RequestedAct) -> str:
    """Take back one's own."""
    requested.withdraw(request.user, act, timezone.now())
    return _("Withdrawn. Everything stays as it is.")


def break_glass(request: HttpRequest, act: RequestedAct) -> str:
    """Do one's own alone, after proof of who it is."""
    now, sent = timezone.now(), request.POST
    requested.prove(request.user, given_in(sent), act, now)
    done = requested.break_glass(
        request.user, act, now, sent.get("read", ""), sent.get("urgency", "")
    )
    follow(request, done)
    return _("Done by you alone. Everybody sees that until a second person confirms it.")


def stand_by(request: HttpRequest, act: RequestedAct) -> str:
    """Be the second person for what one did alone."""
    requested.stand_by(request.user, act, timezone.now(), request.POST.get("read", ""))
    return _("Confirmed. Two people stand behind it now.")


STEPS: dict[str, Step] = {
    "confirm": confirm,
    "decline": decline,
    "withdraw": withdraw,
    "break_glass": break_glass,
    "stand_by": stand_by,
}
FOLLOWING = {
    Act.CREATE: "after_create_snippet",
    Act.CHANGE: "after_edit_snippet",
    Act.UNPUBLISH: "after_unpublish_page",
    Act.MOVE: "after_move_page",
}
"""What Wagtail runs after a screen of its own has done this."""


def follow(request: HttpRequest, done: RequestedAct) -> None:
    """Let the apps say and do what follows an act that was carried out."""
    subject = requested.subject_of(done) if done.act != Act.CREATE else stored_by(done)
    for hook in hooks.get_hooks(FOLLOWING.get(Act(done.act), "")):
        hook(request, subject)


def stored_by(done: RequestedAct):
    """Find the row that a request entered."""
    return done.content_type.model_class()._base_manager.get(pk=done.object_id)


@require_POST
def answer(request: HttpRequest, requested_act_id: int) -> HttpResponse:
    """Take the step whose button was pressed."""
    act = own_or_404(request, requested_act_id)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    try:
        messages.success(request, step(request, act))
    except Refused as refused:
        messages.error(request, str(refused))
        return listed(request, refused=act.pk)
    return redirect("requested_acts")


@require_POST
def confirm_several(request: HttpRequest) -> HttpResponse:
    """Confirm all that were marked, each by itself, and say of each that stays why."""
    count = 0
    for chosen in request.POST.getlist("chosen"):
        key, _mark, read = chosen.partition(":")
        act = own_or_404(request, int(key) if key.isdecimal() and len(key) < 19 else 0)
        try:
            follow(request, requested.confirm(request.user, act, timezone.now(), read))
            count += 1
        except Refused as refused:
            told = {"label": act.label, "text": refused}
            messages.error(request, _("%(label)s: %(text)s") % told)
    if count:
        words = ngettext("%(n)s request was confirmed.", "%(n)s requests were confirmed.", count)
        messages.success(request, words % {"n": count})
    elif not request.POST.getlist("chosen"):
        messages.warning(request, _("Mark what you have read and want to confirm."))
    return redirect("requested_acts")


def own_or_404(request: HttpRequest, key: int) -> RequestedAct:
    """Find a request of the missions somebody works for."""
    rows = RequestedAct.objects.filter(site__in=sites_of(request.user))
    found = rows.select_related("site", "content_type").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def count_for(user, at: datetime) -> int:
    """Count what somebody can confirm now, with what one person did alone."""
    theirs = of_their_roles(user)
    alone = done_alone_in(user).filter(theirs).exclude(decided_by=user)
    alone = alone.exclude(writers__contains=[user.pk])
    return for_second(user, at, theirs).count() + alone.count()


def for_second(user, at: datetime, theirs: Q):
    """Query what waits for somebody as the second person, however much it is."""
    return waiting_for(user, at).filter(theirs).exclude(writers__contains=[user.pk])


def of_their_roles(user) -> Q:
    """Word which requests an account's roles let it confirm, in two queries."""
    if user.is_superuser:
        return Q()
    roles = MissionRole.objects.filter(group__in=user.groups.all())
    found = Q(pk__in=[])
    for site, code in roles.values_list("site", "role"):
        models = models_confirmed_by(code)
        found |= Q(site=site, content_type__in=models, act__in=FACT_ACTS)
        found |= Q(site=site, object_id__in=pages_let_out_by(code)) & ~Q(act__in=FACT_ACTS)
    return found


def models_confirmed_by(code: str) -> list[ContentType]:
    """Give the kinds of facts of which a role confirms changes."""
    facts = [model for model in apps.get_models() if issubclass(model, Fact)]
    kinds = ContentType.objects.get_for_models(*facts)
    return [
        kind for model, kind in kinds.items() if code in codes_for_facts(model._meta.label_lower)
    ]


def pages_let_out_by(code: str):
    """Query the keys of the pages of which a role confirms what is asked."""
    models = [model for model in get_page_models() if code in getattr(model, "approved_by", ())]
    kinds = ContentType.objects.get_for_models(*models).values()
    pages = Page.objects.filter(content_type__in=kinds)
    return pages.annotate(key=Cast("pk", TextField())).values("key")


def called(requests: Iterable[RequestedAct]) -> list[RequestedAct]:
    """Give requests with facts named in the language of who reads, in one query for each kind.

    A page keeps its title, which is in a language of its own.
    """
    rows = list(requests)
    facts = [row for row in rows if row.act in FACT_ACTS and row.object_id]
    for kind in {row.content_type for row in facts}:
        keys = [row.object_id for row in facts if row.content_type == kind]
        stored = kind.model_class()._base_manager.filter(pk__in=keys)
        names = {str(one.pk): str(one) for one in stored}
        for row in facts:
            if row.content_type == kind:
                row.label = names.get(row.object_id, row.label)
    return rows


class RequestedPanel(Component):
    """On the first screen: what waits for a second person."""

    name = "requested"
    order = 20
    template_name = "embassy/requested/panel.html"

    def get_context_data(self, parent_context) -> dict:
        """Give what waits for somebody, what of theirs waits or came back, what one did alone."""
        request = parent_context["request"]
        at, user = timezone.now(), request.user
        mine = for_second(user, at, of_their_roles(user))
        own = waiting_for(user, at).filter(writers__contains=[user.pk])
        return {
            "mine": called(mine[:SHOWN]),
            "more_of_mine": mine.count() - SHOWN,
            "own": called(own[:SHOWN]),
            "more_of_own": own.count() - SHOWN,
            "alone": called(done_alone_in(user)),
            "declined": called(came_back_to(user, at)[:SHOWN]),
            "csrf_token": get_token(request),
        }
