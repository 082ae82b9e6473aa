"""Pages go out by two people: who wrote any word since they were public does not let them out."""

import json
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Comment, Page, PageLogEntry, TaskState

from advisories.models import CountryInfoPage
from embassy import migrations
from embassy.approval import Refused, second_person_needed
from embassy.checks import pages_name_real_approvers
from embassy.models import BrokenGlass, ContentPage, MissionRole, PageWriter, User
from embassy.models.workflow import reading_of
from embassy.release import publishing
from embassy.release.publishing import waiting
from embassy.roles import ROLES
from relations.models import NewsPage
from tests.editor import posted
from tests.factories import PASSWORD, person
from tests.two_people import HOST, approved_on_desk, as_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(home):
    """A page that readers see, made by a program."""
    made = ContentPage(title="Visas", slug="visa-hours", locale=home.locale)
    home.add_child(instance=made)
    made.save_revision().publish()
    return ContentPage.objects.get(pk=made.pk)


COMMENT = {
    "comments-TOTAL_FORMS": 1,
    "comments-0-text": "Which Monday?",
    "comments-0-contentpath": "title",
    "comments-0-position": "",
    "comments-0-id": "",
    "comments-0-resolved": "",
    "comments-0-DELETE": "",
    **{f"comments-0-replies-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL", "MIN_NUM")},
    "comments-0-replies-MAX_NUM_FORMS": 1000,
}
"""What the editor sends of a remark on the title."""


def write(page, by, title: str, **how):
    """Store another title as somebody."""
    now = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    now.title = title
    return now.save_revision(user=by, log_action=True, **how)


def public(page) -> str:
    """Give the title readers see."""
    return Page.objects.get(pk=page.pk).title


def read(page) -> str:
    """Give what somebody has read who opens the page's desk now."""
    return reading_of(Page.objects.get(pk=page.pk).latest_revision)


def submitted(page, by, title: str = "Visas on Monday") -> None:
    """Write another title and hand it to a second person."""
    write(page, by, title)
    publishing.submit(page, by)


def signed_in(user) -> Client:
    """Give a browser in which somebody is signed in."""
    browser = Client(HTTP_HOST=HOST)
    browser.force_login(user)
    return browser


def press(browser, page, step: str, **sent):
    """Press a button of a page's desk; give what the screen says then."""
    answer = browser.post(f"/admin/publishing/{page.pk}/step/", {"step": step, **sent}, follow=True)
    return answer.content.decode()


def in_editor(page, user, **changes) -> dict:
    """Give what the editor of a page posts with changes."""
    return posted(type(page).objects.get(pk=page.pk), user) | changes


# Which role lets out which kind of page


KINDS = {
    ContentPage: {"public_affairs", "approver"},
    NewsPage: {"public_affairs", "approver"},
    CountryInfoPage: {"consular", "approver"},
}


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("kind", list(KINDS))
def test_who_approves_what(site, staff, kind, role):
    page = kind.objects.descendant_of(site.root_page).live().first()
    before = public(page)
    submitted(page, staff["section_editor"], "Another title")
    other = person(site, role, "second@bamako.example")
    may = role in KINDS[kind]
    answers = {name for name, *_rest in page.current_workflow_task.get_actions(page, other)}
    assert answers == ({"approve", "reject"} if may else set())
    if may:
        publishing.approve(page, other, read(page))
    else:
        with pytest.raises(Refused, match="Your role does not approve"):
            publishing.approve(page, other, read(page))
    assert public(page) == ("Another title" if may else before)


def test_what_was_approved_is_public_and_on_record(page, staff):
    submitted(page, staff["section_editor"])
    assert public(page) == "Visas"
    assert approved_on_desk(page, staff["public_affairs"]).status_code == 302
    assert public(page) == "Visas on Monday"
    assert not PageWriter.objects.of(page).exists()
    entry = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").latest("timestamp")
    assert entry.user == staff["public_affairs"]
    assert entry.revision_id == Page.objects.get(pk=page.pk).live_revision_id


