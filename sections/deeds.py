"""What is tried for the matrix of rights: pages of offices, and questions that readers asked."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from embassy.matrix import deed
from embassy.matrix.approving import tries_approval
from embassy.matrix.scene import WORDS, Scene
from embassy.models import User
from sections import question_desk, questions
from sections.models import OfficeIndexPage, OfficePage, Question

tries_approval(
    14,
    "office",
    _("Approve a colleague’s page: office"),
    OfficePage,
    OfficeIndexPage,
    lambda scene: {"kind": OfficePage.Kind.AGENCY},
)


def asked(scene: Scene) -> Question:
    """Make a question that waits."""
    about = {"office_name": WORDS, "reference": "MATRIX", "language": "en", "text": WORDS}
    return Question.objects.create(site=scene.site, asked_at=scene.at, **about)


@deed(90, _("Read a question of a reader"))
def read_question(scene: Scene, by: User) -> Iterator[None]:
    """Find a question among those that the list shows."""
    question = asked(scene)
    yield
    question_desk.question_read_by(by, question.pk)


@deed(91, _("Say that a question was answered"))
def answer_question(scene: Scene, by: User) -> Iterator[None]:
    """Settle it."""
    question = asked(scene)
    yield
    questions.settle(question, question.state, Question.State.ANSWERED, by, scene.at)
