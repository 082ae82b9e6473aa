"""Every write to a question: asked by a reader, settled by staff, erased after a time.

Whatever goes into logs names a question by its reference and its office, never by its words.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Site

from embassy.approval import Refused, has_right
from embassy.mail import forwarded
from embassy.models import User
from embassy.readers import flood
from sections.models import OfficePage, Question

State = Question.State
ABOUT = "question"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another
LONGEST_NOTE = 500
ACTIONS = {
    State.ANSWERED: "sections.answer_question",
    State.SET_ASIDE: "sections.set_question_aside",
    State.WAITING: "sections.reopen_question",
}


@dataclass(frozen=True)
class Asked:
    """What a reader typed, and in which language of the site."""

    text: str
    name: str
    mail: str
    phone: str
    language: str


def limits() -> flood.Limits:
    """Give how many questions are taken."""
    return flood.Limits("question", **settings.QUESTIONS["limits"])


def new_reference() -> str:
    """Give a short number that a reader can say on the phone."""
    return f"{get_random_string(4, LETTERS)}-{get_random_string(4, LETTERS)}"


def ask(site: Site, office: OfficePage, asked: Asked, address: str, at: datetime) -> str:
    """Store a question with the mail that forwards it, once; give its reference.

    `address` is that of the sender in the network. Raises flood.Flood with nothing stored.
    """
    original = in_first_language(office, site)
    words = [asked.text, asked.name, asked.mail, asked.phone]
    store = lambda: stored(site, original, asked, at)  # noqa: E731 - called in its transaction
    return flood.once(limits(), f"office:{original.pk}", address, words, at, store)


def in_first_language(office: OfficePage, site: Site) -> OfficePage:
    """Give an office's page in the mission's first language, where it has one."""
    same = OfficePage.objects.filter(translation_key=office.translation_key)
    return same.filter(locale=site.root_page.locale_id).first() or office


def stored(site: Site, office: OfficePage, asked: Asked, at: datetime) -> str:
    """Store a question, and owe its mail; give its reference."""
    question = Question.objects.create(
        site=site,
        office=office,
        office_name=office.title,
        reference=new_reference(),
        language=asked.language,
        text=asked.text,
        name=asked.name,
        mail=asked.mail,
        phone=asked.phone,
        asked_at=at,
    )
    forwarded.owe(site, ABOUT, str(question.pk), at)
    return question.reference


def may_read(user: User, site: Site) -> bool:
    """Whether an account may read a mission's questions."""
    return has_right(user, site, "sections", "view_question")


def may_settle(user: User, site: Site) -> bool:
    """Whether an account may say what became of a mission's questions."""
    return has_right(user, site, "sections", "change_question")


@transaction.atomic
def settle(
    question: Question, was: str, to: str, by: User, at: datetime, note: str = ""
) -> Question:
    """Say what became of a question that somebody saw in a state (`was`); safe to repeat.

    Raises PermissionDenied, or Refused when a colleague was faster.
    """
    row = Question.objects.select_for_update(of=["self"]).get(pk=question.pk)
    if not may_settle(by, row.site):
        raise PermissionDenied
    if to not in State.values:
        raise Refused(_("Choose what became of it."))
    if row.state == to and row.settled_by_id in (by.pk, None):
        return row
    if row.state != was:
        raise Refused(standing(row))
    if row.erased_at is not None:
        raise Refused(_("Its words are erased, so there is nothing left to answer."))
    waits = to == State.WAITING
    row.state, row.note = to, note[:LONGEST_NOTE]
    row.settled_by, row.settled_at = (None, None) if waits else (by, at)
    row.save(update_fields=["state", "note", "settled_by", "settled_at"])
    log(instance=row, action=ACTIONS[State(to)], user=by)
    return row


def standing(row: Question) -> str:
    """Say what became of a question meanwhile."""
    if row.state == State.WAITING:
        return _("A colleague says that it waits again.")
    words = {
        "who": row.settled_by or _("a former colleague"),
        "state": row.get_state_display(),
        "when": date_format(row.settled_at, "DATETIME_FORMAT"),
    }
    return _("Meanwhile %(who)s noted on %(when)s (UTC): %(state)s.") % words


def erase(at: datetime, dry_run: bool = False) -> dict[str, int]:
    """Erase name, address, words and note where their time is over; count by state."""
    rows = Question.objects.to_erase(at)
    counts = {state: rows.filter(state=state).count() for state in State.values}
    if not dry_run:
        nothing = dict.fromkeys(("text", "name", "mail", "phone", "note"), "")
        rows.update(**nothing, erased_at=at)
    return counts
