"""Letters to staff: of what waits for their answer, and of what of theirs came back."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Comment, Page, PageSubscription
from wagtail.users.models import UserProfile

from advisories import lifecycle, outbox
from advisories.models import Delivery
from advisories.outbox import GATHERS, LETTERS
from advisories.vocabulary import Act
from embassy.acts import requested
from embassy.acts.requested_facts import values_of
from embassy.demo import contact
from embassy.demo.contacts import DUTY
from embassy.fields import Texts
from embassy.mail import letters
from embassy.mail.letters import Why
from embassy.models import ContentPage, Letter, RequestedAct, User
from embassy.models.workflow import reading_of
from embassy.release import publishing
from tests.advisories.factories import draft, new_issue
from tests.advisories.sending import HOST, page_of, pass_over, signed_in
from tests.receivers import mail_receiver

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LATER = GATHERS + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def nothing_owed(site):
    """Begin without what the demo content owes."""
    Letter.objects.all().delete()
    Delivery.objects.all().delete()


@pytest.fixture
def page(home, staff):
    """A page that readers never saw, written by the section editor."""
    made = ContentPage(title="Secret plans", slug="secret-plans", locale=home.locale, live=False)
    home.add_child(instance=made)
    made.save_revision(user=staff["section_editor"], log_action=True)
    return ContentPage.objects.get(pk=made.pk)


def ask(by, label="Number"):
    """Ask for a change of the number for emergencies."""
    point = contact(DUTY)
    point.value = "+223 6675 2861"
    return requested.ask(by, point, RequestedAct.Act.CHANGE, timezone.now(), values(point))


def values(point) -> dict:
    """Give what a change of a number asks for."""
    return {"values": values_of(point)}


def told(why=Why.WAITS) -> set:
    """Give who is told of something."""
    return set(Letter.objects.filter(why=why).values_list("to__email", flat=True))


def leave() -> list:
    """Let all letters leave that have gathered; give them."""
    mail.outbox.clear()
    pass_over(timezone.now() + LATER)
    return list(mail.outbox)


def test_a_page_that_waits_is_told_to_who_may_approve_it(page, staff):
    publishing.submit(page, staff["section_editor"])
    assert told() == {staff["approver"].email, staff["public_affairs"].email}
    found = leave()
    assert {each.to[0] for each in found} == told()
    assert f"/admin/publishing/{page.pk}/" in found[0].body
    assert "Secret plans" not in found[0].subject + found[0].body
    assert found[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_wagtail_sends_no_letter_of_its_own_in_the_middle_of_a_step(page, staff):
    mail.outbox.clear()
    writer, approver = staff["section_editor"], staff["approver"]
    publishing.submit(page, writer)
    publishing.give_back(ContentPage.objects.get(pk=page.pk), approver, "Say when.")
    publishing.submit(ContentPage.objects.get(pk=page.pk), writer)
    seen = reading_of(ContentPage.objects.get(pk=page.pk).latest_revision)
    publishing.approve(ContentPage.objects.get(pk=page.pk), approver, seen)
    assert ContentPage.objects.get(pk=page.pk).live
    assert mail.outbox == []


def test_of_a_public_page_the_public_title_is_named(page, staff, home):
    page.get_latest_revision().publish()
    stored = ContentPage.objects.get(pk=page.pk)
    stored.title = "Not public yet"
    stored.save_revision(user=staff["section_editor"])
    publishing.submit(ContentPage.objects.get(pk=page.pk), staff["section_editor"])
    body = leave()[0].body
    assert "Secret plans" in body and "Not public yet" not in body


def test_nobody_is_told_twice_of_one_submission(page, staff):
    publishing.submit(page, staff["section_editor"])
    count = Letter.objects.count()
    stored = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    stored.title = "Other plans"
    stored.save_revision(user=staff["section_editor"])
    assert Letter.objects.count() == count > 0
    line = Letter.objects.first()
    people = [staff["approver"], staff["public_affairs"]]
    assert letters.owe(line.site, line.about, line.key, Why.WAITS, people, NOW) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        line.pk = None
        line.save(force_insert=True)


def test_what_waits_for_one_person_gathers_in_one_letter(page, staff):
    publishing.submit(page, staff["section_editor"])
    ask(staff["section_editor"])
    mine = Delivery.objects.filter(channel=LETTERS, target=str(staff["approver"].pk))
    assert mine.count() == 1
    found = [each for each in leave() if each.to == [staff["approver"].email]]
    assert len(found) == 1
    assert "A page waits" in found[0].body and "An act waits" in found[0].body
    assert "6675" not in found[0].body


def test_nothing_gathers_once_the_letter_has_left(page, staff):
    publishing.submit(page, staff["section_editor"])
    leave()
    ask(staff["section_editor"])
    mine = Delivery.objects.filter(channel=LETTERS, target=str(staff["approver"].pk))
    assert sorted(mine.values_list("status", flat=True)) == ["done", "waiting"]


@pytest.mark.parametrize(("after", "gathers"), [(GATHERS, False), (GATHERS / 2, True)])
def test_a_letter_gathers_until_it_is_due(site, staff, after, gathers):
    target = str(staff["approver"].pk)
    first = outbox.owe_letter(site, target, NOW)
    assert (outbox.owe_letter(site, target, NOW + after) == first) is gathers


def test_what_was_answered_meanwhile_sends_no_letter(page, staff):
    publishing.submit(page, staff["section_editor"])
    latest = Page.objects.get(pk=page.pk).latest_revision
    publishing.approve(page, staff["approver"], reading_of(latest))
    assert leave() == []
    assert set(Delivery.objects.filter(channel=LETTERS).values_list("status")) == {("done",)}


def test_whoever_wrote_on_meanwhile_is_asked_no_more(page, staff):
    publishing.submit(page, staff["section_editor"])
    stored = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    stored.title = "By the approver"
    stored.save_revision(user=staff["approver"])
    assert [each.to for each in leave()] == [[staff["public_affairs"].email]]


def test_a_page_that_comes_back_is_told_to_its_writer_without_the_reason(page, staff):
    publishing.submit(page, staff["section_editor"])
    Letter.objects.all().delete()
    publishing.give_back(page, staff["approver"], "Say whose plans.")
    assert told(Why.CAME_BACK) == {staff["section_editor"].email}
    found = leave()
    assert [each.to for each in found] == [[staff["section_editor"].email]]
    assert "Say whose" not in found[0].body and "The reason stands there." in found[0].body


def test_an_act_that_is_declined_is_told_to_who_asked(staff):
    act = ask(staff["section_editor"])
    assert staff["approver"].email in told() and staff["section_editor"].email not in told()
    assert staff["administrator"].email not in told()
    Letter.objects.all().delete()
    requested.decline(staff["approver"], act, timezone.now(), "Nobody answers there.")
    found = leave()
    assert [each.to for each in found] == [[staff["section_editor"].email]]
    assert f"/admin/requested/#request-{act.pk}" in found[0].body
    assert "Nobody answers" not in found[0].body


def test_a_warning_that_waits_and_comes_back(site, staff):
    now = timezone.now()
    alert = draft(now - timedelta(hours=1), now + timedelta(hours=6), by=staff["duty_officer"])
    lifecycle.submit(alert, staff["duty_officer"], now)
    assert told() == {staff["approver"].email, staff["consular"].email}
    found = leave()
    assert {each.to[0] for each in found} == told()
    assert "Roads closed" not in found[0].subject + found[0].body
    lifecycle.give_back(alert, staff["approver"], "Say where.", now)
    assert told(Why.CAME_BACK) == {staff["duty_officer"].email}
    assert [each.to for each in leave()] == [[staff["duty_officer"].email]]


def test_of_an_end_that_was_returned_the_log_has_the_reason(site, staff):
    page = new_issue(staff).page.specific
    now = timezone.now()
    note = Texts(en="It is over.", fr="C’est fini.")
    lifecycle.end(page, staff["duty_officer"], now, Act.CANCEL, note)
    lifecycle.give_back(page, staff["approver"], "It goes on.", now)
    mine = [each for each in leave() if each.to == [staff["duty_officer"].email]]
    [address] = re.findall(r"/admin/pages/\d+/history/", mine[0].body)
    assert "It goes on." in page_of(staff["duty_officer"], address)


def test_a_warning_submitted_anew_is_told_anew(site, staff):
    now = timezone.now()
    alert = draft(now - timedelta(hours=1), now + timedelta(hours=6), by=staff["duty_officer"])
    lifecycle.submit(alert, staff["duty_officer"], now)
    count = Letter.objects.filter(why=Why.WAITS).count()
    lifecycle.withdraw(alert, staff["duty_officer"])
    lifecycle.submit(alert, staff["duty_officer"], now + timedelta(minutes=1))
    assert Letter.objects.filter(why=Why.WAITS).count() == 2 * count
    mine = [each for each in leave() if each.to == [staff["approver"].email]]
    assert len(mine) == 1 and mine[0].body.count("A warning waits") == 1


def test_each_account_can_turn_each_kind_off(page, staff):
    browser = signed_in(staff["approver"])
    form = {"notifications-rejected_notifications": "on"}
    names = {"name_email-first_name": "A", "name_email-last_name": "B"}
    locale = {"locale-preferred_language": "fr", "theme-theme": "system"}
    looks = {"theme-contrast": "system", "theme-density": "default"}
    mail_address = {"name_email-email": staff["approver"].email}
    sent = form | names | locale | looks | mail_address
    assert browser.post("/admin/account/", sent, **HOST).status_code == 302
    profile = UserProfile.objects.get(user=staff["approver"])
    assert not profile.submitted_notifications and profile.rejected_notifications
    publishing.submit(page, staff["section_editor"])
    assert told() == {staff["public_affairs"].email}


def test_a_choice_made_while_it_gathers_counts(page, staff):
    publishing.submit(page, staff["section_editor"])
    UserProfile.objects.create(user=staff["approver"], submitted_notifications=False)
    assert [each.to for each in leave()] == [[staff["public_affairs"].email]]


def test_only_letters_that_are_sent_are_offered(staff):
    for role in ("approver", "section_editor", "duty_officer"):
        shown = signed_in(staff[role]).get("/admin/account/", **HOST).content.decode()
        assert "notifications-submitted_notifications" in shown
        assert "notifications-rejected_notifications" in shown
        assert "notifications-approved_notifications" not in shown


def test_a_letter_speaks_the_language_its_reader_chose(page, staff, compiled):
    UserProfile.objects.create(user=staff["approver"], preferred_language="fr")
    publishing.submit(page, staff["section_editor"])
    french = next(each for each in leave() if each.to == [staff["approver"].email])
    assert "Une page attend" in french.body and "votre réponse" in french.subject


def test_closed_accounts_and_other_missions_are_told_nothing(page, staff, dakar):
    staff["public_affairs"].is_active = False
    staff["public_affairs"].save()
    publishing.submit(page, staff["section_editor"])
    assert told() == {staff["approver"].email}


def test_an_account_that_closes_meanwhile_gets_nothing_and_nobody_is_alarmed(page, staff):
    publishing.submit(page, staff["section_editor"])
    User.objects.filter(pk=staff["approver"].pk).update(is_active=False)
    assert [each.to for each in leave()] == [[staff["public_affairs"].email]]
    assert not Delivery.objects.dead().exists()


def test_a_mail_server_that_is_gone_undoes_nothing_and_is_asked_again(page, staff, settings):
    with mail_receiver(settings) as taken:
        taken.refused = {staff["approver"].email: "450 later"}
        publishing.submit(page, staff["section_editor"])
        pass_over(timezone.now() + LATER)
        row = Delivery.objects.get(channel=LETTERS, target=str(staff["approver"].pk))
        assert row.status == Delivery.Status.WAITING and row.attempts == 1
        assert publishing.waiting(page).exists()
        taken.refused = {}
        pass_over(row.next_at)
    assert sorted(each["To"] for each in taken.taken) == sorted(told())


def test_a_comment_is_stored_even_without_a_mail_server(page, staff, settings):
    PageSubscription.objects.create(page=page, user=staff["approver"], comment_notifications=True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    from tests.editor import posted

    browser = Client(HTTP_HOST="localhost")
    browser.force_login(staff["section_editor"])
    sent = posted(page, staff["section_editor"]) | {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-text": "Whose?",
        "comments-0-contentpath": "title",
        "comments-0-DELETE": "",
        "comments-0-id": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }
    answer = browser.post(f"/admin/pages/{page.pk}/edit/", sent)
    assert answer.status_code == 302
    assert Comment.objects.filter(page=page, text="Whose?").exists()
