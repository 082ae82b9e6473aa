"""Acts that silence or move a page the public reads: how it stands, who may ask, and doing them."""

from collections.abc import Callable

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageViewRestriction, Revision, Site

from embassy.acts.alone import with_all_below
from embassy.acts.order import read_below, set_order
from embassy.approval import Refused, decides, has_role
from embassy.mission.belonging import site_of as mission_of_page
from embassy.models import RequestedAct
from embassy.roles import ROLES

Act = RequestedAct.Act
RIGHTS = {
    Act.UNPUBLISH: "can_unpublish",
    Act.MOVE: "can_move",
    Act.DELETE: "can_delete",
    Act.PRIVACY: "can_set_view_restrictions",
    Act.UNSCHEDULE: "can_unschedule",
    Act.ORDER: "can_reorder_children",
}
"""What Wagtail asks before somebody does it alone."""


def state_of(page: Page, act: str, parameters: dict) -> dict:
    """Give how a page stands, as far as an act depends on it."""
    now = Page.objects.get(pk=page.pk)
    if act == Act.ORDER:
        return {"address": now.url_path, "order": read_below(now)}
    below = Page.objects.filter(path__startswith=now.path).exclude(pk=now.pk)
    state = {"address": now.url_path, "live": now.live, "live_below": below.live().count()}
    if act == Act.DELETE:
        state["below"] = below.count()
    elif act == Act.MOVE:
        found = Page.objects.filter(pk=parameters["destination"]).first()
        state["destination"] = found.url_path if found else None
    elif act == Act.PRIVACY:
        state["restriction"] = restriction_on(now)
    elif act == Act.UNSCHEDULE:
        revision = Revision.objects.filter(pk=parameters["revision"]).first()
        goes_out = revision and revision.approved_go_live_at
        state["goes_out"] = goes_out.isoformat() if goes_out else None
    return state


def restriction_on(page: Page) -> dict:
    """Give who may read a page, as far as it says so itself."""
    found = PageViewRestriction.objects.filter(page_id=page.pk).first()
    if found is None:
        return {"restriction_type": PageViewRestriction.NONE}
    groups = sorted(found.groups.values_list("pk", flat=True))
    kind = found.restriction_type
    return marked({"restriction_type": kind, "password": found.password, "groups": groups})


def marked(restriction: dict) -> dict:
    """Give a restriction with a mark in place of its password, by which another is known."""
    kind, typed = restriction["restriction_type"], restriction.get("password") or ""
    state: dict = {"restriction_type": kind}
    if kind == PageViewRestriction.PASSWORD:
        mark = salted_hmac("embassy.requested.password", typed, algorithm="sha256")
        state["password"] = mark.hexdigest()[:16]
    elif kind == PageViewRestriction.GROUPS:
        state["groups"] = sorted(restriction.get("groups") or [])
    return state


def may_ask(user, request: RequestedAct, page: Page) -> bool:
    """Whether somebody may do this by themselves, but for the second person."""
    may = page.specific.permissions_for_user(user)
    if not getattr(may, RIGHTS[request.act])():
        return False
    if request.act == Act.MOVE:
        destination = Page.objects.filter(pk=request.parameters["destination"]).first()
        return destination is None or may.can_move_to(destination.specific)
    return True


def may_confirm(user, request: RequestedAct, page: Page) -> bool:
    """Whether somebody may answer: who may do this, and lets out the words of all that goes along.

    Who breaks the glass needs no more than who asks.
    """
    site = mission_of_page(page)
    return (
        may_ask(user, request, page)
        and decides(user)
        and all(has_role(user, site, codes) for codes in letting_out(page, request.act))
    )


def codes_confirming(page: Page | None, act: str) -> list[str]:
    """Give the codes of the roles that may answer what is asked of a page."""
    needed = letting_out(page, act) if page is not None else set()
    return [
        code
        for code, role in ROLES.items()
        if "publish_page" in role.pages and all(code in codes for codes in needed)
    ]


