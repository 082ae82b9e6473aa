"""Where staff put the pages of a list into another order: of what readers see, they ask for it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages as with_buttons
from wagtail.admin.ui.tables.pages import PageTable
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.ordering import SetPagePositionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from embassy.acts import order, requested
from embassy.acts.requested_views import to_what_waits
from embassy.acts.requested_words import roles_confirming
from embassy.approval import Refused
from embassy.models import RequestedAct, User

Act = RequestedAct.Act


def asked_below(parent: Page) -> RequestedAct | None:
    """Find the order of a list that waits for a second person."""
    found = RequestedAct.objects.about(parent).filter(act=Act.ORDER)
    return found.waiting(timezone.now()).first()


def order_for(user, parent: Page) -> list[int]:
    """Give the pages of a list as somebody's screen shows them: in the order they asked for."""
    keys, asked = order.all_below(parent), asked_below(parent)
    is_theirs = asked is not None and user.pk in asked.writers
    return order.as_asked(keys, asked.parameters["order"]) if is_theirs else keys


class AskingTable(PageTable):
    """A list that says, once a page was let go, that its new place waits."""

    success_message = gettext_lazy(
        "“%(page_title)s” was put there. Readers see a new order when a second person confirms it."
    )


class ListView(ExplorableIndexView):
    """The pages below a page; whoever asked for another order finds them in it."""

    @property
    def is_in_order(self) -> bool:
        """Whether the list is shown to be put in order."""
        return self.ordering == self.sort_order_field

    @cached_property
    def asked(self) -> RequestedAct | None:
        """The order that waits, if the list is shown to be put in order."""
        return asked_below(self.parent_page) if self.is_in_order else None

    @property
    def is_of_others(self) -> bool:
        """Whether a colleague asked for another order, which is answered first."""
        return self.asked is not None and self.request.user.pk not in self.asked.writers

    def order_queryset(self, queryset):
        """Put the pages in the order that was asked for."""
        queryset = super().order_queryset(queryset)
        if self.asked is None or self.is_of_others:
            return queryset
        keys = order_for(self.request.user, self.parent_page)
        places = [When(pk=key, then=Value(place)) for place, key in enumerate(keys)]
        return queryset.order_by(Case(*places))

    @property
    def table_class(self):
        """The list's table; where readers see the pages it says what their order waits for."""
        is_read = self.is_in_order and order.read_below(self.parent_page)
        return AskingTable if is_read else PageTable

    def get_table_kwargs(self) -> dict:
        """Give no handles to drag by while a colleague's order waits."""
        kwargs = super().get_table_kwargs()
        may = self.permissions.can_reorder_children() and not self.is_of_others
        return kwargs if may else {**kwargs, "reorder_url": None}

    def get_context_data(self, **kwargs) -> dict:
        """Say above the list what waits."""
        if self.asked is not None and not self.results_only:
            self.say_what_waits()
        return super().get_context_data(**kwargs)

    def say_what_waits(self) -> None:
        """Say which order is shown, and who asked for another one."""
        words = _("%(person)s has asked for another order of this list. See to that first.")
        if not self.is_of_others:
            words = _(
                "You asked for this order. Readers see it when one of these confirms it: %(roles)s."
            )
        told = {
            "person": self.asked.asked_by or _("Somebody"),
            "roles": get_text_list(roles_confirming(self.asked), _("or")),
        }
        with_buttons.warning(self.request, words % told, buttons=[to_what_waits()])


class PlaceView(SetPagePositionView):
    """Puts a page into a place of its list, as the list is shown: at once what nobody reads."""

    def post(self, request: HttpRequest, page_to_move_id: int) -> HttpResponse:
        """Take the place that was sent; none, or one beyond the end, is the end."""
        page = get_object_or_404(Page, pk=page_to_move_id).specific
        parent = page.get_parent().specific
        if not parent.permissions_for_user(request.user).can_reorder_children():
            raise PermissionDenied
        listed = order_for(request.user, parent)
        wanted = order.put(page.pk, listed, place_in(request, listed))
        read = order.read_below(parent)
        was, now = ([key for key in keys if key in read] for keys in (listed, wanted))
        if was == now:
            move_unread(page, parent, wanted, request.user)
            return HttpResponse()
        try:
            ask_for_order(request.user, parent, now)
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponse(str(refused), status=409)
        return HttpResponse()


class PagesViewSet(PageViewSet):
    """Wagtail's screens for pages, with these two in place of its own."""

    index_view_class = ListView
    set_page_position_view_class = PlaceView


def place_in(request: HttpRequest, listed: list[int]) -> int:
    """Read the place that was sent, counted from 0."""
    sent = request.GET.get("position", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else len(listed)


def ask_for_order(by: User, parent: Page, wanted: list[int]) -> None:
    """Ask for an order of what readers see; back to how it stands is to ask for nothing."""
    asked = asked_below(parent)
    if asked is not None and by.pk in asked.writers and wanted == order.read_below(parent):
        requested.withdraw(by, asked, timezone.now())
    else:
        requested.ask(by, parent, Act.ORDER, timezone.now(), {"order": wanted})


def move_unread(page: Page, parent: Page, wanted: list[int], by: User) -> None:
    """Put a page right behind the one before it, if readers see the order that they saw."""
    place = wanted.index(page.pk)
    before = Page.objects.get(pk=wanted[place - 1]) if place else parent
    pos = "right" if place else "first-child"
    if not order.changes(page, before, pos):
        page.move(before, pos=pos, user=by)
