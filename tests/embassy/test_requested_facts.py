"""Facts of a mission take two people: what one stores waits until another has confirmed it."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from lxml import html
from wagtail.actions import action_registry
from wagtail.models import ModelLogEntry

from advisories.models import AlertPreset, Webhook
from embassy.acts import requested
from embassy.acts.requested_facts import values_of
from embassy.acts.requested_words import differences
from embassy.approval import Refused
from embassy.demo import contact
from embassy.demo.contacts import DUTY
from embassy.fields import Texts
from embassy.mission.permissions import scoped_models
from embassy.models import (
    Closure,
    ContactPoint,
    MissionSettings,
    Place,
    PromotedResult,
    RequestedAct,
    Schedule,
)
from embassy.models.scoped import Fact
from sections.models import Post
from tests.embassy.neighbors import MARK, THEIRS, other_mission, own_mission
from tests.embassy.test_countries import form_data
from tests.embassy.test_verification import form_of
from tests.factories import person
from tests.second_person import HOST, confirm_all

pytestmark = pytest.mark.django_db
Act, Outcome = RequestedAct.Act, RequestedAct.Outcome
NEW = "+223 6675 2861"
SNIPPET = "/admin/snippets/embassy/contactpoint/{}"
LIST = "/admin/requested/"


@pytest.fixture
def duty(site) -> ContactPoint:
    """The number for emergencies, of which its source is known."""
    return contact(DUTY)


@pytest.fixture
def edit(client, staff, duty):
    """Give a function that stores changes of the number in its editor, as somebody."""

    def store(role: str = "consular", **changes):
        """Post the form and follow to the list."""
        client.force_login(staff[role])
        duty.refresh_from_db()
        address = SNIPPET.format(f"edit/{duty.pk}/")
        return client.post(address, form_of(duty, **changes), follow=True, **HOST)

    return store


@pytest.fixture
def asked(edit) -> RequestedAct:
    """A new number that the consul asked for."""
    edit(value=NEW)
    return RequestedAct.objects.get()


def stored(point: ContactPoint) -> str:
    """Give the number as readers are given it."""
    return ContactPoint.objects.get(pk=point.pk).value


def wanted(row, **changes) -> dict:
    """Give what a request says of a row that is changed."""
    for name, value in changes.items():
        setattr(row, name, value)
    return {"values": values_of(row)}


def ask(by, row, at=None, **changes) -> RequestedAct:
    """Ask for a change of a row."""
    return requested.ask(by, row, Act.CHANGE, at or timezone.now(), wanted(row, **changes))


def confirm(by, request, at=None) -> RequestedAct:
    """Confirm a request as it stands."""
    return requested.confirm(by, request, at or timezone.now(), request.reading)


def said(request) -> dict:
    """Give what a request says it changes, by the names of the fields."""
    found = differences(request, requested.subject_of(request))
    return {row.label: (row.was, row.now) for row in found}


def test_one_account_changes_no_number_and_two_do(client, duty, edit):
    before = stored(duty)
    answer = edit(value=NEW).content.decode()
    assert "waits for a second person" in answer and "Consular" in answer
    assert stored(duty) == before
    client.logout()
    assert "66 75 28 61" not in client.get("/", **HOST).content.decode()
    assert "Readers see it from now on" in confirm_all()[0]
    assert "66 75 28 61" in client.get("/", **HOST).content.decode()


def test_what_is_read_is_old_beside_new_in_words(client, staff, asked):
    client.force_login(staff["approver"])
    page = client.get(LIST, **HOST).content.decode()
    assert "+223 66 75 28 60" in page or "+223 6675 2860" in page
    assert NEW in page and "Number or address" in page and "{" not in page.split("desk__diff")[1]
    assert said(asked)["Number or address"][1] == [NEW]
    assert "66 75 28 60" in asked.label  # what stands there, not what somebody wants
    assert said(asked)["Source"][1] == []  # nobody has printed the new number


@pytest.mark.parametrize("role", ["section_editor", "public_affairs", "consular", "approver"])
def test_who_may_change_it_may_be_the_second(staff, duty, role):
    asker = "consular" if role != "consular" else "approver"
    request = ask(staff[asker], duty, value=NEW)
    confirm(staff[role], request)
    assert stored(duty) == NEW


@pytest.mark.parametrize("role", ["duty_officer", "break_glass", "administrator"])
def test_others_may_neither_ask_nor_confirm(staff, duty, role):
    before = stored(duty)
    for step in (requested.confirm, requested.decline):
        request = ask(staff["consular"], duty, value=NEW)
        with pytest.raises(PermissionDenied):
            step(staff[role], request, timezone.now(), request.reading)
    if role != "break_glass":  # in the demo that account has a role beside it
        with pytest.raises(PermissionDenied):
            ask(staff[role], duty, value="+223 6675 2862")
    assert stored(duty) == before


def test_nobody_of_another_mission_answers_or_finds_it(client, duty, staff, dakar):
    stranger = person(dakar, "approver")
    request = ask(staff["consular"], duty, value=NEW)
    with pytest.raises(PermissionDenied):
        confirm(stranger, request)
    client.force_login(stranger)
    sent = {"step": "confirm", "read": request.reading}
    assert client.post(f"{LIST}{request.pk}/", sent, **HOST).status_code == 404
    chosen = {"chosen": f"{request.pk}:{request.reading}"}
    assert client.post(f"{LIST}confirm/", chosen, **HOST).status_code == 404
    assert request.label not in client.get(LIST, **HOST).content.decode()
    assert stored(duty) != NEW


@pytest.mark.parametrize("forged", ["confirm", "withdraw", "decline", "break_glass", "stand_by"])
def test_forged_ids_are_not_found(client, staff, asked, forged):
    client.force_login(staff["approver"])
    for address in (f"{LIST}{asked.pk + 1}/", f"{LIST}99999999999999999999/"):
        assert client.post(address, {"step": forged}, **HOST).status_code == 404
    assert client.post(f"{LIST}{asked.pk}/", {"step": "sudo"}, **HOST).status_code == 404
    for chosen in ("x:y", "-1:z", f"{asked.pk + 1}:{asked.reading}", "9" * 30):
        assert client.post(f"{LIST}confirm/", {"chosen": chosen}, **HOST).status_code == 404


def test_the_asker_does_not_confirm_whatever_their_rights(client, staff, duty, asked):
    staff["consular"].is_superuser = True
    staff["consular"].save()
    client.force_login(staff["consular"])
    sent = {"step": "confirm", "read": asked.reading}
    page = client.post(f"{LIST}{asked.pk}/", sent, follow=True, **HOST).content.decode()
    assert "You wrote part of this" in page and stored(duty) != NEW
    assert 'value="confirm"' not in client.get(LIST, **HOST).content.decode()


def test_whoever_reworded_it_does_not_confirm_either(client, staff, duty, edit, asked):
    edit("approver")  # opens what was asked and stores it with another word
    client.force_login(staff["approver"])
    editor = client.get(SNIPPET.format(f"edit/{duty.pk}/"), **HOST)
    form = editor.context["form"]
    assert form["value"].value() == NEW and "waits for a second person" in editor.content.decode()
    changes = {"value": NEW, "extension": "12", "read": form["read"].value()}
    edit("approver", **changes)
    asked.refresh_from_db()
    assert set(asked.writers) == {staff["consular"].pk, staff["approver"].pk}
    assert asked.parameters["values"]["extension"] == "12"
    client.force_login(staff["public_affairs"])
    told = client.get(LIST, **HOST).content.decode()
    assert f"Worded together with: {staff['consular']}" in " ".join(
        html.fromstring(told).text_content().split()
    )
    for role in ("consular", "approver"):
        with pytest.raises(Refused, match="You wrote part of this"):
            confirm(staff[role], asked)
    confirm(staff["public_affairs"], asked)
    assert stored(duty) == NEW


def test_what_a_colleague_asked_for_is_not_written_over_unread(staff, duty, edit, asked):
    page = edit("approver", value="+223 6675 2862").content.decode()
    assert "Somebody changed this" in page and "+223 6675 2862" in page
    asked.refresh_from_db()
    assert asked.parameters["values"]["value"] == NEW and asked.writers == [staff["consular"].pk]


def test_two_editors_at_once_lose_nothing(client, staff, duty, edit):
    client.force_login(staff["consular"])
    opened = client.get(SNIPPET.format(f"edit/{duty.pk}/"), **HOST).context["form"]["read"].value()
    duty.sort_order = 7
    duty.save()
    answer = edit(value=NEW, read=opened, sort_order=3)
    sentences = answer.context["form"].non_field_errors()
    assert "Somebody changed this" in sentences[0]
    assert "Order. Theirs: “7”. Yours: “3”." in sentences
    assert answer.context["form"]["value"].value() == NEW
    again = answer.context["form"]["read"].value()
    edit(value=NEW, read=again, sort_order=3)
    assert RequestedAct.objects.get().parameters["values"]["sort_order"] == 3


def test_asked_twice_it_is_one_request(edit, asked):
    edit(value=NEW)
    assert RequestedAct.objects.get().reading == asked.reading


def test_what_changes_nothing_is_no_request(edit):
    assert "Nothing was changed" in edit().content.decode()
    assert not RequestedAct.objects.exists()


def test_changed_after_reading_it_is_not_confirmed_unseen(staff, duty, edit, asked):
    read = asked.reading
    edit(value="+223 6675 2862")
    with pytest.raises(Refused, match="Read it again"):
        requested.confirm(staff["approver"], asked, timezone.now(), read)
    assert stored(duty) != NEW


def test_a_row_changed_meanwhile_is_refused_with_the_difference(client, staff, duty, asked):
    ContactPoint.objects.filter(pk=duty.pk).update(extension="77")
    client.force_login(staff["approver"])
    sent = {"step": "confirm", "read": asked.reading}
    page = client.post(f"{LIST}{asked.pk}/", sent, **HOST).content.decode()
    assert "was changed after it was asked" in page and "77" in page and NEW in page
    assert stored(duty) != NEW
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_whoever_asked_takes_up_the_change_and_asks_again(client, staff, duty, edit, asked):
    ContactPoint.objects.filter(pk=duty.pk).update(extension="77")
    client.force_login(staff["consular"])
    form = client.get(SNIPPET.format(f"edit/{duty.pk}/"), **HOST).context["form"]
    assert (form["value"].value(), form["extension"].value()) == (NEW, "77")
    edit(value=NEW, extension="77", read=form["read"].value())
    confirm_all()
    duty.refresh_from_db()
    assert (duty.value, duty.extension) == (NEW, "77")


def test_it_lapses_after_14_days(staff, duty):
    at = timezone.now()
    end = at + timedelta(days=14)
    request = ask(staff["consular"], duty, at, value=NEW)
    with pytest.raises(Refused, match="lapsed"):
        confirm(staff["approver"], request, end)
    assert stored(duty) != NEW
    confirm(staff["approver"], request, end - timedelta(microseconds=1))
    assert stored(duty) == NEW


def test_after_it_lapsed_it_can_be_asked_again(staff, duty):
    at = timezone.now()
    first = ask(staff["consular"], duty, at, value=NEW)
    end = at + timedelta(days=14)
    assert not RequestedAct.objects.waiting(end).exists()
    assert RequestedAct.objects.waiting(end - timedelta(microseconds=1)).exists()
    duty.refresh_from_db()
    second = ask(staff["consular"], duty, end, value=NEW)
    first.refresh_from_db()
    assert (first.outcome, second.pk != first.pk) == (Outcome.LAPSED, True)
    confirm(staff["approver"], second, end)
    assert stored(duty) == NEW


@pytest.mark.parametrize("end", ["confirm", "decline", "withdraw"])
def test_what_was_answered_is_not_answered_again(staff, duty, end):
    request = ask(staff["consular"], duty, value=NEW)
    at, other = timezone.now(), staff["approver"]
    steps = {
        "confirm": lambda: confirm(other, request),
        "decline": lambda: requested.decline(other, request, at, "Not so"),
        "withdraw": lambda: requested.withdraw(staff["consular"], request, at),
    }
    steps[end]()
    for step in steps.values():
        with pytest.raises(Refused):
            step()
    assert (stored(duty) == NEW) == (end == "confirm")


def test_declining_needs_a_reason_and_the_asker_reads_it(client, staff, duty, asked):
    client.force_login(staff["approver"])
    address = f"{LIST}{asked.pk}/"
    page = client.post(address, {"step": "decline", "reason": " "}, **HOST).content.decode()
    assert "Say why you decline it" in page
    page = client.post(address, {"step": "decline", "reason": "\u202eNo"}, **HOST).content.decode()
    assert "invisible character" in page
    client.post(address, {"step": "decline", "reason": "It is not answered."}, **HOST)
    client.force_login(staff["consular"])
    assert "It is not answered." in client.get(LIST, **HOST).content.decode()
    assert stored(duty) != NEW


def test_only_who_wrote_it_takes_it_back(staff, asked):
    with pytest.raises(PermissionDenied):
        requested.withdraw(staff["approver"], asked, timezone.now())
    requested.withdraw(staff["consular"], asked, timezone.now())
    asked.refresh_from_db()
    assert asked.outcome == Outcome.WITHDRAWN


@pytest.mark.parametrize("how", ["closed", "without role"])
def test_an_account_that_lost_its_rights_has_nothing_confirmed(staff, duty, asked, how):
    asker = staff["consular"]
    if how == "closed":
        type(asker).objects.filter(pk=asker.pk).update(is_active=False)
    else:
        asker.groups.clear()
    with pytest.raises(Refused, match="may not do so any more"):
        confirm(staff["approver"], asked)
    assert stored(duty) != NEW


def test_a_new_number_waits_too(client, staff, duty):
    client.force_login(staff["consular"])
    sent = form_of(duty, value=NEW, label_en="Night desk", label_fr="", source_en="", source_fr="")
    page = client.post(SNIPPET.format("add/"), sent, follow=True, **HOST)
    assert page.status_code == 200 and "waits for a second person" in page.content.decode()
    client.post(SNIPPET.format("add/"), sent, follow=True, **HOST)
    assert RequestedAct.objects.count() == 1
    assert not ContactPoint.objects.filter(value=NEW).exists()
    confirm_all()
    made = ContactPoint.objects.get(value=NEW)
    assert (str(made.label), made.site_id) == ("Night desk", duty.site_id)
    assert RequestedAct.objects.get().object_id == str(made.pk)


def test_a_rule_broken_meanwhile_is_said(staff, duty):
    request = ask(staff["consular"], duty, retired=True)
    others = ContactPoint.objects.for_site(duty.site_id).for_emergencies().exclude(pk=duty.pk)
    others.update(purpose="office")
    with pytest.raises(Refused, match="last number for emergencies"):
        confirm(staff["approver"], request)
    request.refresh_from_db()
    assert request.decided_at is None


@pytest.mark.parametrize("verb", ["create", "edit", "delete"])
def test_every_model_of_facts_is_asked_for_below_the_screens(verb):
    facts = [model for model in [*scoped_models(), MissionSettings] if issubclass(model, Fact)]
    named = {ContactPoint, Schedule, Closure, Place, Post, MissionSettings} | {
        PromotedResult,
        Webhook,
        AlertPreset,
    }
    assert set(facts) == named
    for model in facts:
        action = action_registry.get_action_class(model, verb)
        assert action.__module__ == "embassy.acts.requested_actions", model


def test_what_no_account_does_is_stored_at_once(duty):
    duty.value = NEW
    action_registry.get_action_class(ContactPoint, "edit")(duty).execute()
    assert stored(duty) == NEW and not RequestedAct.objects.exists()


def test_hours_wait_with_their_rows_in_words(staff, site):
    hours = Schedule.objects.for_site(site).filter(periods__isnull=False).first()
    rows = list(hours.periods.all())
    rows[0].closes = time(11, 11)
    hours.periods = rows[:-1]
    values = {"values": values_of(hours)}
    request = requested.ask(staff["consular"], hours, Act.CHANGE, timezone.now(), values)
    was, now = said(request)["Open period"]
    assert len(was) == len(rows) and len(now) == len(rows) - 1
    assert any("11:11" in line for line in now) and not any("11:11" in line for line in was)
    assert Schedule.objects.get(pk=hours.pk).periods.count() == len(rows)
    confirm(staff["approver"], request)
    kept = Schedule.objects.get(pk=hours.pk).periods
    assert kept.count() == len(rows) - 1 and kept.filter(closes=time(11, 11)).exists()


def test_a_closure_is_deleted_by_two(client, staff, site):
    day = date(2026, 12, 24)
    closure = Closure.objects.create(site=site, first=day, last=day, reason=Texts(en="Eve"))
    client.force_login(staff["section_editor"])
    address = f"/admin/snippets/embassy/closure/delete/{closure.pk}/"
    page = client.post(address, follow=True, **HOST).content.decode()
    assert "waits for a second person" in page and Closure.objects.filter(pk=closure.pk).exists()
    confirm_all()
    assert not Closure.objects.filter(pk=closure.pk).exists()


def test_closures_chosen_together_wait_together(client, staff, site):
    day = date(2026, 12, 24)
    rows = [
        Closure.objects.create(site=site, first=day, last=day, reason=Texts(en=name))
        for name in ("Eve", "Water")
    ]
    client.force_login(staff["section_editor"])
    chosen = "&".join(f"id={row.pk}" for row in rows)
    address = f"/admin/bulk/embassy/closure/delete/?{chosen}"
    client.post(address, {"next": "/admin/"}, **HOST)
    assert Closure.objects.filter(pk__in=[row.pk for row in rows]).count() == 2
    client.force_login(staff["approver"])
    waiting = RequestedAct.objects.waiting(timezone.now())
    sent = {"chosen": [f"{one.pk}:{one.reading}" for one in waiting]}
    page = client.post(f"{LIST}confirm/", sent, follow=True, **HOST).content.decode()
    assert "2 requests were confirmed" in page
    assert not Closure.objects.filter(pk__in=[row.pk for row in rows]).exists()


def test_of_several_each_that_stays_says_why(client, staff, site, duty):
    place = Place.objects.for_site(site).first()
    good, own = ask(staff["consular"], duty, value=NEW), ask(staff["approver"], place, source="Map")
    client.force_login(staff["approver"])
    sent = {"chosen": [f"{one.pk}:{one.reading}" for one in (own, good)]}
    page = client.post(f"{LIST}confirm/", sent, follow=True, **HOST).content.decode()
    assert "1 request was confirmed" in page and "You wrote part of this" in page
    assert stored(duty) == NEW
    page = client.post(f"{LIST}confirm/", {}, follow=True, **HOST).content.decode()
    assert "Mark what you have read" in page


def test_the_mission_itself_waits_and_an_approver_confirms(client, staff, site):
    mission = MissionSettings.for_site(site)
    client.force_login(staff["public_affairs"])
    address = f"/admin/settings/embassy/missionsettings/{site.pk}/"
    sent = form_data(client.get(address, **HOST)) | {"address": "Rue 1"}
    client.post(address, sent, **HOST)
    assert MissionSettings.objects.get(site=site).address == mission.address
    request = RequestedAct.objects.get()
    assert said(request)["Address"][1] == ["Rue 1"]
    with pytest.raises(PermissionDenied):
        confirm(staff["consular"], request)
    confirm(staff["approver"], request)
    changed = MissionSettings.objects.get(site=site)
    assert changed.address == "Rue 1" and changed.collection_id == mission.collection_id
    assert changed.service_hours.count() == mission.service_hours.count()


def test_each_step_is_on_record(staff, duty):
    request = ask(staff["consular"], duty, value=NEW)
    confirm(staff["approver"], request)
    log = ModelLogEntry.objects.filter(object_id=duty.pk, action__startswith="embassy.act_")
    steps = set(log.values_list("action", "user", "data__request"))
    assert steps == {
        (requested.ASKED, staff["consular"].pk, request.pk),
        (requested.CONFIRMED, staff["approver"].pk, request.pk),
    }
    assert not any("2861" in str(entry.data) for entry in log)


def test_several_numbers_tried_today_are_confirmed_in_one_go(client, staff, site):
    points = list(ContactPoint.objects.for_site(site).in_use()[:3])
    chosen = "&".join(f"id={point.pk}" for point in points)
    client.force_login(staff["consular"])
    address = f"/admin/bulk/embassy/contactpoint/verify/?{chosen}"
    assert "Did you try each of these today" in client.get(address, **HOST).content.decode()
    page = client.post(address, {"next": "/admin/"}, follow=True, **HOST).content.decode()
    assert "waits for a second person" in page
    tried = ContactPoint.objects.filter(last_verified_by=str(staff["consular"]))
    assert not tried.exists()
    client.force_login(staff["approver"])
    waiting = RequestedAct.objects.waiting(timezone.now())
    sent = {"chosen": [f"{one.pk}:{one.reading}" for one in waiting]}
    client.post(f"{LIST}confirm/", sent, follow=True, **HOST)
    assert {point.pk for point in tried} == {point.pk for point in points}


def test_who_changes_no_number_verifies_none(client, staff, site, dakar):
    point = ContactPoint.objects.for_site(site).first()
    address = f"/admin/bulk/embassy/contactpoint/verify/?id={point.pk}"
    for user in (staff["duty_officer"], person(dakar, "approver")):
        client.force_login(user)
        client.post(address, {"next": "/admin/"}, **HOST)
        assert not RequestedAct.objects.exists()


def test_what_something_needs_is_not_deleted(staff, site):
    hours = Schedule.objects.for_site(site).filter(contact_points__isnull=False).first()
    boss = staff["consular"]
    boss.is_superuser = True
    boss.save()
    request = requested.ask(boss, hours, Act.RETIRE, timezone.now())
    with pytest.raises(Refused, match="still refers to this"):
        confirm(staff["approver"], request)
    assert Schedule.objects.filter(pk=hours.pk).exists()


def test_the_list_and_its_buttons_stop_at_the_next_mission(client, site, db):
    other_mission()
    own = own_mission(site)
    client.force_login(own.user)
    page = client.get(LIST, **HOST).content.decode()
    assert own.mark in page and MARK not in page
    theirs = RequestedAct.objects.get(pk=THEIRS)
    for step in ("confirm", "decline", "withdraw", "break_glass", "stand_by"):
        sent = {"step": step, "read": theirs.reading, "reason": "x", "urgency": "x"}
        assert client.post(f"{LIST}{THEIRS}/", sent, **HOST).status_code == 404
    chosen = {"chosen": f"{THEIRS}:{theirs.reading}"}
    assert client.post(f"{LIST}confirm/", chosen, **HOST).status_code == 404
    settings = f"/admin/settings/embassy/missionsettings/{theirs.site_id}/"
    assert client.get(settings, **HOST).status_code == 404
    theirs.refresh_from_db()
    assert theirs.decided_at is None
