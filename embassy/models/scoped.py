"""What belongs to one mission: a Site on every row, and who may touch it."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Site
from wagtail.permissions import policy_registry

from embassy.mission.belonging import OneMissionForm
from embassy.texts.invisible import SeenLinks

LONGEST_REASON = 2000


class ScopedForm(SeenLinks, OneMissionForm, WagtailAdminModelForm):
    """The form of a mission's row: offers only missions its writer works for.

    `read` tells what of the row its writer had before their eyes; an empty one tells nothing.
    """

    read = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "site" in self.fields and self.for_user is not None:
            self.offer_own_missions(self.fields["site"])

    def offer_own_missions(self, field: forms.ModelChoiceField) -> None:
        """Narrow the choice of missions; with one there is nothing to choose."""
        policy = policy_registry.get_by_type(self._meta.model)
        sites = policy.sites_user_has_any_permission_for(self.for_user, ["add", "change"])
        field.queryset = sites
        if len(sites) == 1:
            field.initial = sites[0].pk
            field.widget = forms.HiddenInput()

    def mission_site(self) -> Site | None:
        """The mission the row says it belongs to."""
        chosen = getattr(self, "cleaned_data", {}).get("site")
        return chosen or getattr(self.instance, "site", None)


class FactForm(ScopedForm):
    """The form of a fact, whose writer can tell the second person why."""

    why = forms.CharField(
        label=_("Why? For the second person"),
        help_text=_("Only your colleagues read it, beside what you ask for."),
        required=False,
        max_length=LONGEST_REASON,
        widget=AdminAutoHeightTextInput,
    )


class SitePanel(FieldPanel):
    """The mission of a row: out of sight for those who work for one mission only."""

    def __init__(self, **kwargs):
        kwargs.setdefault("field_name", "site")
        super().__init__(**kwargs)

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel on a form."""

        def classes(self) -> list[str]:
            """Hide the heading along with a hidden choice."""
            hidden = ["w-hidden"] if self.bound_field.is_hidden else []
            return [*super().classes(), *hidden]


class ScopedQuerySet(models.QuerySet):
    """Rows of missions; every public query starts with `for_site`."""

    def for_site(self, site) -> "ScopedQuerySet":
        """Keep the rows of one mission."""
        return self.filter(site=site)


class Scoped(models.Model):
    """A row that belongs to one mission."""

    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("mission"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Whose it is. Nobody of another mission sees or changes it."),
    )

    objects = ScopedQuerySet.as_manager()

    base_form_class = ScopedForm

    class Meta:
        abstract = True


class Fact(models.Model):
    """Mixin for what takes effect outside at once: two people change it (`embassy.acts.requested`).

    `withheld` names fields that no request holds, shows or changes: they are made with the row and
    stay with it. The two sentences tell whoever asks, and whoever confirms, what holds when.
    """

    withheld: tuple[str, ...] = ()
    until_confirmed = _("Until then readers see what they saw before.")
    once_confirmed = _("Readers see it from now on.")

    base_form_class = FactForm

    class Meta:
        abstract = True

    def settle(self) -> None:
        """Take out what new values make untrue, before a second person is shown them."""