# Who wrote it


def test_a_writer_does_not_approve_after_a_colleagues_comma(page, staff):
    write(page, staff["public_affairs"], "Visas on Tuesday")
    submitted(page, staff["approver"], "Visas, on Tuesday")
    for role in ("public_affairs", "approver"):
        with pytest.raises(Refused) as refused:
            publishing.approve(page, staff[role], read(page))
        assert str(refused.value) == second_person_needed()
    assert public(page) == "Visas"


def test_who_submits_what_a_program_wrote_answers_for_it(page, staff):
    now = page.get_latest_revision_as_object()
    now.title = "From a program"
    now.save_revision()
    publishing.submit(page, staff["public_affairs"])
    with pytest.raises(Refused, match="Somebody who wrote none"):
        publishing.approve(page, staff["public_affairs"], read(page))
    publishing.approve(page, staff["approver"], read(page))
    assert public(page) == "From a program"


def test_a_superuser_follows_the_same_rule(page, staff):
    boss = User.objects.create_superuser("boss@bamako.example", PASSWORD)
    submitted(page, boss)
    with pytest.raises(Refused, match="Somebody who wrote none"):
        publishing.approve(page, boss, read(page))
    with pytest.raises(PermissionDenied):
        page.get_latest_revision().publish(user=boss)
    assert public(page) == "Visas"


def test_old_words_taken_up_again_bring_their_writer_along(page, staff):
    never_public = write(page, staff["public_affairs"], "Never public")
    now = page.get_latest_revision_as_object()
    now.title = "From a program"
    now.save_revision().publish()
    assert not publishing.writers_of(page)
    taken_up = never_public.as_object()
    taken_up.save_revision(user=staff["section_editor"], previous_revision=never_public)
    wrote = {staff["section_editor"].pk, staff["public_affairs"].pk}
    assert publishing.writers_of(page) == wrote


def test_words_that_were_public_bring_nobody_along(page, staff):
    submitted(page, staff["public_affairs"], "Once public")
    publishing.approve(page, staff["approver"], read(page))
    once = Page.objects.get(pk=page.pk).live_revision
    submitted(page, staff["section_editor"], "Later")
    publishing.approve(page, staff["approver"], read(page))
    once.as_object().save_revision(user=staff["section_editor"], previous_revision=once)
    assert publishing.writers_of(page) == {staff["section_editor"].pk}


def test_reverting_in_the_editor_makes_a_writer(page, staff):
    first = page.get_latest_revision()
    submitted(page, staff["section_editor"])
    browser = signed_in(staff["public_affairs"])
    form = in_editor(page, staff["public_affairs"])
    address = f"/admin/pages/{page.pk}/revisions/{first.pk}/revert/"
    assert browser.post(address, form).status_code == 302
    assert staff["public_affairs"].pk in publishing.writers_of(page)


def test_who_stores_a_comment_and_no_word_may_approve(page, staff):
    submitted(page, staff["section_editor"])
    press = staff["public_affairs"]
    browser, stored = signed_in(press), page.revisions.count()
    form = in_editor(page, press, title="Visas on Monday", **COMMENT)
    assert browser.post(f"/admin/pages/{page.pk}/edit/", form).status_code == 302
    assert page.revisions.count() == stored + 1 and page.wagtail_admin_comments.count() == 1
    assert publishing.writers_of(page) == {staff["section_editor"].pk}
    desk = browser.get(f"/admin/publishing/{page.pk}/").content.decode()
    assert "Approve and publish" in desk and "Which Monday?" in desk
    publishing.approve(page, press, read(page))
    assert public(page) == "Visas on Monday"


def test_a_comment_that_is_open_stands_on_the_desk(page, staff):
    submitted(page, staff["section_editor"])
    about = {"page_id": page.pk, "contentpath": "title"}
    Comment.objects.create(user=staff["public_affairs"], text="Which Monday?", **about)
    browser, address = signed_in(staff["approver"]), f"/admin/publishing/{page.pk}/"
    assert "Which Monday?" in browser.get(address).content.decode()
    Comment.objects.update(resolved_at=timezone.now())
    assert "Which Monday?" not in browser.get(address).content.decode()


