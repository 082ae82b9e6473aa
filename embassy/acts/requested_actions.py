"""What Wagtail does with a row of facts for an account: it asks, where otherwise it would store.

Every screen of Wagtail, and whatever else goes through its actions, comes through here. Programs
name no account and store at once.
"""

from django.db.models import Model
from django.utils import timezone
from wagtail.actions import CreateAction, DeleteAction, EditAction
from wagtail.actions.registry import ActionRegistry

from embassy.acts import requested
from embassy.acts.requested_facts import values_of
from embassy.models import RequestedAct
from embassy.models.scoped import Fact

Act = RequestedAct.Act


class AskToCreate(CreateAction):
    """Asks for a new row."""

    def execute(self, skip_permission_checks: bool = False) -> Model:
        """Store only what no account enters."""
        if self.user is None:
            return super().execute(skip_permission_checks)
        self._clean_instance()
        return asked_with(self, Act.CREATE)


class AskToEdit(EditAction):
    """Asks for a change of a row."""

    def execute(self, skip_permission_checks: bool = False) -> Model:
        """Store only what no account changes."""
        if self.user is None:
            return super().execute(skip_permission_checks)
        self._clean_instance()
        return asked_with(self, Act.CHANGE)


class AskToDelete(DeleteAction):
    """Asks for a row to be deleted."""

    def execute(self, skip_permission_checks: bool = False) -> Model:
        """Delete only what no account deletes."""
        if self.user is None:
            return super().execute(skip_permission_checks)
        row = self.instance
        row.asked = requested.ask(self.user, row, Act.RETIRE, timezone.now())
        return row


def asked_with(action: AskToCreate | AskToEdit, act: Act) -> Model:
    """Ask for what a form, or a row that was changed in memory, says; `asked` is the request."""
    form = action.form
    row = form.save(commit=False) if form else action.instance
    row.settle()
    read = (form.cleaned_data.get("read") or None) if form else None
    values = {"values": values_of(row)}
    why = form.cleaned_data.get("why", "") if form else ""
    row.asked = requested.ask(action.user, row, act, timezone.now(), values, why, read)
    return row


def register(actions: ActionRegistry) -> None:
    """Put asking in the place of storing, for every model of facts."""
    for action in (AskToCreate, AskToEdit, AskToDelete):
        actions.register(Fact, action)
