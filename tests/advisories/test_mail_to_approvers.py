"""Mail to approvers when one officer issues a warning alone."""

import pytest

from advisories import mail
from advisories.models import Delivery, Issue
from advisories.vocabulary import Why
from embassy.models import MissionRole, MissionSettings, User
from tests.advisories.factories import new_issue
from tests.advisories.sending import Status, break_glass, owed_to, pass_over
from tests.receivers import mail_receiver


@pytest.mark.django_db
def test_every_other_approver_gets_a_mail_when_the_glass_is_broken(site, staff, settings):
    with mail_receiver(settings) as letters:
        issue = break_glass(staff)
        pass_over()
        pass_over()
    approvers = {staff["approver"], staff["consular"]}
    assert {letter["To"] for letter in letters.taken} == {user.email for user in approvers}
    assert len(letters.taken) == 2
    text = letters.taken[0].get_content()
    for words in ("Kadia Chief", "Nobody answers the phone.", "Roads closed", issue.code):
        assert words in text
    assert f"/admin/warnings/{issue.page_id}/" in text
    assert letters.taken[0]["Subject"] == "Issued by one officer alone: Roads closed"
    assert owed_to(issue, "mail_approvers") == {str(user.pk) for user in approvers}
    assert set(Delivery.objects.of(issue).values_list("status", flat=True)) == {Status.DONE}


@pytest.mark.django_db
def test_an_approver_who_breaks_the_glass_gets_no_mail(site, staff):
    chief = staff["break_glass"]
    chief.groups.add(*staff["approver"].groups.all())
    told = owed_to(break_glass(staff), "mail_approvers")
    assert str(chief.pk) not in told and str(staff["approver"].pk) in told


@pytest.mark.django_db
def test_closed_accounts_and_other_missions_get_no_mail(site, staff, dakar):
    User.objects.filter(pk=staff["consular"].pk).update(is_active=False)
    elsewhere = User.objects.create_user("away@dakar.example", mission=dakar)
    elsewhere.groups.add(MissionRole.objects.get(site=dakar, role="approver").group)
    assert owed_to(break_glass(staff), "mail_approvers") == {str(staff["approver"].pk)}


@pytest.mark.django_db
def test_two_people_cause_no_mail(staff):
    assert not owed_to(new_issue(staff), "mail_approvers")


@pytest.mark.django_db
def test_an_exercise_says_so_in_the_mail(staff, settings):
    with mail_receiver(settings) as letters:
        break_glass(staff, status="Exercise")
        pass_over()
    assert {letter["Subject"] for letter in letters.taken} == {
        "Issued by one officer alone: Exercise: Roads closed"
    }


@pytest.mark.django_db
def test_one_refused_mailbox_keeps_no_mail_from_the_others(staff, settings):
    with mail_receiver(settings) as letters:
        letters.refused = {staff["approver"].email: "550 no such mailbox"}
        break_glass(staff)
        pass_over()
        assert [letter["To"] for letter in letters.taken] == [staff["consular"].email]
        row = Delivery.objects.get(target=str(staff["approver"].pk))
        assert row.last_error == "The mail server refused the mail (code 550)."
        assert staff["approver"].email not in f"{row.__dict__}"
        letters.refused = {}
        pass_over(row.next_at)
        pass_over(row.next_at)
    assert [letter["To"] for letter in letters.taken][1:] == [staff["approver"].email]


@pytest.mark.django_db
def test_a_mail_server_that_is_gone_is_asked_again(staff, settings):
    with mail_receiver(settings):
        pass
    issue = break_glass(staff)
    pass_over()
    for row in Delivery.objects.of(issue):
        assert (row.status, row.why) == (Status.WAITING, Why.MAIL_SERVER)


@pytest.mark.django_db
def test_an_account_that_was_closed_since_gets_none(staff, settings):
    issue = break_glass(staff)
    User.objects.filter(pk=staff["consular"].pk).update(is_active=False)
    with mail_receiver(settings) as letters:
        pass_over()
    assert [letter["To"] for letter in letters.taken] == [staff["approver"].email]
    row = Delivery.objects.of(issue).get(target=str(staff["consular"].pk))
    assert (row.status, row.why) == (Status.DEAD, Why.NO_ACCOUNT)


@pytest.mark.django_db
def test_the_mail_speaks_the_missions_first_language(site, staff, compiled):
    issue = break_glass(staff)
    mission = MissionSettings.for_site(site)
    mission.first_language = "fr"
    mission.save()
    subject, text = mail.words_of(Issue.objects.get(pk=issue.pk))
    assert subject.startswith("Publié par un agent seul")
    assert "Motif\u00a0: Nobody answers the phone." in text