def test_a_comment_makes_nobody_a_writer(page, staff):
    submitted(page, staff["section_editor"])
    browser = signed_in(staff["public_affairs"])
    assert browser.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    page.wagtail_admin_comments.create(user=staff["public_affairs"], text="?", contentpath="title")
    assert publishing.writers_of(page) == {staff["section_editor"].pk}


# Past the desk: the editor, forged posts, several at once, programs


def test_publishing_from_the_editor_submits_and_says_so(page, staff):
    browser = signed_in(staff["public_affairs"])
    form = in_editor(page, staff["public_affairs"], title="Alone", **{"action-publish": "1"})
    answer = browser.post(f"/admin/pages/{page.pk}/edit/", form, follow=True)
    assert "when a second person approves it" in answer.content.decode()
    assert public(page) == "Visas" and waiting(page).exists()
    again = in_editor(page, staff["public_affairs"], title="Alone", **{"action-publish": "1"})
    browser.post(f"/admin/pages/{page.pk}/edit/", again)
    assert public(page) == "Visas"


def test_a_new_page_is_submitted_too(home, staff):
    browser = signed_in(staff["public_affairs"])
    data = {"title": "New", "slug": "new-page", "summary": "", "action-publish": "1"}
    counts = {"body-count": "0", "sources-count": "0"}
    rows = {
        f"comments-{name}": "0"
        for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    address = f"/admin/pages/add/embassy/contentpage/{home.pk}/"
    assert browser.post(address, data | counts | rows).status_code == 302
    made = ContentPage.objects.get(slug="new-page")
    assert not made.live and waiting(made).exists()
    with pytest.raises(Refused, match="Somebody who wrote none"):
        publishing.approve(made, staff["public_affairs"], read(made))
    publishing.approve(made, staff["approver"], read(made))
    assert Client(HTTP_HOST=HOST).get("/new-page/").status_code == 200


def test_the_editor_offers_to_submit_and_never_to_publish(page, staff):
    for role in ("section_editor", "public_affairs", "approver"):
        text = signed_in(staff[role]).get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert "Submit for a second person" in text
        assert 'name="action-publish"' not in text


def test_several_pages_are_not_published_at_once(page, staff):
    write(page, staff["section_editor"], "In bulk")
    browser = signed_in(staff["public_affairs"])
    address = f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}"
    text = browser.post(address, {"include_descendants": "on"}, follow=True).content.decode()
    assert "Pages go out one by one" in text
    assert public(page) == "Visas"


def test_a_list_does_not_offer_to_publish_several_pages(page, staff):
    browser = signed_in(staff["public_affairs"])
    text = browser.get(f"/admin/pages/{page.get_parent().pk}/").content.decode()
    assert "/bulk/wagtailcore/page/unpublish/" in text
    assert "/bulk/wagtailcore/page/publish/" not in text


def test_the_admins_api_publishes_nothing(page, staff):
    boss = User.objects.create_superuser("boss@bamako.example", PASSWORD)
    write(page, staff["section_editor"], "By the API")
    answer = signed_in(boss).post(f"/admin/api/main/pages/{page.pk}/action/publish/")
    assert answer.status_code == 403
    assert public(page) == "Visas"


@pytest.mark.parametrize("way", ["action", "collect_action_data"])
def test_wagtails_own_answers_lead_to_the_desk(page, staff, way):
    submitted(page, staff["section_editor"])
    state = waiting(page).get()
    browser = signed_in(staff["public_affairs"])
    address = f"/admin/pages/workflow/{way}/{page.pk}/approve/{state.pk}/"
    answer = browser.post(address, {"comment": ""}, follow=True)
    assert "Nothing was done" in answer.content.decode()
    assert public(page) == "Visas"


