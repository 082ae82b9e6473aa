"""What silences or moves what the public reads takes two people; a draft is its writer's own."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, PageViewRestriction

from advisories.models import CountryInfoPage
from embassy.acts import requested
from embassy.acts.requested_screens import for_second, of_their_roles
from embassy.approval import Refused
from embassy.models import ContentPage, RequestedAct
from tests.factories import person
from tests.second_person import HOST, confirm_all

pytestmark = pytest.mark.django_db
Act, Outcome = RequestedAct.Act, RequestedAct.Outcome
PAGES = "/admin/pages/{}/"
LIST = "/admin/requested/"


LOGIN = {"restriction_type": "login"}


def page_below(parent, slug: str, live: bool = True) -> ContentPage:
    """Make a page; one that is not live never was."""
    page = ContentPage(title=slug.title(), slug=slug, live=live, summary="All about it.")
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return ContentPage.objects.get(pk=page.pk)


@pytest.fixture
def page(home) -> ContentPage:
    """A page that the public reads."""
    return page_below(home, "fishing")


@pytest.fixture
def other(home) -> ContentPage:
    """Another one, to move things below."""
    return page_below(home, "archive")


@pytest.fixture
def draft(home) -> ContentPage:
    """A page that was never public."""
    return page_below(home, "idea", live=False)


@pytest.fixture
def post(client, staff):
    """Give a function that posts a form of the staff pages as somebody."""

    def send(address: str, data: dict | None = None, role: str = "public_affairs", **more):
        """Post and follow."""
        client.force_login(staff[role])
        return client.post(address, data or {}, follow=True, **HOST, **more)

    return send


def is_served(client, address: str) -> bool:
    """Whether a reader is given a page at an address."""
    client.logout()
    return client.get(address, **HOST).status_code == 200


def do(post, act: Act, page, other):
    """Post the form of Wagtail's screen for an act."""
    address = PAGES.format(page.pk)
    forms = {
        Act.UNPUBLISH: (f"{address}unpublish/", {}),
        Act.DELETE: (f"{address}delete/", {}),
        Act.MOVE: (f"{address}move/{other.pk}/confirm/", {}),
        Act.PRIVACY: (f"{address}privacy/", {"restriction_type": "login"}),
    }
    return post(*forms[act])


@pytest.mark.parametrize("act", [Act.UNPUBLISH, Act.DELETE, Act.MOVE, Act.PRIVACY])
def test_one_account_does_nothing_to_a_public_page_and_two_do(client, post, page, other, act):
    answer = do(post, act, page, other).content.decode()
    assert "waits for a second person" in answer and "Public affairs" in answer
    assert RequestedAct.objects.get().act == act
    assert is_served(client, "/fishing/")
    confirm_all()
    assert not is_served(client, "/fishing/")
    assert is_served(client, "/archive/fishing/") == (act == Act.MOVE)


@pytest.mark.parametrize("act", [Act.UNPUBLISH, Act.DELETE, Act.MOVE, Act.PRIVACY])
def test_the_model_refuses_what_nobody_confirmed(staff, page, other, act):
    user = staff["public_affairs"]
    with pytest.raises(PermissionDenied):
        {
            Act.UNPUBLISH: lambda: page.unpublish(user=user),
            Act.DELETE: lambda: page.delete(user=user),
            Act.MOVE: lambda: page.move(other, pos="last-child", user=user),
            Act.PRIVACY: lambda: page.create_alias(parent=other, user=user),
        }[act]()
    found = ContentPage.objects.get(pk=page.pk)
    assert (found.live, found.url_path, found.aliases.count()) == (True, page.url_path, 0)


def test_programs_name_no_account_and_pass(page, other):
    page.move(other, pos="last-child")
    page = ContentPage.objects.get(pk=page.pk)
    page.unpublish()
    page.delete()
    assert not Page.objects.filter(slug="fishing").exists()


def test_a_confirmed_act_is_not_done_a_second_time(staff, page, other):
    by = staff["public_affairs"]
    request = requested.ask(by, page, Act.MOVE, timezone.now(), {"destination": other.pk})
    requested.confirm(staff["approver"], request, timezone.now(), request.reading)
    moved = ContentPage.objects.get(pk=page.pk)
    with pytest.raises(PermissionDenied):
        moved.move(other.get_parent(), pos="last-child", user=staff["approver"])


