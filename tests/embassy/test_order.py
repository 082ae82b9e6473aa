"""The order in which readers see pages takes two people; that of drafts is their writers' own."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from advisories.models import TravelAdvisoryPage
from embassy.acts import order, requested
from embassy.acts.requested_words import of_orders
from embassy.approval import Refused
from embassy.models import ContentPage, RequestedAct
from tests.factories import person
from tests.second_person import HOST, confirm_all

pytestmark = pytest.mark.django_db
Act, Outcome = RequestedAct.Act, RequestedAct.Outcome
LIST = "/admin/pages/{}/?ordering=ord"
PLACE = "/admin/pages/{}/set_position/?position={}"


def below(parent, slug: str, live: bool = True) -> ContentPage:
    """Make a page below another."""
    page = ContentPage(title=slug.title(), slug=slug, live=live, summary="All about it.")
    return parent.add_child(instance=page)


@pytest.fixture
def parent(home) -> ContentPage:
    """A page with three pages that readers see below it, and a draft second of all."""
    parent = below(home, "rivers")
    below(parent, "bani")
    below(parent, "idea", live=False)
    below(parent, "niger")
    below(parent, "senegal")
    return Page.objects.get(pk=parent.pk).specific


@pytest.fixture
def drop(client, staff, parent):
    """Give a function that drops a page at a place of the list, as an account."""

    def send(slug: str, place: int | str, role: str = "public_affairs"):
        """Post what the list posts when a row is let go."""
        client.force_login(staff[role])
        page = Page.objects.child_of(parent).get(slug=slug)
        return client.post(PLACE.format(page.pk, place), **HOST)

    return send


def stand(parent) -> list[str]:
    """Give the pages of a list in the order in which they stand."""
    return list(parent.get_children().values_list("slug", flat=True))


def shown(client, parent, user) -> list[str]:
    """Give the pages of a list as somebody is shown them to put them in order."""
    client.force_login(user)
    answer = client.get(LIST.format(parent.pk), **HOST)
    return [page.slug for page in answer.context["pages"]]


def test_one_account_asks_and_a_second_one_puts_them_in_order(drop, parent):
    assert drop("senegal", 0).status_code == 200
    assert stand(parent) == ["bani", "idea", "niger", "senegal"]
    (said,) = confirm_all()
    assert "Confirmed" in said
    assert stand(parent) == ["senegal", "bani", "idea", "niger"]
    assert RequestedAct.objects.get().done_at is not None


def test_the_menu_is_ordered_with_the_pages_that_never_leave_it(staff, home):
    below(home, "rivers")
    parent = Page.objects.get(pk=home.pk).specific
    wanted = order.read_below(parent)[::-1]
    assert TravelAdvisoryPage.objects.child_of(parent).filter(pk__in=wanted).exists()
    now = timezone.now()
    request = requested.ask(staff["public_affairs"], parent, Act.ORDER, now, {"order": wanted})
    requested.confirm(staff["approver"], request, now, request.reading)
    assert order.read_below(parent) == wanted


def test_several_moves_are_one_request_shown_as_they_were_left(client, staff, drop, parent):
    drop("senegal", 0)
    assert shown(client, parent, staff["public_affairs"])[0] == "senegal"
    drop("niger", 1)
    wanted = [slug for slug in shown(client, parent, staff["public_affairs"]) if slug != "idea"]
    assert wanted == ["senegal", "niger", "bani"]
    assert RequestedAct.objects.count() == 1
    confirm_all()
    assert [slug for slug in stand(parent) if slug != "idea"] == wanted


def test_back_to_how_it_stands_withdraws_the_request(drop, parent):
    drop("senegal", 0)
    drop("senegal", "")
    assert RequestedAct.objects.get().outcome == Outcome.WITHDRAWN
    drop("bani", 0)
    assert RequestedAct.objects.count() == 1


@pytest.mark.parametrize("place", [0, 2, 3, "", "x", "-1", "9" * 30, "²"])
def test_a_draft_is_put_anywhere_by_one(drop, parent, place):
    assert drop("idea", place).status_code == 200
    assert not RequestedAct.objects.exists()
    at = stand(parent).index("idea")
    assert at == place if isinstance(place, int) else at == 3
    assert [slug for slug in stand(parent) if slug != "idea"] == ["bani", "niger", "senegal"]


def test_a_page_passes_a_draft_alone(drop, parent):
    drop("bani", 1)
    assert stand(parent) == ["idea", "bani", "niger", "senegal"]
    assert not RequestedAct.objects.exists()


def test_a_draft_moves_while_another_order_waits(drop, parent):
    drop("senegal", 0)
    assert drop("idea", 0).status_code == 200
    assert stand(parent)[0] == "idea" and RequestedAct.objects.get().decided_at is None


def test_the_model_refuses_what_nobody_confirmed(staff, parent):
    first, last = parent.get_children().specific().filter(slug__in=["bani", "senegal"])
    user = staff["public_affairs"]
    for target, pos in ((first, "left"), (parent, "first-child"), (first, "first-sibling")):
        with pytest.raises(PermissionDenied):
            last.move(target, pos=pos, user=user)
    for target, pos in ((last, "right"), (parent, "last-child"), (last, "last-sibling")):
        with pytest.raises(PermissionDenied):
            first.move(target, pos=pos, user=user)
    last.move(last, pos="left", user=user)
    last.move(first, pos="left")  # a program names no account
    assert stand(parent)[0] == "senegal"


@pytest.mark.parametrize("role", ["section_editor", "duty_officer", "administrator"])
def test_others_do_not_ask(drop, parent, role):
    assert drop("senegal", 0, role).status_code in (302, 403)
    assert stand(parent)[0] == "bani" and not RequestedAct.objects.exists()


def test_nobody_of_another_mission_asks_or_answers(client, dakar, drop, parent):
    stranger = person(dakar, "approver")
    client.force_login(stranger)
    page = parent.get_children().last()
    assert client.post(PLACE.format(page.pk, 0), **HOST).status_code in (302, 403, 404)
    drop("senegal", 0)
    request = RequestedAct.objects.get()
    with pytest.raises(PermissionDenied):
        requested.confirm(stranger, request, timezone.now(), request.reading)
    assert stand(parent)[0] == "bani"


def test_who_asked_does_not_confirm(staff, drop, parent):
    drop("senegal", 0)
    request = RequestedAct.objects.get()
    with pytest.raises(Refused):
        requested.confirm(staff["public_affairs"], request, timezone.now(), request.reading)
    with pytest.raises(PermissionDenied):
        requested.confirm(staff["duty_officer"], request, timezone.now(), request.reading)


def test_the_second_person_reads_both_orders(client, staff, drop, parent):
    drop("senegal", 0)
    client.force_login(staff["approver"])
    read = client.get("/admin/requested/", **HOST).content.decode()
    assert "Rivers" in read and "Change the order of the pages below it" in read
    for line in ("1. Bani", "3. Senegal", "1. Senegal", "2. Bani"):
        assert line in read
    assert "Idea" not in read


def test_of_a_longer_list_nothing_is_said_to_be_gone(parent):
    keys = order.read_below(parent)
    [told] = of_orders(keys[:2], keys[::-1])
    assert len(told.was) == 2 and len(told.now) == 3
    assert "gone" not in f"{told.was}{told.now}"


def test_while_a_colleague_s_order_waits_nobody_drags(client, staff, drop, parent):
    drop("senegal", 0)
    client.force_login(staff["approver"])
    page = client.get(LIST.format(parent.pk), **HOST).content.decode()
    assert "has asked for another order of this list" in page
    assert "w-orderable-item-id" not in page
    refused = drop("niger", 0, "approver")
    assert refused.status_code == 409 and "has asked for this already" in refused.content.decode()
    assert len(order.read_below(parent)) == 3 and stand(parent)[0] == "bani"


def test_who_asked_is_told_that_it_waits(client, staff, drop, parent):
    client.force_login(staff["public_affairs"])
    page = client.get(LIST.format(parent.pk), **HOST).content.decode()
    assert "w-orderable-item-id" in page and "when a second person confirms it" in page
    drop("senegal", 0)
    page = client.get(LIST.format(parent.pk), **HOST).content.decode()
    assert "You asked for this order" in page and "Public affairs or Approver" in page
    assert "w-orderable-item-id" in page


def test_an_order_of_other_pages_is_not_confirmed(staff, drop, parent):
    drop("senegal", 0)
    parent.get_children().get(slug="niger").specific.delete()
    request = RequestedAct.objects.get()
    with pytest.raises(Refused, match="changed after it was asked"):
        requested.confirm(staff["approver"], request, timezone.now(), request.reading)
    by, at = staff["public_affairs"], timezone.now()
    stale = requested.ask(by, parent, Act.ORDER, at, {"order": [*order.read_below(parent), 1]})
    with pytest.raises(Refused, match="has other pages by now"):
        requested.confirm(staff["approver"], stale, at, stale.reading)


def test_nothing_is_put_in_order_below_a_warning(staff, site):
    from advisories.models import TravelAdvisoryPage

    advisory = TravelAdvisoryPage.objects.first()
    may = advisory.permissions_for_user(staff["approver"])
    assert not may.can_reorder_children()


def test_what_goes_out_later_and_what_leads_to_a_page_count_as_read(parent):
    idea = parent.get_children().get(slug="idea").specific
    before = order.read_below(parent)
    assert idea.pk not in before
    page = below(idea, "source")
    assert idea.pk in order.read_below(parent)
    page.delete()
    idea.save_revision(approved_go_live_at=timezone.now())
    assert idea.pk in order.read_below(parent)


def test_the_log_says_who_asked_who_confirmed_and_what_was_moved(staff, drop, parent):
    drop("senegal", 0)
    confirm_all()
    log = PageLogEntry.objects.filter(page=parent, action__startswith="embassy.act_")
    assert list(log.order_by("pk").values_list("action", flat=True)) == [
        requested.ASKED,
        requested.CONFIRMED,
    ]
    moved = parent.get_children().get(slug="senegal")
    assert PageLogEntry.objects.filter(page=moved, action="wagtail.reorder").exists()