def test_an_answer_forged_in_the_editor_is_a_save(page, staff):
    submitted(page, staff["section_editor"])
    sent = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    form = in_editor(page, staff["public_affairs"], title="Forged", **sent)
    answer = signed_in(staff["public_affairs"]).post(
        f"/admin/pages/{page.pk}/edit/", form, follow=True
    )
    assert "Not answered" in answer.content.decode()
    assert public(page) == "Visas"
    assert waiting(page).exists()


def test_the_step_itself_refuses_what_the_screens_never_send(page, staff):
    submitted(page, staff["public_affairs"])
    state = waiting(page).get()
    for user, seen in (
        (staff["public_affairs"], read(page)),  # who wrote it
        (staff["consular"], read(page)),  # whose role is another
        (staff["approver"], ""),  # who has read nothing
    ):
        with pytest.raises(PermissionDenied):
            state.task.specific.on_action(state, user, "approve", read=seen)
    with pytest.raises(PermissionDenied):
        state.approve(user=staff["public_affairs"])
    assert public(page) == "Visas"


def test_no_account_publishes_a_revision_by_itself(page, staff):
    revision = write(page, staff["section_editor"], "By a program with a name")
    for role in ("section_editor", "public_affairs", "approver"):
        with pytest.raises(PermissionDenied):
            revision.publish(user=staff[role])
        with pytest.raises(PermissionDenied):
            revision.publish(user=staff[role], skip_permission_checks=True)
    assert public(page) == "Visas"
    revision.publish()  # what programs do
    assert public(page) == "By a program with a name"


def test_an_old_approval_lets_nothing_out_again(page, staff):
    submitted(page, staff["section_editor"])
    publishing.approve(page, staff["approver"], read(page))
    once = Page.objects.get(pk=page.pk).live_revision
    submitted(page, staff["section_editor"], "Later")
    publishing.approve(page, staff["approver"], read(page))
    with pytest.raises(PermissionDenied):
        once.publish(user=staff["approver"])
    assert public(page) == "Later"


def test_pages_of_another_mission_are_not_found(page, staff, dakar):
    submitted(page, staff["section_editor"])
    neighbor = person(dakar, "approver")
    browser = signed_in(neighbor)
    assert browser.get(f"/admin/publishing/{page.pk}/").status_code == 404
    assert approved_on_desk(page, neighbor).status_code == 404
    with pytest.raises(Refused):
        publishing.approve(page, neighbor, read(page))
    assert public(page) == "Visas"


@pytest.mark.parametrize("report", ["workflow", "workflow_tasks"])
def test_reports_of_what_waits_show_no_other_mission(staff, dakar, report):
    home = dakar.root_page.specific
    theirs = ContentPage(title="A neighbor's draft", slug="n", locale=home.locale, live=False)
    home.add_child(instance=theirs)
    neighbor = person(dakar, "section_editor")
    theirs.save_revision(user=neighbor)
    publishing.submit(theirs, neighbor)
    for role in ("public_affairs", "approver"):  # the first screen tells each what is theirs
        browser = signed_in(staff[role])
        assert browser.get(f"/admin/reports/{report}/").status_code == 404
        assert browser.get(f"/admin/reports/{report}/results/").status_code == 404
        assert f"/admin/reports/{report}/" not in browser.get("/admin/").content.decode()
    assert "A neighbor" not in signed_in(staff["approver"]).get("/admin/").content.decode()


def test_a_warning_has_no_desk_here(staff):
    from advisories.models import TravelAdvisoryPage

    warning = TravelAdvisoryPage.objects.first()
    browser = signed_in(staff["approver"])
    assert browser.get(f"/admin/publishing/{warning.pk}/").status_code == 404
    assert warning.get_workflow() is None


# Exactly what was read


def test_words_that_changed_meanwhile_are_not_approved(page, staff):
    submitted(page, staff["section_editor"])
    seen = read(page)
    write(page, staff["section_editor"], "Something else")
    text = press(signed_in(staff["approver"]), page, "approve", read=seen)
    assert "The words changed after you opened them" in text
    assert public(page) == "Visas"
    assert waiting(page).get().revision == Page.objects.get(pk=page.pk).latest_revision
    publishing.approve(page, staff["approver"], read(page))
    assert public(page) == "Something else"


