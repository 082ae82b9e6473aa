"""The mail that brings an office a question, and says whom to answer."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from embassy.language.languages import language_name
from embassy.mail import forwarded
from embassy.mail.forwarded import Forwarded
from embassy.mission.roots import root_of
from embassy.models import MissionSettings
from sections.models import Question
from sections.questions import ABOUT


def word(key: str) -> Forwarded | None:
    """Word the mail in the mission's first language; nothing once it was settled or erased.

    It goes to the address that the office's page names as it leaves.
    """
    rows = Question.objects.waiting().filter(pk=key, erased_at=None)
    question = rows.select_related("site", "office").first()
    if question is None or question.office is None or not question.office.questions_to:
        return None
    with override(MissionSettings.for_site(question.site).first_language):
        return Forwarded(
            to=question.office.questions_to,
            subject=_("Question %(reference)s for %(office)s") % about(question),
            text="\n\n".join(paragraphs(question)) + "\n",
            reply_to=question.mail,
        )


def about(question: Question) -> dict[str, str]:
    """Give what a question is called, in one line."""
    return {
        "reference": question.reference,
        "office": " ".join(question.office_name.split()),
    }


def paragraphs(question: Question) -> list[str]:
    """Give what the mail says, in the active language."""
    desk = root_of(question.site) + reverse("question", args=[question.pk])
    labeled = [
        (_("Name"), question.name),
        (_("Mail"), question.mail),
        (_("Phone"), question.phone),
        (_("Language"), language_name(question.language)),
        (_("Reference"), question.reference),
    ]
    line = _("%(label)s: %(text)s")
    said = [line % {"label": label, "text": text} for label, text in labeled if text]
    return [
        _("A reader of the website asks %(office)s:") % about(question),
        question.text,
        "\n".join(said),
        _("Nobody has checked who wrote this. Open no link in it that you do not expect."),
        _("An answer to this mail goes to the reader.")
        if question.mail
        else _("Do not answer this mail: the reader wants to be called."),
        _("Once it is answered, say so: %(address)s") % {"address": desk},
    ]


def named(keys: Iterable[str]) -> dict[str, str]:
    """Give the offices that questions are for."""
    rows = Question.objects.filter(pk__in=list(keys))
    return {str(pk): name for pk, name in rows.values_list("pk", "office_name")}


forwarded.about(ABOUT, word, named)
