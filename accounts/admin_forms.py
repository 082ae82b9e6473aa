"""The forms of accounts in the Django admin; none has a password."""

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.invitations import closed_with
from accounts.keepers import BY_NAME, must_not_meet, needs_second, roles_to_tick, would_meet
from embassy.mission.permissions import sites_administered_by
from embassy.models import MissionRole, User
from embassy.roles import ROLES


class RolesField(forms.ModelMultipleChoiceField):
    """Roles that an administrator gives, or asks a second one for."""

    default_error_messages = {"invalid_choice": _("Choose roles of your own mission only.")}

    sites = ()  # the missions whose roles may be given

    def label_from_instance(self, group: Group) -> str:
        """Name a role, and its mission where there are several."""
        found = group.mission_role
        name = str(ROLES[found.role].name) if found.role in ROLES else found.role
        return f"{name}, {found.site.site_name}" if len(self.sites) > 1 else name

    def clean(self, value):
        """Say of roles that are asked for by name where that is done."""
        sent = [key for key in value or [] if str(key).isdecimal() and len(str(key)) < 10]
        grave = MissionRole.objects.filter(role__in=BY_NAME)
        if grave.filter(site__in=self.sites, group__in=sent).exists():
            raise ValidationError(needs_second())
        return super().clean(value)


class RolesForm(forms.ModelForm):
    """An account with the roles its administrator may give."""

    keeper: User  # set by the admin for each request

    groups = RolesField(
        Group.objects.none(),
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "All but that of the duty officer are given once a second administrator confirms. "
            "Administrator and break-glass are asked for on the page of the account."
        ),
    )

    def __init__(self, *args, **kwargs):
        """Offer what the administrator may give, and leave the gravest roles alone."""
        super().__init__(*args, **kwargs)
        field = self.fields.get("groups")
        if field is not None:
            field.sites = sites_administered_by(self.keeper)
            field.queryset = roles_to_tick(self.keeper).select_related("mission_role__site")
            held = self.initial.get("groups") or []
            offered = set(field.queryset)
            self.initial["groups"] = [group for group in held if group in offered]

    def clean_groups(self):
        """Refuse what would meet, where it is ticked."""
        chosen = set(self.cleaned_data["groups"])
        held = set(self.instance.groups.all()) if self.instance.pk else set()
        named = {group for group in held if group not in self.fields["groups"].queryset}
        if would_meet(chosen - held, named | (held & chosen)):
            raise ValidationError(must_not_meet())
        return self.cleaned_data["groups"]


class InviteForm(RolesForm):
    """Invites somebody: address, names, roles."""

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "mission", "groups"]

    def _get_validation_exclusions(self) -> set[str]:
        """Let somebody come back, or to another mission, whose account was closed."""
        is_back = closed_with(self.cleaned_data.get("email", "")).exists()
        return super()._get_validation_exclusions() | ({"email"} if is_back else set())


class AccountForm(RolesForm):
    """Changes names, mission and roles of an account."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "mission", "groups"]

    def __init__(self, *args, **kwargs):
        """Leave out the roles of one's own account."""
        super().__init__(*args, **kwargs)
        if self.instance == self.keeper:
            del self.fields["groups"]

    def clean(self):
        """Refuse one's own roles with a sentence, where no field shows them."""
        if self.instance == self.keeper and "groups" in self.data:
            raise ValidationError(_("Nobody changes their own roles."))
        return super().clean()