def test_words_stored_over_the_same_revision_count_as_changed(page, staff):
    submitted(page, staff["section_editor"])
    seen = read(page)
    latest = Page.objects.get(pk=page.pk).latest_revision
    write(page, staff["section_editor"], "Typed on", overwrite_revision=latest)
    assert Page.objects.get(pk=page.pk).latest_revision == latest
    with pytest.raises(Refused, match="changed after you opened"):
        publishing.approve(page, staff["approver"], seen)


def test_nothing_is_stored_over_words_that_went_out(page, staff):
    submitted(page, staff["section_editor"])
    publishing.approve(page, staff["approver"], read(page))
    live = Page.objects.get(pk=page.pk).live_revision
    later = write(page, staff["section_editor"], "Typed on", overwrite_revision=live)
    assert later != live
    assert live.as_object().title == "Visas on Monday"


def test_an_approver_who_changes_it_is_a_writer_then(page, staff):
    submitted(page, staff["section_editor"])
    write(page, staff["public_affairs"], "Mended")
    with pytest.raises(Refused, match="Somebody who wrote none"):
        publishing.approve(page, staff["public_affairs"], read(page))
    publishing.approve(page, staff["approver"], read(page))
    assert public(page) == "Mended"


def test_it_is_approved_once(page, staff):
    submitted(page, staff["section_editor"])
    seen = read(page)
    publishing.approve(page, staff["approver"], seen)
    with pytest.raises(Refused, match="A colleague was faster"):
        publishing.approve(page, staff["public_affairs"], seen)
    assert TaskState.objects.filter(revision__object_id=str(page.pk)).count() == 1


# Returned, taken back, submitted again


def test_it_is_returned_with_a_reason_only_and_can_come_again(page, staff):
    submitted(page, staff["section_editor"])
    approver = signed_in(staff["public_affairs"])
    assert "Say why you return it" in press(approver, page, "return", reason="  ")
    assert waiting(page).exists()
    assert "Returned with your reason" in press(approver, page, "return", reason="Name the day.")
    assert not waiting(page).exists()
    writer = signed_in(staff["section_editor"])
    first_screen = writer.get("/admin/").content.decode()
    assert "Pages that came back to you" in first_screen and "Name the day." in first_screen
    editor = writer.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert f"Returned by {staff['public_affairs']}, " in editor and "Name the day." in editor
    assert "Submitted" in press(writer, page, "submit")
    assert "Returned by" not in writer.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    publishing.approve(page, staff["public_affairs"], read(page))
    assert public(page) == "Visas on Monday"


def test_a_reason_is_shown_in_the_editor_as_it_was_typed(page, staff):
    submitted(page, staff["section_editor"])
    press(signed_in(staff["approver"]), page, "return", reason="Less <b>bold</b>")
    writer = signed_in(staff["section_editor"])
    editor = writer.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "Less &lt;b&gt;bold&lt;/b&gt;" in editor and "Less <b>" not in editor


def test_a_writer_takes_it_back_and_nobody_else(page, staff):
    submitted(page, staff["section_editor"])
    with pytest.raises(PermissionDenied):
        publishing.withdraw(page, staff["approver"])
    assert "Taken back" in press(signed_in(staff["section_editor"]), page, "withdraw")
    assert not waiting(page).exists()
    with pytest.raises(Refused, match="no longer waits"):
        publishing.approve(page, staff["approver"], read(page))


def test_it_is_submitted_once_and_by_who_may_write(page, staff):
    with pytest.raises(Refused, match="Readers see these words already"):
        publishing.submit(page, staff["section_editor"])
    write(page, staff["section_editor"], "Once")
    with pytest.raises(PermissionDenied):
        publishing.submit(page, staff["administrator"])
    publishing.submit(page, staff["section_editor"])
    with pytest.raises(Refused, match="waits for approval already"):
        publishing.submit(page, staff["duty_officer"])


