"""The staff screens of posts, and of the questions that readers ask."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from embassy.acts.requested_views import FactViewSet
from embassy.auditing import audit_screens
from embassy.mission.scoped_views import yes_or_no
from embassy.upkeep import LOOK_AFTER
from sections import question_desk, questions
from sections.models import Post, Question
from sections.upkeep import ended, questions_waiting


class Posts(FactViewSet):
    """Posts of the mission; who holds them stands on the officials' pages."""

    model = Post
    icon = "user"
    menu_label = _("Posts")
    menu_order = 160
    add_to_admin_menu = True
    list_display = [
        "title",
        "sort_order",
        yes_or_no("is_chief_of_mission", _("heads the mission")),
        yes_or_no("abolished", _("no longer exists")),
    ]


register_snippet(Posts)
hooks.register(LOOK_AFTER, questions_waiting)
hooks.register(LOOK_AFTER, ended)
audit_screens.watch("questions", _("Questions"))
audit_screens.watch("question", _("Question"))


@hooks.register("register_admin_urls")
def addresses() -> list:
    """Give the addresses of the list of questions and of each."""
    return [
        path("questions/", question_desk.QuestionsView.as_view(), name="questions"),
        path("questions/<int:pk>/", question_desk.QuestionView.as_view(), name="question"),
    ]


class ToQuestions(MenuItem):
    """Shown to who may read questions of any mission."""

    def is_shown(self, request) -> bool:
        """Ask for the right."""
        return bool(question_desk.sites_read_by(request.user))


@hooks.register("register_admin_menu_item")
def questions_in_menu() -> MenuItem:
    """Lead to the questions from the menu."""
    title = _("Questions")
    return ToQuestions(title, reverse_lazy("questions"), icon_name="comment", order=165)


@hooks.register("register_log_actions")
def name_the_steps(actions) -> None:
    """Name the buttons in the log."""
    named = {
        Question.State.ANSWERED: _("Question answered"),
        Question.State.SET_ASIDE: _("Question set aside"),
        Question.State.WAITING: _("Question waits again"),
    }
    for state, name in named.items():
        actions.register_action(questions.ACTIONS[state], name, name)
