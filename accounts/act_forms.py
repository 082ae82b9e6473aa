"""What an administrator is asked for before an act upon an account."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import raising_mail
from accounts.keepers import GRAVE, must_not_meet, would_meet
from accounts.models import RoleRequest
from embassy.models import MissionRole, User
from embassy.roles import ROLES


class ActForm(forms.Form):
    """The button alone."""

    def __init__(self, data, account: User):
        """Take the account it is about."""
        super().__init__(data)
        self.account = account


class ReasonForm(ActForm):
    """The button, and why it is pressed."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For the audit: how you made sure who asks, or why this is needed."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class RoleField(forms.ModelChoiceField):
    """One of the gravest roles."""

    default_error_messages = {"invalid_choice": _("Choose roles of your own mission only.")}

    def label_from_instance(self, role: MissionRole) -> str:
        """Name a role."""
        return str(ROLES[role.role].name)


def grave_roles(account: User) -> QuerySet[MissionRole]:
    """Give the gravest roles of an account's mission."""
    return MissionRole.objects.filter(site=account.mission_id, role__in=GRAVE).order_by("role")


def held_by(account: User) -> QuerySet[MissionRole]:
    """Give those of them an account has."""
    return grave_roles(account).filter(group__in=account.groups.values("pk"))


def not_held_by(account: User) -> QuerySet[MissionRole]:
    """Give those of them an account has not."""
    return grave_roles(account).exclude(group__in=account.groups.values("pk"))


class AskForm(ReasonForm):
    """A role to ask for."""

    role = RoleField(MissionRole.objects.none(), label=_("Role"), empty_label=None)
    field_order = ["role", "reason"]

    def __init__(self, data, account: User):
        """Offer what the account has not."""
        super().__init__(data, account)
        self.fields["role"].queryset = not_held_by(account)

    def clean_role(self) -> MissionRole:
        """Refuse a role that must not meet one of the account's."""
        role = self.cleaned_data["role"]
        refuse_meeting(role, self.account)
        return role


def refuse_meeting(role: MissionRole, account: User) -> None:
    """Say at its field that a role must not meet those an account has."""
    if would_meet([role.group], account.groups.all()):
        raise ValidationError(must_not_meet())


class TakeForm(ReasonForm):
    """A role to take away."""

    role = RoleField(MissionRole.objects.none(), label=_("Role"), empty_label=None)
    field_order = ["role", "reason"]

    def __init__(self, data, account: User):
        """Offer what the account has."""
        super().__init__(data, account)
        self.fields["role"].queryset = held_by(account)


class RequestField(forms.ModelChoiceField):
    """One of the requests that wait."""

    default_error_messages = {
        "invalid_choice": _("This request is no longer open: it was answered, or waited too long.")
    }

    def label_from_instance(self, request: RoleRequest) -> str:
        """Say what it is, who asked for it and why."""
        facts = {
            "what": raising_mail.what_of(request),
            "asker": request.asked_by.email,
            "reason": request.reason,
        }
        return _("%(what)s, asked for by %(asker)s (%(reason)s)") % facts


class AnswerForm(ActForm):
    """A request to answer."""

    request = RequestField(RoleRequest.objects.none(), label=_("Request"), empty_label=None)

    def __init__(self, data, account: User):
        """Offer what waits."""
        super().__init__(data, account)
        waiting = account.role_requests.waiting(timezone.now())
        self.fields["request"].queryset = waiting.select_related("role", "asked_by", "account")


class ConfirmForm(AnswerForm):
    """A request to confirm, as far as it still can be."""

    def clean_request(self) -> RoleRequest:
        """Refuse a role that must not meet one given meanwhile."""
        request = self.cleaned_data["request"]
        if request.role is not None:
            refuse_meeting(request.role, self.account)
        return request