# The screens


def test_the_desk_says_what_changes_who_wrote_it_and_who_approves(page, staff):
    submitted(page, staff["section_editor"])
    text = signed_in(staff["public_affairs"]).get(f"/admin/publishing/{page.pk}/").content.decode()
    assert str(staff["section_editor"]) in text
    assert "on Monday" in text and "addition" in text
    assert str(staff["approver"]) in text and "Approve and publish" in text
    own = signed_in(staff["section_editor"]).get(f"/admin/publishing/{page.pk}/").content.decode()
    assert "Approve and publish" not in own and "Take back" in own


def one_link(address: str) -> str:
    """Give a body, as it is stored, with one link under the same words."""
    words = f'<p><a href="{address}">Pay the fee</a></p>'
    return json.dumps([{"type": "paragraph", "value": words, "id": str(UUID(int=7))}])


@pytest.mark.parametrize(
    "other", ["https://evil.example/", "tel:+15551234", "mailto:x@evil.example"]
)
def test_another_address_behind_the_same_words_is_shown(page, staff, other):
    now = page.get_latest_revision_as_object()
    now.body = one_link("https://travel.state.gov/")
    now.save_revision().publish()
    now = ContentPage.objects.get(pk=page.pk)
    now.body = one_link(other)
    now.save_revision(user=staff["section_editor"])
    publishing.submit(now, staff["section_editor"])
    shown = signed_in(staff["approver"]).get(f"/admin/publishing/{page.pk}/")
    assert shown.context["links"] == {"new": [other], "gone": ["https://travel.state.gov/"]}
    text = shown.content.decode()
    assert other in text and "Links that would be new" in text
    assert "No word of it is marked" in text


def test_marks_of_the_editor_alone_are_no_difference(page, staff):
    now = page.get_latest_revision_as_object()
    now.body = one_link("https://travel.state.gov/")
    now.save_revision().publish()
    now = ContentPage.objects.get(pk=page.pk)
    now.body = one_link("https://travel.state.gov/").replace(
        "<p>", '<p data-block-key=\\"a1b2c\\">'
    )
    now.title = "Visas on Monday"
    now.save_revision(user=staff["section_editor"])
    shown = signed_in(staff["approver"]).get(f"/admin/publishing/{page.pk}/")
    assert [one.field_label() for one in shown.context["differences"]] == ["Title"]


def test_of_a_page_that_was_never_public_all_is_shown(home, staff):
    made = ContentPage(title="A new page", slug="new-one", locale=home.locale, live=False)
    made.body = [("paragraph", "<p>Words nobody has read</p>")]
    home.add_child(instance=made)
    made.save_revision(user=staff["section_editor"])
    publishing.submit(made, staff["section_editor"])
    text = signed_in(staff["approver"]).get(f"/admin/publishing/{made.pk}/").content.decode()
    assert "What readers would see" in text and "Words nobody has read" in text


def test_the_first_screen_names_what_waits_for_whom(page, staff):
    submitted(page, staff["section_editor"])
    seen = {role: signed_in(staff[role]).get("/admin/").content.decode() for role in staff}
    waits = {role for role, text in seen.items() if "Pages that wait for you" in text}
    assert waits == {"public_affairs", "approver"}
    own = {role for role, text in seen.items() if "Yours, waiting for a second person" in text}
    assert own == {"section_editor"}


# Schedules


@pytest.mark.parametrize(("minutes", "seen"), [(-1, "Visas on Monday"), (1, "Visas")])
def test_a_schedule_is_approved_with_the_words(page, staff, minutes, seen):
    draft = page.get_latest_revision_as_object()
    draft.title, draft.go_live_at = "Visas on Monday", timezone.now() + timedelta(hours=1)
    draft.save_revision(user=staff["section_editor"])
    publishing.submit(page, staff["section_editor"])
    call_command("publish_scheduled")
    assert public(page) == "Visas"
    publishing.approve(page, staff["approver"], read(page))
    assert public(page) == "Visas" and publishing.is_scheduled(page)
    revision = Page.objects.get(pk=page.pk).latest_revision
    moment = timezone.now() + timedelta(minutes=minutes)
    revision.approved_go_live_at = moment
    revision.content["go_live_at"] = moment.isoformat()
    revision.save(update_fields=["approved_go_live_at", "content"])
    call_command("keep_schedules", once=True)
    assert public(page) == seen