@pytest.mark.parametrize("act", [Act.DELETE, Act.MOVE])
def test_a_draft_that_was_never_public_needs_nobody(post, draft, other, act):
    do(post, act, draft, other)
    assert not RequestedAct.objects.exists()
    found = Page.objects.filter(pk=draft.pk).first()
    assert found is None if act == Act.DELETE else found.url_path.endswith("/archive/idea/")


@pytest.mark.parametrize("act", [Act.DELETE, Act.MOVE, Act.PRIVACY])
def test_what_was_approved_for_a_time_to_come_takes_two(post, draft, other, act):
    draft.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    answer = do(post, act, draft, other).content.decode()
    assert "waits for a second person" in answer
    assert RequestedAct.objects.get().act == act
    found = Page.objects.get(pk=draft.pk)
    assert found.url_path == draft.url_path and not found.get_view_restrictions().exists()


def test_what_was_public_once_is_deleted_by_two_too(post, page, other):
    page.unpublish()
    do(post, Act.DELETE, page, other)
    assert Page.objects.filter(pk=page.pk).exists()
    confirm_all()
    assert not Page.objects.filter(pk=page.pk).exists()


def test_a_draft_with_a_public_page_below_is_deleted_by_two(post, draft, other):
    below = page_below(draft, "below")
    do(post, Act.DELETE, draft, other)
    assert Page.objects.filter(pk=below.pk).exists()
    with pytest.raises(Refused, match="changed after it was asked"):
        request = RequestedAct.objects.get()
        page_below(below, "deeper", live=False)
        by = person(request.site, "approver", "late@bamako.example")
        requested.confirm(by, request, timezone.now(), request.reading)


def test_the_pages_below_go_along_only_if_that_was_read(client, post, page):
    page_below(page, "study")
    address = f"{PAGES.format(page.pk)}unpublish/"
    post(address, {"include_descendants": "on"})
    request = RequestedAct.objects.get()
    client.force_login(person(request.site, "approver", "reads@bamako.example"))
    assert "and 1 page below it" in client.get(LIST, **HOST).content.decode()
    page_below(page, "work")
    sent = {"step": "confirm", "read": request.reading}
    said = client.post(f"{LIST}{request.pk}/", sent, **HOST).content.decode()
    assert "was changed after it was asked" in said and is_served(client, "/fishing/study/")
    post(address, {"include_descendants": "on"})
    confirm_all()
    assert not any(is_served(client, f"/fishing/{slug}") for slug in ("", "study/", "work/"))


def test_a_page_is_not_taken_elsewhere_than_was_read(staff, post, page, other, home):
    do(post, Act.MOVE, page, other)
    request = RequestedAct.objects.get()
    other.slug = "elsewhere"
    other.save()
    with pytest.raises(Refused, match="changed after it was asked"):
        requested.confirm(staff["approver"], request, timezone.now(), request.reading)


def test_an_address_taken_meanwhile_stays_taken(staff, post, page, other):
    do(post, Act.MOVE, page, other)
    page_below(other, "fishing", live=False)
    request = RequestedAct.objects.get()
    with pytest.raises(Refused, match="has that address"):
        requested.confirm(staff["approver"], request, timezone.now(), request.reading)
    request.refresh_from_db()
    assert request.decided_at is None


def test_a_password_is_kept_no_longer_than_it_is_asked_for(client, staff, post, page):
    address = f"{PAGES.format(page.pk)}privacy/"
    post(address, {"restriction_type": "password", "password": "open sesame"})
    client.force_login(staff["approver"])
    shown = client.get(LIST, **HOST).content.decode()
    assert "whoever knows the password" in shown and "open sesame" not in shown
    confirm_all()
    assert PageViewRestriction.objects.get(page=page).password == "open sesame"
    request = RequestedAct.objects.get()
    assert "open sesame" not in f"{request.parameters}{request.before}"
    logged = PageLogEntry.objects.filter(page=page).values_list("data", flat=True)
    assert "open sesame" not in str(list(logged))
    post(address, {"restriction_type": "none"})
    assert PageViewRestriction.objects.filter(page=page).exists()
    confirm_all()
    assert is_served(client, "/fishing/")


def test_who_sees_a_draft_is_its_writers_choice(post, draft):
    post(f"{PAGES.format(draft.pk)}privacy/", {"restriction_type": "login"})
    assert PageViewRestriction.objects.filter(page=draft).exists()
    assert not RequestedAct.objects.exists()


def test_what_is_to_go_out_is_not_taken_back_by_one(post, page):
    page.title = "Fishing, new"
    revision = page.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    post(f"{PAGES.format(page.pk)}revisions/{revision.pk}/unschedule/")
    revision.refresh_from_db()
    assert revision.approved_go_live_at is not None
    confirm_all()
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


