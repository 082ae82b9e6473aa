"""Staff screens for rows that belong to one mission: nobody sees or picks another mission's."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import yesno
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from taggit.models import Tag
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import CreateView
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.images.views.chooser import ImageChooseView
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from embassy.acts.alone import needs_two
from embassy.mission.belonging import sites_of
from embassy.mission.permissions import own
from embassy.models import RequestedAct

TAGS_OFFERED = 10


class OwnRowsOnly:
    """Mixin for the views of a chooser: lists and gives only rows of the user's missions."""

    def own(self, rows):
        """Keep the rows of the missions the user works for."""
        return rows.filter(site__in=sites_of(self.request.user))

    def get_object_list(self):
        """List own rows; retired ones cannot be chosen any more."""
        rows = self.own(super().get_object_list())
        return rows.in_use() if hasattr(rows, "in_use") else rows

    def get_object(self, pk):
        """Find a row among the user's own."""
        return self.own(self.model_class.objects.all()).get(pk=pk)

    def get_objects(self, pks):
        """Find rows among the user's own."""
        return self.own(self.model_class.objects.filter(pk__in=pks))


class OwnChooseView(OwnRowsOnly, ChooseView):
    """The chooser."""


class OwnChooseResultsView(OwnRowsOnly, ChooseResultsView):
    """The chooser's results."""


class OwnChosenView(OwnRowsOnly, SnippetChosenView):
    """What was chosen."""


class OwnChosenMultipleView(OwnRowsOnly, SnippetChosenMultipleView):
    """What was chosen, several at once."""


class NoCreateView(CreateView):
    """Rows are made on their own screens, where the form asks for the mission."""

    def can_create(self) -> bool:
        """Refuse; a chooser has no form to make a row with."""
        return False


class OwnWidget(AdminSnippetChooser):
    """The field of a chooser: its words wait for the language of whoever opens the form."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        for name, words in CHOOSER_WORDS.items():
            setattr(self, name, words_in_time(words, self.model._meta.verbose_name))


CHOOSER_WORDS = {  # Wagtail's own, which it translates once for all, as the server starts
    "choose_one_text": "Choose %(object)s",
    "choose_another_text": "Choose another %(object)s",
    "link_to_chosen_text": "Edit this %(object)s",
}


def words_about(words: str, thing: str) -> str:
    """Translate words about a kind of thing."""
    return gettext(words) % {"object": thing}


words_in_time = lazy(words_about, str)


class ScopedChooserViewSet(SnippetChooserViewSet):
    """A chooser of the user's missions' rows."""

    base_widget_class = OwnWidget

    choose_view_class = OwnChooseView
    choose_results_view_class = OwnChooseResultsView
    chosen_view_class = OwnChosenView
    chosen_multiple_view_class = OwnChosenMultipleView
    create_view_class = NoCreateView


class YesOrNoColumn(Column):
    """A column that says yes or no in the reader's language; Wagtail's says True in every one."""

    def get_value(self, instance) -> str:
        """Word the value."""
        return yesno(super().get_value(instance))


def yes_or_no(name: str, label: str) -> YesOrNoColumn:
    """Give the column of a field that is a yes or a no."""
    return YesOrNoColumn(name, label=capfirst(label), sort_key=name)


class ScopedViewSet(SnippetViewSet):
    """Screens for a model whose rows belong to missions."""

    chooser_viewset_class = ScopedChooserViewSet
    copy_view_enabled = False

    def get_queryset(self, request):
        """List the rows of missions in which the user has a right on them."""
        policy = policy_registry.get_by_type(self.model)
        rights = ["add", "change", "delete", "view"]
        return policy.instances_user_has_any_permission_for(request.user, rights)


class OwnTagsImageChooseView(ImageChooseView):
    """The image chooser: offers only tags that the user's missions use."""

    def get_context_data(self, **kwargs):
        """Narrow the popular tags, which Wagtail counts over all missions."""
        context = super().get_context_data(**kwargs)
        popular = [tag.pk for tag in context["popular_tags"]]
        context["popular_tags"] = own(Tag.objects.filter(pk__in=popular), self.request.user)
        return context


def tags(request: HttpRequest) -> JsonResponse:
    """Complete a tag as it is typed, from those that the user's missions use."""
    term = request.GET.get("term", "")
    found = own(Tag.objects.filter(name__istartswith=term), request.user).order_by("name")
    names = found.values_list("name", flat=True)[:TAGS_OFFERED]
    return JsonResponse(list(names) if term else [], safe=False)


class PrivacyView(SetPrivacyView):
    """Who may see a page: offers only groups of the user's missions."""

    def get_form(self, form_class=None):
        """Narrow the choice of groups."""
        form = super().get_form(form_class)
        form.fields["groups"].queryset = own(form.fields["groups"].queryset, self.request.user)
        return form


def cannot_stand(page: Page, place: Page) -> str:
    """Say that a page cannot stand below another one; nothing where it can, or does already."""
    if page.is_child_of(place) or page.specific.can_move_to(place):
        return ""
    words = {"page": page.get_admin_display_title(), "place": place.get_admin_display_title()}
    return gettext("“%(page)s” cannot stand below “%(place)s”.") % words


def moved_by_others(page: Page) -> str:
    """Say to whoever may edit a page and not move it who moves it."""
    words = gettext("You have no permission to move “%(page)s”. Ask somebody who publishes pages.")
    if needs_two(page, RequestedAct.Act.MOVE):
        words = gettext(
            "You have no permission to move “%(page)s”: readers see it. Ask somebody who publishes "
            "pages; a second person confirms the move."
        )
    return words % {"page": page.get_admin_display_title()}


class MoveView(MoveConfirmView):
    """The last step of a move: who may not move the page is told that first, with the reason."""

    def dispatch(self, request, page_to_move_id, destination_id, *args, **kwargs) -> HttpResponse:
        """Look at the right before Wagtail looks at where the page would stand."""
        page = get_object_or_404(Page, pk=page_to_move_id).specific
        may = page.permissions_for_user(request.user)
        if not may.can_move() and may.can_edit():
            place = get_object_or_404(own(Page.objects.all(), request.user), pk=destination_id)
            messages.error(request, cannot_stand(page, place) or moved_by_others(page))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
        if not may.can_move():
            raise PermissionDenied
        return super().dispatch(request, page_to_move_id, destination_id, *args, **kwargs)