def test_a_schedule_that_one_account_typed_does_nothing(page, staff):
    past = (timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")
    form = in_editor(page, staff["public_affairs"], title="Alone", go_live_at=past, expire_at=past)
    signed_in(staff["public_affairs"]).post(f"/admin/pages/{page.pk}/edit/", form)
    write(page, staff["public_affairs"], "Alone")
    call_command("publish_scheduled")
    assert Page.objects.get(pk=page.pk).live and public(page) == "Visas"


def test_an_end_takes_effect_once_it_is_approved(page, staff):
    draft = page.get_latest_revision_as_object()
    draft.expire_at = timezone.now() + timedelta(hours=1)
    draft.save_revision(user=staff["section_editor"])
    publishing.submit(page, staff["section_editor"])
    Page.objects.filter(pk=page.pk).update(expire_at=None)
    call_command("publish_scheduled")
    assert Page.objects.get(pk=page.pk).live
    publishing.approve(page, staff["approver"], read(page))
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert not Page.objects.get(pk=page.pk).live


def test_the_desk_says_when_a_time_is_past(page, staff):
    draft = page.get_latest_revision_as_object()
    draft.title, draft.go_live_at = "Visas on Monday", timezone.now() + timedelta(hours=1)
    draft.expire_at = timezone.now() + timedelta(hours=2)
    draft.save_revision(user=staff["section_editor"])
    publishing.submit(page, staff["section_editor"])
    approver = signed_in(staff["approver"])
    address = f"/admin/publishing/{page.pk}/"
    text = approver.get(address).content.decode()
    assert "It goes out on" in text and "Approve and publish" not in text
    revision = Page.objects.get(pk=page.pk).latest_revision
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=2)).isoformat()
    revision.save(update_fields=["content"])
    text = approver.get(address).content.decode()
    assert "It was to go out on" in text and "Approve and publish" in text
    publishing.approve(page, staff["approver"], read(page))
    assert public(page) == "Visas on Monday"
    text = approver.get(address).content.decode()
    assert "Nothing waits" in text and "It is taken off the site on" in text
    past = timezone.now() - timedelta(minutes=1)
    Page.objects.filter(pk=page.pk).update(expire_at=past)
    revision.content["expire_at"] = past.isoformat()
    revision.save(update_fields=["content"])
    call_command("publish_scheduled")
    text = approver.get(address).content.decode()
    assert "It went out on" in text and "It was taken off the site on" in text
    assert str(staff["section_editor"]) in text and "a program did" not in text


# Breaking the glass


@pytest.fixture
def chief(site):
    """Somebody of public affairs who may break the glass."""
    user = person(site, "public_affairs", "glass@bamako.example")
    user.groups.add(MissionRole.objects.get(site=site, role="break_glass").group)
    return user


def test_one_person_lets_it_out_with_reason_and_proof_and_everybody_is_told(page, staff, chief):
    write(page, chief, "Alone")
    browser = signed_in(chief)
    right = {"reason": "Nobody answers.", "password": PASSWORD, "read": read(page)}
    assert "That is not your password" in press(
        browser, page, "break_glass", **(right | {"password": "no"})
    )
    assert "Say why this cannot wait" in press(
        browser, page, "break_glass", **(right | {"reason": " "})
    )
    assert public(page) == "Visas"
    assert "Published by you alone" in press(browser, page, "break_glass", **right)
    assert public(page) == "Alone"
    glass = BrokenGlass.objects.get(page=page)
    for role in ("approver", "consular", "section_editor"):
        assert "Nobody answers." in signed_in(staff[role]).get("/admin/").content.decode()
    with pytest.raises(Refused, match="Somebody who wrote none"):
        publishing.confirm(page, chief, timezone.now(), glass.pk)
    with pytest.raises(PermissionDenied):
        publishing.confirm(page, staff["consular"], timezone.now(), glass.pk)
    assert "Confirmed" in press(signed_in(staff["approver"]), page, "confirm", number=glass.pk)
    assert "Nobody answers." not in signed_in(staff["approver"]).get("/admin/").content.decode()
    with pytest.raises(Refused, match="There is nothing to confirm"):
        publishing.confirm(page, staff["public_affairs"], timezone.now(), glass.pk)


