"""The life of a requested act: asked for by one person, confirmed or declined by a second.

It guards what the public reads at once and no revision holds back: facts of a mission, and pages
that are silenced, moved or deleted. Who wrote any of a request never confirms it, whatever their
rights. Each step is one transaction; it locks first what the request is about, then the request,
so that of two answers at once one counts.
"""

from datetime import datetime
from types import ModuleType

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from embassy import approval
from embassy.acts import proof, requested_facts, requested_pages
from embassy.approval import Refused
from embassy.mail import letters
from embassy.mail.letters import Why
from embassy.models import RequestedAct, User
from embassy.models.requested_act import digest_of, kind_of
from embassy.roles import codes_that_may
from embassy.texts.invisible import invisible_in

Act, Outcome = RequestedAct.Act, RequestedAct.Outcome

ASKED = "embassy.act_asked"
REWORDED = "embassy.act_reworded"
CONFIRMED = "embassy.act_confirmed"
CONFIRMED_ALONE = "embassy.act_confirmed_alone"
STOOD_BY = "embassy.act_stood_by"
DECLINED = "embassy.act_declined"
WITHDRAWN = "embassy.act_withdrawn"
LETTERS = "act"
"""What letters call a request."""


class Overtaken(Refused):
    """A change that somebody else's change came before; its text asks to compare the two."""


def half_of(act: str) -> ModuleType:
    """Give what knows how to do an act: that of facts, or that of pages."""
    return requested_facts if act in requested_facts.RIGHTS else requested_pages


def subject_of(request: RequestedAct) -> Model | None:
    """Find what a request is about; nothing when that is gone."""
    return half_of(request.act).subject_of(request)


def ask(
    by: User,
    subject: Model,
    act: str,
    at: datetime,
    parameters: dict | None = None,
    reason: str = "",
    read: str | None = None,
) -> RequestedAct | None:
    """Ask for an act; the same asked again is the same request, and what changes nothing is none.

    `read` is what its writer had before their eyes (`standing_of`), if that can be known.
    """
    refuse_unseen(reason)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        lock(subject)
        wanted = worded(by, subject, act, at, parameters or {}, reason.strip())
        if wanted.site_id is None or not half_of(act).may_ask(by, wanted, subject):
            raise PermissionDenied
        found = open_like(wanted, at)
        if found is not None and is_same(found, wanted):
            return found
        refuse_when_it_changed(subject, found, wanted, read)
        return None if half_of(act).is_nothing(wanted) else store(wanted, found)


def worded(
    by: User, subject: Model, act: str, at: datetime, parameters: dict, reason: str
) -> RequestedAct:
    """Give a request, not stored, with how its subject stands now."""
    half = half_of(act)
    return RequestedAct(
        site=half.site_of(subject),
        content_type=kind_of(subject),
        object_id=str(subject.pk or ""),
        label=label_of(subject),
        act=act,
        parameters=parameters,
        before=half.state_of(subject, act, parameters),
        reason=reason,
        asked_by=by,
        asked_at=at,
        writers=[by.pk],
    )


def open_like(wanted: RequestedAct, at: datetime) -> RequestedAct | None:
    """Find the request that waits for the same act, and let it lapse if it waited too long."""
    alike = RequestedAct.objects.select_for_update().undecided()
    alike = alike.filter(content_type=wanted.content_type, object_id=wanted.object_id)
    alike = alike.filter(act=wanted.act)
    if not wanted.object_id:
        alike = alike.filter(site=wanted.site, parameters=wanted.parameters)
    found = alike.order_by("-asked_at").first()
    if found is None or found.is_waiting(at):
        return found
    alike.update(decided_at=at, outcome=Outcome.LAPSED)
    return None


def is_same(found: RequestedAct, wanted: RequestedAct) -> bool:
    """Whether what is asked waits already; one of its writers may have another reason by now."""
    if wanted.asked_by_id in found.writers and wanted.reason not in ("", found.reason):
        return False
    return (found.parameters, found.before) == (wanted.parameters, wanted.before)


def refuse_when_it_changed(
    subject: Model, found: RequestedAct | None, wanted: RequestedAct, read: str | None
) -> None:
    """Refuse to write over what somebody else stored or asked for meanwhile."""
    if found is not None and half_of(wanted.act) is requested_pages:
        if wanted.asked_by_id not in found.writers:
            raise Refused(
                _("%(person)s has asked for this already, in another way. See to that first.")
                % {"person": found.asked_by or _("Somebody")}
            )
    elif is_unread(subject, found, wanted, read):
        raise Overtaken(
            _(
                "Somebody changed this, or asked for a change of it, after you opened it. What you "
                "typed is kept below. Compare it with theirs, and store it again if it holds."
            )
        )


def is_unread(
    subject: Model, found: RequestedAct | None, wanted: RequestedAct, read: str | None
) -> bool:
    """Whether somebody writes over what they did not have before their eyes."""
    if not subject.pk:
        return False
    if read is None:
        return found is not None and wanted.asked_by_id not in found.writers
    return read != standing_of(subject, found)


