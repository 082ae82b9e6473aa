"""What letters say of requested acts: that one waits, and that one was declined."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from embassy import approval
from embassy.acts import requested
from embassy.acts.requested_words import kind_in_words
from embassy.mail import letters
from embassy.mail.letters import Told, Why
from embassy.models import RequestedAct
from embassy.models.letter import Letter


def tell(letter: Letter, at: datetime) -> Told | None:
    """Word a line, unless somebody answered since; what was asked for stands on the site."""
    request = RequestedAct.objects.filter(pk=letter.key).select_related("content_type").first()
    if request is None:
        return None
    what = {"what": f"{request.get_act_display()}, {kind_in_words(request)}"}
    path = f"{reverse('requested_acts')}#request-{request.pk}"
    if letter.why == Why.CAME_BACK:
        return Told(_("What you asked for was declined: %(what)s.") % what, path)
    if not request.is_waiting(at) or not approval.is_second_person(letter.to, request.writers):
        return None
    subject = requested.subject_of(request)
    if subject is None:
        return None
    if not requested.half_of(request.act).may_confirm(letter.to, request, subject):
        return None
    return Told(_("An act waits for a second person: %(what)s.") % what, path)


letters.about(requested.LETTERS, tell)