def test_who_wrote_with_them_does_not_confirm(page, staff, chief):
    write(page, staff["approver"], "Ours")
    glass = publishing.break_glass(page, chief, timezone.now(), "Night.", read(page))
    with pytest.raises(Refused, match="Somebody who wrote none"):
        publishing.confirm(page, staff["approver"], timezone.now(), glass.pk)
    publishing.confirm(page, staff["public_affairs"], timezone.now(), glass.pk)


def test_only_the_role_breaks_the_glass_and_only_what_was_read(page, staff, chief):
    submitted(page, staff["section_editor"])
    seen = read(page)
    with pytest.raises(PermissionDenied):
        publishing.break_glass(page, staff["approver"], timezone.now(), "Night.", seen)
    write(page, staff["section_editor"], "Something else")
    with pytest.raises(Refused, match="changed after you opened"):
        publishing.break_glass(page, chief, timezone.now(), "Night.", seen)
    publishing.break_glass(page, chief, timezone.now(), "Night.", read(page))
    assert public(page) == "Something else" and not waiting(page).exists()
    with pytest.raises(Refused, match="Readers see these words already"):
        publishing.break_glass(page, chief, timezone.now(), "Night.", read(page))


def test_the_form_for_it_keeps_its_words(page, chief):
    write(page, chief, "Alone")
    wrong = {"reason": "A long reason.", "password": "no", "read": read(page)}
    assert "A long reason." in press(signed_in(chief), page, "break_glass", **wrong)


# Setting up


def test_each_mission_has_one_workflow_however_often_roles_are_applied(site, dakar):
    first = {one.pk: publishing.set_up(one).pk for one in (site, dakar)}
    call_command("sync_roles")
    assert {one.pk: publishing.set_up(one).pk for one in (site, dakar)} == first
    assert len(set(first.values())) == 2
    assert dakar.root_page.specific.get_workflow().pk == first[dakar.pk]


def test_the_submit_button_of_the_editor_submits(page, staff):
    form = as_submitted(in_editor(page, staff["section_editor"], title="By the button"))
    browser = signed_in(staff["section_editor"])
    assert browser.post(f"/admin/pages/{page.pk}/edit/", form).status_code == 302
    assert waiting(page).exists()
    assert approved_on_desk(page, staff["public_affairs"]).status_code == 302
    assert public(page) == "By the button"


def test_a_kind_of_page_names_roles_there_are(monkeypatch):
    assert not pages_name_real_approvers(None)
    monkeypatch.setattr(NewsPage, "approved_by", ("press",))
    [error] = pages_name_real_approvers(None)
    assert "relations.NewsPage is approved by no role there is: press." in error.msg


def test_who_wrote_drafts_of_before_is_noted_when_the_site_is_brought_up_to_date(page, staff):
    write(page, staff["section_editor"], "Public soon")
    Page.objects.get(pk=page.pk).latest_revision.publish()
    write(page, staff["public_affairs"], "A draft")
    latest = write(page, staff["public_affairs"], "A draft, mended")
    PageWriter.objects.all().delete()
    [path] = (Path(migrations.__file__).parent).glob("*_second_person.py")
    import_module(f"embassy.migrations.{path.stem}").note_writers(apps, None)
    found = PageWriter.objects.of(page).values_list("user_id", "revision")
    assert list(found) == [(staff["public_affairs"].pk, latest.pk)]
