"""Letters about warnings: to those who may approve one, to its writers when it is returned."""

from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from advisories.issuing import writers_of
from advisories.models import Clearance
from advisories.vocabulary import Right, State
from embassy import approval
from embassy.mail import letters
from embassy.mail.letters import Told, Why
from embassy.models import User
from embassy.models.letter import Letter

ABOUT = "warning"


def key_of(clearance: Clearance) -> str:
    """Name one submission of a warning."""
    return f"{clearance.page_id}:{clearance.reading}"


def tell_approvers(clearance: Clearance) -> None:
    """Tell whoever may approve what was submitted."""
    site = clearance.site
    people = approval.people_with(Right.APPROVE, "advisories", site)
    people = people.exclude(pk__in=writers_of(clearance.page))
    letters.owe(site, ABOUT, key_of(clearance), Why.WAITS, people, clearance.submitted_at)


def tell_writers(clearance: Clearance, at: datetime) -> None:
    """Tell whoever wrote what was returned."""
    people = User.objects.filter(is_active=True, pk__in=writers_of(clearance.page))
    letters.owe(clearance.site, ABOUT, key_of(clearance), Why.CAME_BACK, people, at)


def tell(letter: Letter, at: datetime) -> Told | None:
    """Word a line, unless somebody answered since; its headline is not public yet."""
    page_id, _colon, _reading = letter.key.partition(":")
    clearance = Clearance.objects.filter(page=page_id).select_related("page").first()
    if clearance is None:
        return None
    kind = capfirst(clearance.page.specific_class._meta.verbose_name)
    what = {"what": f"{kind}, {clearance.get_act_display()}"}
    path = reverse("warnings_desk", args=[clearance.page_id])
    if letter.why == Why.CAME_BACK:
        if clearance.state == State.REVIEW:
            return None
        if not clearance.reason:  # the end of a warning is dropped with it; its log keeps both
            path = reverse("wagtailadmin_pages:history", args=[clearance.page_id])
        return Told(_("A warning came back to you: %(what)s.") % what, path)
    waits = clearance.state == State.REVIEW and key_of(clearance) == letter.key
    if not waits or letter.to_id in writers_of(clearance.page):
        return None
    if not approval.has_right(letter.to, clearance.site, "advisories", Right.APPROVE):
        return None
    return Told(_("A warning waits for a second person: %(what)s.") % what, path)


letters.about(ABOUT, tell)
