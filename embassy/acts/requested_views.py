"""The editors of facts: what is stored there waits for a second person, and opens as it waits."""

from collections.abc import Iterator

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages as with_buttons
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.pages.revisions import RevisionsUnscheduleView
from wagtail.contrib.settings.views import EditView as SettingEditView
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView

from embassy.acts import requested
from embassy.acts.alone import needs_two
from embassy.acts.requested import Overtaken
from embassy.acts.requested_facts import merged, reworded, values_of
from embassy.acts.requested_words import of_values, roles_confirming, until_confirmed
from embassy.approval import Refused
from embassy.mission.scoped_views import PrivacyView, ScopedViewSet
from embassy.models import MissionSettings, RequestedAct
from embassy.release.publishing import typed

Act = RequestedAct.Act


NOTHING = gettext_lazy("Nothing was changed.")


def what_was_asked(asked: RequestedAct) -> str:
    """Say that something waits, and for whom."""
    roles = get_text_list(roles_confirming(asked), _("or"))
    return _(
        "“%(thing)s” waits for a second person. %(until)s It can be confirmed by anybody else who "
        "is: %(roles)s."
    ) % {"thing": asked.label, "until": until_confirmed(asked), "roles": roles}


def say_what_was_asked(request: HttpRequest, asked: RequestedAct | None) -> None:
    """Say that it waits and for whom, or that there is nothing to wait for."""
    if asked is None:
        messages.info(request, NOTHING)
        return
    with_buttons.success(request, what_was_asked(asked), buttons=[to_what_waits()])


def to_what_waits():
    """Give the button that leads to what waits."""
    return with_buttons.button(reverse("requested_acts"), _("See what waits"))


def ask_for(request: HttpRequest, row: Model, act: Act, parameters: dict | None = None) -> None:
    """Ask for an act, for the reason that was typed, and say so, or why not."""
    try:
        why = typed(request.POST.get("why", ""))
        asked = requested.ask(request.user, row, act, timezone.now(), parameters, why)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        say_what_was_asked(request, asked)


class Asks:
    """Mixin for the views that store facts: they ask, and say so."""

    def save_action(self) -> HttpResponse:
        """Say what became of it, and go back to the list."""
        say_what_was_asked(self.request, self.object.asked)
        if getattr(self.object, "is_to_verify", False):
            messages.warning(
                self.request,
                _(
                    "The number is another one: what was known of the old one, its verification or "
                    "its source, was taken out. Give it again when somebody has tried the new one."
                ),
            )
        return redirect(self.get_success_url())

    def run_after_hook(self) -> None:
        """Leave what follows a change to whoever confirms it."""

    def form_valid(self, form) -> HttpResponse:
        """Show the form again, with all that was typed, when it is not taken."""
        try:
            return super().form_valid(form)
        except Refused as refused:
            form.data = form.data.copy()
            form.data["read"] = self.standing
            form.add_error(None, str(refused))
            if isinstance(refused, Overtaken):
                for sentence in self.differences_from(form.instance):
                    form.add_error(None, sentence)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class AsksToChange(Asks):
    """Mixin for the editors of rows: they open what waits, for whoever goes on with it."""

    def differences_from(self, typed: Model) -> Iterator[str]:
        """Tell what somebody typed from what is stored, or asked for, by now."""
        stored = type(typed)._base_manager.get(pk=typed.pk)
        theirs = merged(self.found, stored) if self.found else values_of(stored)
        for row in of_values(type(typed), theirs, values_of(typed)):
            words = {"label": row.label, "theirs": "; ".join(row.was), "yours": "; ".join(row.now)}
            yield _("%(label)s. Theirs: “%(theirs)s”. Yours: “%(yours)s”.") % words

    def get_object(self, queryset=None) -> Model:
        """Give the row as it is asked for, where somebody asked."""
        row = super().get_object(queryset)
        found = RequestedAct.objects.about(row).filter(act=Act.CHANGE)
        self.found = found.waiting(timezone.now()).first()
        self.standing = requested.standing_of(row, self.found)
        read = self.request.POST.get("read")
        goes_on = self.request.method == "GET" or read == self.standing
        if self.found is None or not goes_on:
            return row
        return reworded(row, merged(self.found, row))

    def get_form_kwargs(self) -> dict:
        """Let the form say what of the row its writer read."""
        kwargs = super().get_form_kwargs()
        begin = {"read": self.standing, "why": self.found.reason if self.found else ""}
        return kwargs | {"initial": {**kwargs.get("initial", {}), **begin}}

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Say that a change of this waits."""
        if self.found is not None:
            sentence = _(
                "A change of this waits for a second person. Below stands what was asked for, "
                "which does not hold yet."
            )
            button = with_buttons.button(reverse("requested_acts"), _("See what waits"))
            with_buttons.warning(request, sentence, buttons=[button])
        return super().get(request, *args, **kwargs)


class FactCreateView(Asks, CreateView):
    """Asks for a new row."""

    standing = ""


class FactEditView(AsksToChange, EditView):
    """Asks for a change."""


class FactDeleteView(DeleteView):
    """Asks for a row to be deleted."""

    def form_valid(self, form) -> HttpResponse:
        """Ask, and go back to the list."""
        if self.usage and self.usage.is_protected:
            return super().form_valid(form)
        ask_for(self.request, self.object, Act.RETIRE)
        return HttpResponseRedirect(self.get_success_url())


class MissionSettingsView(AsksToChange, SettingEditView):
    """The settings of a mission, at their address in Wagtail's staff pages."""

    def setup(self, request: HttpRequest, site_id: int, *args, **kwargs) -> None:
        """Name the model for Wagtail's view, which reads it from the address."""
        names = (MissionSettings._meta.app_label, MissionSettings._meta.model_name)
        super().setup(request, *names, *args, pk=site_id, **kwargs)


