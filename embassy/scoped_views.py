"""Staff screens for rows that belong to one mission: nobody sees or picks another mission's."""

from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from embassy.permissions import sites_of


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


class ScopedChooserViewSet(SnippetChooserViewSet):
    """A chooser of the user's missions' rows."""

    choose_view_class = OwnChooseView
    choose_results_view_class = OwnChooseResultsView
    chosen_view_class = OwnChosenView
    chosen_multiple_view_class = OwnChosenMultipleView


class ScopedViewSet(SnippetViewSet):
    """Screens for a model whose rows belong to missions."""

    chooser_viewset_class = ScopedChooserViewSet
    copy_view_enabled = False

    def get_queryset(self, request):
        """List the rows of missions in which the user has a right on them."""
        policy = policy_registry.get_by_type(self.model)
        rights = ["add", "change", "delete", "view"]
        return policy.instances_user_has_any_permission_for(request.user, rights)
