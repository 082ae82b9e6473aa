"""Several contact points that somebody has tried today: asked for together, confirmed together."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from embassy.acts import requested
from embassy.acts.requested_facts import values_of
from embassy.approval import Refused
from embassy.models import ContactPoint, RequestedAct
from embassy.models.scoped import LONGEST_REASON
from embassy.models.verification import today_of


class VerifiedToday(SnippetBulkAction):
    """Asks, for each of the chosen numbers, to say that somebody tried it today."""

    models = [ContactPoint]
    action_type = "verify"
    display_name = gettext_lazy("Verified today")
    aria_label = gettext_lazy("Say of the chosen ones that somebody tried them today")
    template_name = "embassy/requested/verify.html"

    def check_perm(self, obj: ContactPoint) -> bool:
        """Whether whoever asks changes this one."""
        policy = self.permission_policy
        return policy.user_has_permission_for_instance(self.request.user, "change", obj)

    def get_execution_context(self) -> dict:
        """Name who tried them."""
        return {**super().get_execution_context(), "user": self.request.user}

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs) -> tuple[int, int]:
        """Ask for each; give how many were taken."""
        taken, screen = 0, kwargs["self"]
        why = screen.request.POST.get("why", "").strip()[:LONGEST_REASON]
        for point in objects:
            point.last_verified_on, point.last_verified_by = today_of(point.site_id), str(user)
            values = {"values": values_of(point)}
            try:
                requested.ask(user, point, RequestedAct.Act.CHANGE, timezone.now(), values, why)
                taken += 1
            except Refused as refused:
                told = {"label": point, "text": refused}
                messages.error(screen.request, _("%(label)s: %(text)s") % told)
        return taken, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Say that they wait."""
        if not num_parent_objects:
            return None
        return _("What you verified waits for a second person, who confirms all of it in one go.")