class FactViewSet(ScopedViewSet):
    """Screens for rows that public pages read at once."""

    add_view_class = FactCreateView
    edit_view_class = FactEditView
    delete_view_class = FactDeleteView
    delete_template_name = "embassy/requested/confirm_delete.html"


class AskingPrivacyView(PrivacyView):
    """Who may see a page: asks, where the public reads it or something below it."""

    def form_valid(self, form) -> HttpResponse:
        """Ask, and say so in the window."""
        if not needs_two(self.page, Act.PRIVACY):
            return super().form_valid(form)
        sent = form.cleaned_data
        wanted = {
            "restriction_type": sent["restriction_type"],
            "password": sent.get("password") or "",
            "groups": sorted(group.pk for group in sent.get("groups") or []),
        }
        at, user = timezone.now(), self.request.user
        try:
            why = typed(self.request.POST.get("why", ""))
            asked = requested.ask(user, self.page, Act.PRIVACY, at, wanted, why)
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        sentence = what_was_asked(asked) if asked else NOTHING
        return self.in_window("embassy/requested/asked.html", {"sentence": sentence})

    def render_to_response(self, context: dict, **kwargs) -> HttpResponse:
        """Ask why, beside what Wagtail asks."""
        if not self.page.private_page_options:
            return super().render_to_response(context, **kwargs)
        return self.in_window("embassy/requested/set_privacy.html", context)

    def in_window(self, template: str, context: dict) -> HttpResponse:
        """Show something in the window, whose form goes on to this view."""
        step = {"step": "set_privacy"}
        return render_modal_workflow(self.request, template, None, context, json_data=step)


class AskingUnscheduleView(RevisionsUnscheduleView):
    """Taking back what is to go out by itself: asks, as two people let it out."""

    template_name = "embassy/requested/confirm_unschedule.html"

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Ask, and go back to the page's history."""
        if self.revision.approved_go_live_at is None or not needs_two(self.object, Act.UNSCHEDULE):
            return super().post(request, *args, **kwargs)
        parameters = {"revision": self.revision.pk}
        ask_for(request, self.object, Act.UNSCHEDULE, parameters)
        return redirect(self.get_next_url())