def standing_of(subject: Model, found: RequestedAct | None) -> str:
    """Tell how a row stands, and what is asked of it, from how it stood before."""
    stored = type(subject)._base_manager.get(pk=subject.pk)
    return digest_of([requested_facts.values_of(stored), found and found.reading])


def store(wanted: RequestedAct, found: RequestedAct | None) -> RequestedAct:
    """Store a request, in the place of the one that waits; who worded that stays a writer."""
    if found is not None:
        wanted.pk = found.pk
        wanted.writers = sorted({*found.writers, *wanted.writers})
    wanted.save()
    note(REWORDED if found is not None else ASKED, wanted, wanted.asked_by)
    people = approval.people_in(codes_confirming(wanted), wanted.site)
    people = people.exclude(pk__in=wanted.writers)
    letters.owe(wanted.site, LETTERS, str(wanted.pk), Why.WAITS, people, wanted.asked_at)
    return wanted


def codes_confirming(request: RequestedAct) -> list[str]:
    """Give the codes of the roles that may confirm a request."""
    if half_of(request.act) is requested_pages:
        return requested_pages.codes_confirming(subject_of(request), request.act)
    return codes_for_facts(request.content_type.model_class()._meta.label_lower)


def codes_for_facts(model: str) -> list[str]:
    """Give the codes of the roles that confirm changes of a kind of fact."""
    codes = [*codes_that_may("change", model), *codes_that_may("confirm", "embassy.requestedact")]
    return list(dict.fromkeys(codes))


def lock(subject: Model) -> None:
    """Let nobody else ask for or do anything to a page or a row until the transaction ends."""
    model = Page if isinstance(subject, Page) else type(subject)
    if subject.pk:
        list(model._base_manager.select_for_update().filter(pk=subject.pk).values_list("pk"))


def label_of(subject: Model) -> str:
    """Give what something is called, as it is stored; of a new thing what it is to be called."""
    if isinstance(subject, Page):
        return subject.get_admin_display_title()[:255]
    stored = type(subject)._base_manager.filter(pk=subject.pk).first() if subject.pk else None
    return str(stored or subject)[:255]


def confirm(by: User, request: RequestedAct, at: datetime, read: str) -> RequestedAct:
    """Do what was asked, if it is what the second person has read (`RequestedAct.reading`)."""
    with transaction.atomic():
        request, subject = answered(by, request, at)
        if not approval.is_second_person(by, request.writers):
            raise Refused(approval.second_person_needed())
        refuse_unread(request, read)
        do(request, subject, by, at, CONFIRMED)
    return request


def break_glass(
    by: User, request: RequestedAct, at: datetime, read: str, urgency: str
) -> RequestedAct:
    """Do alone what cannot wait, with a reason that all see until a second person stands by it.

    Proof of who it is was asked before (`embassy.acts.proof`).
    """
    if not urgency.strip():
        raise Refused(_("Say why this cannot wait for a second person."))
    refuse_unseen(urgency)
    with transaction.atomic():
        request, subject = answered(by, request, at, "may_ask")
        if not may_break_glass(by, request):
            raise PermissionDenied
        if approval.is_second_person(by, request.writers):
            raise Refused(_("You wrote none of this: confirm it as the second person."))
        refuse_unread(request, read)
        request.broke_glass, request.urgency = True, urgency.strip()
        do(request, subject, by, at, CONFIRMED_ALONE)
    return request


def may_break_glass(user: User, request: RequestedAct) -> bool:
    """Whether somebody may do alone what they may ask for."""
    return approval.has_right(user, request.site, "embassy", "break_glass_requestedact")


def answered(
    by: User, request: RequestedAct, at: datetime, right: str = "may_confirm"
) -> tuple[RequestedAct, Model]:
    """Give a request and what it is about as they are now, locked, to who may answer it."""
    subject = subject_of(request)
    if subject is not None:
        lock(subject)
    request = locked(request)
    subject = subject_of(request)
    if subject is None:
        raise Refused(_("What this is about is gone. Withdraw the request."))
    if not getattr(half_of(request.act), right)(by, request, subject):
        raise PermissionDenied
    refuse_answered(request, at)
    return request, subject


def locked(request: RequestedAct) -> RequestedAct:
    """Give a request as it is now, locked."""
    rows = RequestedAct.objects.select_for_update(of=["self"]).select_related("site")
    return rows.get(pk=request.pk)


def refuse_answered(request: RequestedAct, at: datetime) -> None:
    """Refuse what no longer waits."""
    if request.outcome == Outcome.CONFIRMED:
        raise Refused(_("A colleague was faster: this was confirmed already."))
    if request.decided_at is not None:
        raise Refused(_("This no longer waits: it was declined or withdrawn."))
    if not request.is_waiting(at):
        raise Refused(_("This waited too long and has lapsed. Ask for it again."))