@pytest.mark.parametrize("act", ["unpublish", "delete", "move"])
def test_bulk_actions_ask_for_each_and_do_the_rest(client, post, page, draft, other, act):
    chosen = f"/admin/bulk/wagtailcore/page/{act}/?id={page.pk}&id={draft.pk}"
    answer = post(chosen, {"chooser": other.pk, "next": "/admin/"}).content.decode()
    waiting = RequestedAct.objects.waiting(timezone.now())
    assert [one.object_id for one in waiting] == [str(page.pk)]
    assert "waits for a second person" in answer
    left = Page.objects.filter(pk=draft.pk).first()
    if act == "delete":
        assert left is None and "Done at once" in answer
    elif act == "move":
        assert left.url_path.endswith("/archive/idea/")
    assert is_served(client, "/fishing/")
    confirm_all()
    assert not is_served(client, "/fishing/")


@pytest.mark.parametrize("act", ["unpublish", "move", "delete"])
@pytest.mark.parametrize("role", ["section_editor", "duty_officer"])
def test_who_may_do_it_to_none_of_them_is_told_so(client, staff, page, other, act, role):
    client.force_login(staff[role])
    sent = {"chooser": other.pk, "next": "/admin/"}
    chosen = f"/admin/bulk/wagtailcore/page/{act}/?id={page.pk}"
    said = client.post(chosen, sent, follow=True, **HOST).content.decode()
    assert "Nothing was done: your role may not do this" in said
    assert "0 pages" not in said and is_served(client, "/fishing/")


def test_a_draft_and_one_below_it_are_deleted_together(post, draft):
    below = draft.add_child(instance=ContentPage(title="Below", slug="below", live=False))
    chosen = f"/admin/bulk/wagtailcore/page/delete/?id={draft.pk}&id={below.pk}"
    answer = post(chosen, {"next": "/admin/"}).content.decode()
    assert "Done at once" in answer and not RequestedAct.objects.exists()
    assert not Page.objects.filter(pk__in=[draft.pk, below.pk]).exists()


def test_a_dated_edition_of_a_fact_sheet_is_deleted_by_two(client, post, site):
    from relations.models import FactSheetEdition

    edition = FactSheetEdition.objects.live().descendant_of(site.root_page).first()
    address = edition.url
    post(f"{PAGES.format(edition.pk)}delete/")
    assert is_served(client, address)
    confirm_all()
    assert not is_served(client, address)


def test_copies_are_drafts_and_nobody_makes_an_alias(client, post, staff, page, other):
    address = f"{PAGES.format(page.pk)}copy/"
    client.force_login(staff["public_affairs"])
    fields = client.get(address, **HOST).context["form"].fields
    assert not {"publish_copies", "alias"} & set(fields)
    sent = {"new_title": "Fishing", "new_slug": "fishing-2", "new_parent_page": other.pk}
    post(address, sent | {"publish_copies": "on"})
    post(address, sent | {"new_slug": "fishing-3", "alias": "on"})
    made = Page.objects.filter(slug__in=["fishing-2", "fishing-3"])
    assert [(one.live, one.alias_of_id) for one in made] == [(False, None)] * 2
    copied = page.copy(to=other, update_attrs={"slug": "fishing-4"}, user=staff["public_affairs"])
    assert not copied.live


@pytest.mark.parametrize("role", ["public_affairs", "approver"])
def test_who_lets_out_its_words_may_be_the_second(client, staff, page, role):
    request = requested.ask(staff["consular"], page, Act.UNPUBLISH, timezone.now())
    assert set(requested.codes_confirming(request)) == {"public_affairs", "approver"}
    assert for_second(staff[role], timezone.now(), of_their_roles(staff[role])).exists()
    requested.confirm(staff[role], request, timezone.now(), request.reading)
    assert not is_served(client, "/fishing/")


@pytest.mark.parametrize("whole", [False, True])
def test_of_another_kind_of_page_others_answer(staff, site, whole):
    country = CountryInfoPage.objects.descendant_of(site.root_page).live().first()
    about = country.get_parent().specific if whole else country
    request = requested.ask(staff["approver"], about, Act.PRIVACY, timezone.now(), LOGIN)
    assert set(requested.codes_confirming(request)) == {"consular", "approver"}
    with pytest.raises(PermissionDenied):
        requested.confirm(staff["public_affairs"], request, timezone.now(), request.reading)
    requested.confirm(staff["consular"], request, timezone.now(), request.reading)


