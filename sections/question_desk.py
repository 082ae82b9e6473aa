"""The staff's screens of questions: the list, and one question with the steps that settle it.

The list shows no words and no addresses, so that only opening a question, which is put on record,
shows what a reader wrote.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.models import Site

from embassy.approval import Refused
from embassy.language.languages import language_name
from embassy.mission.belonging import sites_of
from embassy.models import User
from embassy.texts.invisible import without_invisible
from sections import questions
from sections.models import Question
from sections.models.questions import QuestionQuerySet

ON_A_PAGE = 50
State = Question.State


def sites_read_by(user: User) -> list[Site]:
    """Give the missions whose questions an account may read."""
    return [site for site in sites_of(user) if questions.may_read(user, site)]


def questions_read_by(user: User) -> QuestionQuerySet:
    """Give the questions an account may read; raises PermissionDenied where it reads none."""
    sites = sites_read_by(user)
    if not sites:
        raise PermissionDenied
    return Question.objects.filter(site__in=sites)


def question_read_by(user: User, pk: int) -> Question:
    """Give one of them; another is answered as if it were not there."""
    return get_object_or_404(questions_read_by(user).select_related("office", "settled_by"), pk=pk)


class QuestionsView(View):
    """The list, newest first, by state and by office."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a part of it; at first what waits."""
        rows = questions_read_by(request.user)
        named = rows.exclude(office=None).values_list("office", "office_name")
        offices = sorted({pk: name for pk, name in named}.items(), key=lambda office: office[1])
        state = request.GET.get("state", State.WAITING)
        office = request.GET.get("office", "")
        if state in State.values:
            rows = rows.filter(state=state)
        if office in [str(pk) for pk, _name in offices]:
            rows = rows.of_office(int(office))
        context = {
            "part": Paginator(rows.in_order(), ON_A_PAGE).get_page(request.GET.get("p")),
            "states": State.choices,
            "state": state,
            "offices": [(str(pk), name) for pk, name in offices],
            "office": office,
        }
        return TemplateResponse(request, "sections/questions/list.html", context)


class QuestionView(View):
    """One question."""

    model = Question

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it, with the buttons."""
        return self.shown(request, question_read_by(request.user, pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the step of a button and lead on to the list, or say why not."""
        row = question_read_by(request.user, pk)
        sent, at = request.POST, timezone.now()
        note = without_invisible(sent.get("note", "").replace("\r\n", "\n")).strip()
        if len(note) > questions.LONGEST_NOTE:
            words = {"most": questions.LONGEST_NOTE, "has": len(note)}
            messages.error(request, _("The note fits %(most)d characters; it has %(has)d.") % words)
            return self.shown(request, row, note)
        try:
            questions.settle(row, sent.get("was", ""), sent.get("to", ""), request.user, at, note)
        except Refused as refused:
            messages.error(request, str(refused))
            row.refresh_from_db()
            return self.shown(request, row, note)
        messages.success(request, _("Noted: %(question)s.") % {"question": row})
        return redirect("questions")

    def shown(self, request: HttpRequest, row: Question, note: str = "") -> HttpResponse:
        """Show a question."""
        can_settle = questions.may_settle(request.user, row.site) and row.erased_at is None
        context = {
            "question": row,
            "written_in": language_name(row.language),
            "waits": row.state == State.WAITING,
            "steps": [(s, label) for s, label in State.choices if s != row.state and can_settle],
            "note": note or row.note,
            "most": questions.LONGEST_NOTE,
        }
        return TemplateResponse(request, "sections/questions/question.html", context)