def refuse_unread(request: RequestedAct, read: str) -> None:
    """Refuse to let out what changed after it was read."""
    if read != request.reading:
        raise Refused(_("This was changed after you opened it. Read it again."))


def do(request: RequestedAct, subject: Model, by: User, at: datetime, action: str) -> None:
    """Carry an act out, as it was asked and of what it was asked of."""
    half = half_of(request.act)
    refuse_asker_without_right(request, subject)
    if half.state_of(subject, request.act, request.parameters) != request.before:
        raise Refused(
            _(
                "What this is about was changed after it was asked. Below stands what is "
                "different: whoever asked looks at it again and stores it once more."
            )
        )
    decide(request, by, at, Outcome.CONFIRMED)
    if request.act != Act.CREATE:
        note(action, request, by)
    gone = half.gone_with(subject) if request.act in (Act.RETIRE, Act.DELETE) else None
    done = half.carry_out(request, subject, by)
    if request.act == Act.CREATE:
        request.object_id, request.label = str(done.pk), label_of(done)
        note(action, request, by)
    request.done_at = at
    forget_password(request)
    request.save()
    if gone is not None:
        same_kind = RequestedAct.objects.undecided().filter(content_type=request.content_type)
        same_kind.filter(**gone).update(decided_at=at, outcome=Outcome.LAPSED)


def refuse_asker_without_right(request: RequestedAct, subject: Model) -> None:
    """Refuse what was asked by an account that may not ask any more."""
    asker = request.asked_by
    half = half_of(request.act)
    if asker is None or not asker.is_active or not half.may_ask(asker, request, subject):
        raise Refused(_("Whoever asked for this may not do so any more. Decline it."))


def decide(request: RequestedAct, by: User, at: datetime, outcome: str) -> None:
    """Write down what became of a request."""
    request.decided_by, request.decided_at, request.outcome = by, at, outcome
    request.save()


def decline(by: User, request: RequestedAct, at: datetime, reason: str) -> RequestedAct:
    """Let a request come to nothing, with a reason for whoever asked."""
    if not reason.strip():
        raise Refused(_("Say why you decline it, so that whoever asked knows what to change."))
    refuse_unseen(reason)
    with transaction.atomic():
        request, _subject = answered(by, request, at)
        request.refusal = reason.strip()
        forget_password(request)
        decide(request, by, at, Outcome.DECLINED)
        note(DECLINED, request, by)
        writers = User.objects.filter(is_active=True, pk__in=request.writers)
        letters.owe(request.site, LETTERS, str(request.pk), Why.CAME_BACK, writers, at)
    return request


def withdraw(by: User, request: RequestedAct, at: datetime) -> RequestedAct:
    """Take back what one asked for oneself; also when what it is about is gone."""
    with transaction.atomic():
        subject = subject_of(request)
        if subject is not None:
            lock(subject)
        request = locked(request)
        if by.pk not in request.writers:
            raise PermissionDenied
        refuse_answered(request, at)
        forget_password(request)
        decide(request, by, at, Outcome.WITHDRAWN)
        note(WITHDRAWN, request, by)
    return request


def stand_by(by: User, request: RequestedAct, at: datetime, read: str) -> RequestedAct:
    """Be the second person for what one did alone."""
    with transaction.atomic():
        request = locked(request)
        subject = subject_of(request)
        half = half_of(request.act)
        may = half.may_confirm(by, request, subject) if subject is not None else False
        if not may and not approval.has_right(by, request.site, "embassy", "confirm_requestedact"):
            raise PermissionDenied
        if not RequestedAct.objects.done_alone().filter(pk=request.pk).exists():
            raise Refused(_("There is nothing to confirm: two people stand behind this."))
        if not approval.is_second_person(by, {*request.writers, request.decided_by_id}):
            raise Refused(approval.second_person_needed())
        refuse_unread(request, read)
        request.second, request.second_at = by, at
        request.save()
        note(STOOD_BY, request, by)
    return request


def prove(by: User, given: str, request: RequestedAct, at: datetime) -> None:
    """Refuse unless this proves the account, before it does something alone."""
    subject = subject_of(request)
    about = subject if isinstance(subject, Page) else request
    proof.prove(by, given, about, at)


def forget_password(request: RequestedAct) -> None:
    """Keep no password of a page longer than it is asked for."""
    request.parameters.pop("password", None)


def refuse_unseen(text: str) -> None:
    """Refuse a text with characters that nobody sees."""
    if sentence := invisible_in(text):
        raise Refused(sentence)


def note(action: str, request: RequestedAct, by: User) -> None:
    """Put a step on record, of what it is about if that is stored, else of the request."""
    subject = subject_of(request) if request.object_id else None
    data = {"act": request.act, "request": request.pk}
    stored = subject is not None and subject.pk is not None
    log(instance=subject if stored else request, action=action, user=by, data=data)