@pytest.mark.parametrize("role", ["section_editor", "duty_officer", "consular", "administrator"])
def test_others_do_not_answer(client, staff, page, role):
    request = requested.ask(staff["approver"], page, Act.UNPUBLISH, timezone.now())
    for step in (requested.confirm, requested.decline):
        with pytest.raises(PermissionDenied):
            step(staff[role], request, timezone.now(), request.reading)
    assert not for_second(staff[role], timezone.now(), of_their_roles(staff[role])).exists()
    assert is_served(client, "/fishing/")


@pytest.mark.parametrize("role", ["section_editor", "duty_officer", "administrator"])
def test_nor_do_they_ask(client, staff, page, role):
    for act in (Act.UNPUBLISH, Act.DELETE, Act.PRIVACY):
        with pytest.raises(PermissionDenied):
            requested.ask(staff[role], page, act, timezone.now(), LOGIN)
    assert is_served(client, "/fishing/")


def test_nobody_of_another_mission_answers(staff, dakar, page):
    request = requested.ask(staff["consular"], page, Act.DELETE, timezone.now())
    stranger = person(dakar, "approver")
    for step in (requested.confirm, requested.decline):
        with pytest.raises(PermissionDenied):
            step(stranger, request, timezone.now(), request.reading)
    assert Page.objects.filter(pk=page.pk).exists()


def test_one_s_own_request_stays_one_s_own(client, staff, post, page, other):
    do(post, Act.DELETE, page, other)
    request = RequestedAct.objects.get()
    sent = {"step": "confirm", "read": request.reading}
    said = post(f"{LIST}{request.pk}/", sent).content.decode()
    assert "You wrote part of this" in said and is_served(client, "/fishing/")


def test_asked_for_twice_it_is_one_request(post, page, other):
    for _time in range(2):
        do(post, Act.UNPUBLISH, page, other)
    assert RequestedAct.objects.count() == 1


def test_a_colleague_does_not_take_over_what_was_asked(staff, page, other, home):
    below = page_below(other, "old")
    at = timezone.now()
    first = requested.ask(staff["consular"], page, Act.MOVE, at, {"destination": other.pk})
    with pytest.raises(Refused, match="has asked for this already"):
        requested.ask(staff["approver"], page, Act.MOVE, at, {"destination": below.pk})
    again = requested.ask(staff["consular"], page, Act.MOVE, at, {"destination": below.pk})
    assert (again.pk, again.reading != first.reading) == (first.pk, True)
    with pytest.raises(Refused, match="Read it again"):
        requested.confirm(staff["approver"], again, at, first.reading)


def test_requests_about_what_was_deleted_lapse(staff, page):
    below = page_below(page, "study")
    at = timezone.now()
    later = requested.ask(staff["consular"], below, Act.UNPUBLISH, at)
    request = requested.ask(staff["consular"], page, Act.DELETE, at)
    requested.confirm(staff["approver"], request, at, request.reading)
    later.refresh_from_db()
    assert later.outcome == Outcome.LAPSED


def test_what_is_gone_can_be_withdrawn_only(client, staff, page):
    at = timezone.now()
    request = requested.ask(staff["consular"], page, Act.UNPUBLISH, at)
    page.delete()
    with pytest.raises(Refused, match="is gone"):
        requested.confirm(staff["approver"], request, at, request.reading)
    client.force_login(staff["consular"])
    assert "is gone" in client.get(LIST, **HOST).content.decode()
    requested.withdraw(staff["consular"], request, at)


def test_warnings_have_their_own_rule(staff, home):
    from advisories.models import TravelAdvisoryPage
    from embassy.acts.alone import needs_two

    advisory = TravelAdvisoryPage.objects.first()
    assert not any(needs_two(advisory, act) for act in (Act.UNPUBLISH, Act.MOVE, Act.DELETE))
    assert needs_two(advisory.get_parent(), Act.MOVE)


def test_each_step_is_on_record(staff, page):
    at = timezone.now()
    request = requested.ask(staff["consular"], page, Act.UNPUBLISH, at)
    requested.decline(staff["approver"], request, at, "It still holds.")
    log = PageLogEntry.objects.filter(page=page, action__startswith="embassy.act_")
    assert list(log.order_by("pk").values_list("action", "user", "data__act")) == [
        (requested.ASKED, staff["consular"].pk, "unpublish"),
        (requested.DECLINED, staff["approver"].pk, "unpublish"),
    ]
