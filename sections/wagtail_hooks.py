"""The staff screens of posts."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from embassy.requested_views import FactViewSet
from embassy.scoped_views import yes_or_no
from embassy.upkeep import LOOK_AFTER
from sections.models import Post
from sections.upkeep import ended


class Posts(FactViewSet):
    """Posts of the mission; who holds them stands on the officials' pages."""

    model = Post
    icon = "user"
    menu_label = _("Posts")
    menu_order = 160
    add_to_admin_menu = True
    list_display = [
        "title",
        "sort_order",
        yes_or_no("is_chief_of_mission", _("heads the mission")),
        yes_or_no("abolished", _("no longer exists")),
    ]


register_snippet(Posts)
hooks.register(LOOK_AFTER, ended)