def letting_out(page: Page, act: str) -> set[tuple[str, ...]]:
    """Give the roles that let out the words of a page, and those of each kind of page below it.

    The order of what is below takes no word away: of that only the page itself counts.
    """
    if act == Act.ORDER:
        return {page.specific_class.approved_by}
    kinds = {each.specific_class for each in with_all_below(page).order_by("content_type")}
    return {codes for kind in kinds if (codes := getattr(kind, "approved_by", ()))}


def carry_out(request: RequestedAct, page: Page, by) -> Page:
    """Do it, in the name of whoever confirmed."""
    DOING[Act(request.act)](page.specific, request.parameters, by)
    return page


def unpublish(page: Page, parameters: dict, by) -> None:
    """Take a page off the site, and what is below it if that was asked as well."""
    page.unpublish(user=by)
    if parameters.get("include_descendants"):
        for below in page.get_descendants().live().defer_streamfields().specific():
            if below.permissions_for_user(by).can_unpublish():
                UnpublishPageAction(below, user=by).execute(skip_permission_checks=True)


def move(page: Page, parameters: dict, by) -> None:
    """Put a page below another."""
    destination = Page.objects.get(pk=parameters["destination"]).specific
    if not Page._slug_is_available(page.slug, destination, page=page):
        raise Refused(
            _("Another page below “%(place)s” has that address.") % {"place": destination}
        )
    page.move(destination, pos="last-child", user=by)


def delete(page: Page, parameters: dict, by) -> None:
    """Delete a page with all below it."""
    page.delete(user=by)


def set_privacy(page: Page, parameters: dict, by) -> None:
    """Set who may read a page."""
    found = PageViewRestriction.objects.filter(page_id=page.pk).first()
    if parameters["restriction_type"] == PageViewRestriction.NONE:
        if found:
            found.delete(user=by)
        return
    restriction = found or PageViewRestriction(page=page)
    restriction.restriction_type = parameters["restriction_type"]
    restriction.password = parameters.get("password", "")
    restriction.save(user=by)
    restriction.groups.set(parameters.get("groups", []))


def unschedule(page: Page, parameters: dict, by) -> None:
    """Let a revision that was to go out by itself stay a draft."""
    revision = page.revisions.get(pk=parameters["revision"])
    revision.approved_go_live_at = None
    revision.save(user=by, update_fields=["approved_go_live_at"])


def put_in_order(page: Page, parameters: dict, by) -> None:
    """Put the pages below a page into another order."""
    if set(parameters["order"]) != set(read_below(page)):
        raise Refused(_("The list has other pages by now. Ask for the order again."))
    set_order(page, parameters["order"], by)


DOING: dict[Act, Callable[[Page, dict, object], None]] = {
    Act.UNPUBLISH: unpublish,
    Act.MOVE: move,
    Act.DELETE: delete,
    Act.PRIVACY: set_privacy,
    Act.UNSCHEDULE: unschedule,
    Act.ORDER: put_in_order,
}


def is_nothing(request: RequestedAct) -> bool:
    """Whether an act leaves all as it is."""
    if request.act == Act.PRIVACY:
        return marked(request.parameters) == request.before["restriction"]
    if request.act == Act.ORDER:
        return request.parameters["order"] == request.before["order"]
    return False


def subject_of(request: RequestedAct) -> Page | None:
    """Find the page a request is about, in its own type."""
    found = Page.objects.filter(pk=request.object_id).first()
    return found and found.specific


def gone_with(page: Page) -> dict:
    """Say by which keys requests name what goes with a page that is deleted."""
    return {"object_id__in": [str(pk) for pk in with_all_below(page).values_list("pk", flat=True)]}


def site_of(page: Page) -> Site:
    """Give the mission in whose tree a page stands."""
    return mission_of_page(page)
