"""Requests that wait for a second person: several at once, acting alone, and what is shown."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from embassy.acts import requested
from embassy.acts.proof import TRIES
from embassy.acts.requested_facts import values_of
from embassy.approval import Refused
from embassy.demo import contact
from embassy.demo.contacts import DUTY
from embassy.mission.belonging import site_of
from embassy.models import ContactPoint, MissionRole, RequestedAct, User
from tests.accounts.test_at_once import at_once
from tests.factories import PASSWORD, person
from tests.second_person import HOST

Act, Outcome = RequestedAct.Act, RequestedAct.Outcome
NEW, NEWER = "+223 6675 2861", "+223 6675 2862"
LIST = "/admin/requested/"


def ask(by: User, value: str = NEW, at=None) -> RequestedAct:
    """Ask for another number for emergencies."""
    point = contact(DUTY)
    point.value = value
    return requested.ask(by, point, Act.CHANGE, at or timezone.now(), {"values": values_of(point)})


def number() -> str:
    """Give the number for emergencies as readers are given it."""
    return contact(DUTY).value


def refused(step) -> bool:
    """Take a step, and tell whether it was refused."""
    try:
        step()
    except Refused:
        return True
    return False


@pytest.fixture
def chief(db, site) -> User:
    """Somebody who enters facts and may, if need be, act alone."""
    made = person(site, "consular", "alone@bamako.example")
    made.groups.add(MissionRole.objects.get(site=site, role="break_glass").group)
    return made


def test_of_two_who_confirm_at_once_one_does(committed_database):
    site = site_of(contact(DUTY).site.root_page)
    people = [person(site, "approver", f"second{n}@bamako.example") for n in range(4)]
    request = ask(person(site, "consular", "asks@bamako.example"))
    mine = iter(people)
    came = at_once(
        4,
        lambda: refused(
            lambda: requested.confirm(next(mine), request, timezone.now(), request.reading)
        ),
    )
    assert sorted(came) == [False, True, True, True] and number() == NEW


def test_confirmed_and_withdrawn_at_once_it_is_one_of_them(committed_database):
    site = site_of(contact(DUTY).site.root_page)
    asker = person(site, "consular", "asks@bamako.example")
    second = person(site, "approver", "second@bamako.example")
    request = ask(asker)
    steps = iter(
        [
            lambda: requested.confirm(second, request, timezone.now(), request.reading),
            lambda: requested.withdraw(asker, request, timezone.now()),
        ]
    )
    came = at_once(2, lambda: refused(next(steps)))
    request.refresh_from_db()
    assert sorted(came) == [False, True]
    assert (number() == NEW) == (request.outcome == Outcome.CONFIRMED)


def test_asked_for_by_several_at_once_it_is_one_request(committed_database):
    site = site_of(contact(DUTY).site.root_page)
    people = iter([person(site, "consular", f"asks{n}@bamako.example") for n in range(4)])
    came = at_once(4, lambda: ask(next(people)).pk)
    assert len(came) == 4 and len(set(came)) == 1
    assert RequestedAct.objects.count() == 1


@pytest.mark.django_db
def test_the_database_keeps_one_open_request_per_act(site, staff):
    request = ask(staff["consular"])
    request.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        request.save(force_insert=True)


@pytest.mark.django_db
def test_acting_alone_is_seen_by_all_until_a_second_person_stands_by_it(client, site, staff, chief):
    request = ask(chief)
    client.force_login(chief)
    sent = {
        "step": "break_glass",
        "read": request.reading,
        "urgency": "The old line is dead and people are calling it.",
        "password": PASSWORD,
    }
    said = client.post(f"{LIST}{request.pk}/", sent, follow=True, **HOST).content.decode()
    assert "Done by you alone" in said and number() == NEW
    for role in ("section_editor", "duty_officer", "approver"):
        client.force_login(staff[role])
        for address in ("/admin/", LIST):
            page = client.get(address, **HOST).content.decode()
            assert "not yet confirmed" in page and "The old line is dead" in page
    request.refresh_from_db()
    sent = {"step": "stand_by", "read": request.reading}
    client.force_login(chief)
    said = client.post(f"{LIST}{request.pk}/", sent, follow=True, **HOST).content.decode()
    assert "You wrote part of this" in said
    client.force_login(staff["approver"])
    said = client.post(f"{LIST}{request.pk}/", sent, follow=True, **HOST).content.decode()
    assert "Two people stand behind it now" in said and "not yet confirmed" not in said
    with pytest.raises(Refused, match="two people stand behind this"):
        requested.stand_by(staff["consular"], request, timezone.now(), request.reading)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "wrong"}, "not your password"),
        ({"urgency": " "}, "Say why this cannot wait"),
        ({"read": "0" * 32}, "Read it again"),
    ],
)
def test_acting_alone_takes_proof_a_reason_and_having_read_it(
    client, site, chief, changes, sentence
):
    request = ask(chief)
    client.force_login(chief)
    sent = {"step": "break_glass", "read": request.reading, "urgency": "Now", "password": PASSWORD}
    page = client.post(f"{LIST}{request.pk}/", sent | changes, **HOST).content.decode()
    assert sentence in page and number() != NEW
    assert "Now</textarea>" in page or "urgency" in changes


@pytest.mark.django_db
def test_after_a_few_wrong_passwords_acting_alone_waits(client, site, chief):
    request = ask(chief)
    client.force_login(chief)
    sent = {"step": "break_glass", "read": request.reading, "urgency": "Now"}
    for _time in range(TRIES):
        client.post(f"{LIST}{request.pk}/", sent | {"password": "wrong"}, **HOST)
    page = client.post(f"{LIST}{request.pk}/", sent | {"password": PASSWORD}, **HOST)
    assert "Too many wrong tries" in page.content.decode() and number() != NEW


@pytest.mark.django_db
def test_only_who_holds_the_right_acts_alone(client, site, staff, chief):
    request = ask(staff["consular"])
    with pytest.raises(PermissionDenied):
        requested.break_glass(
            staff["consular"], request, timezone.now(), request.reading, "It cannot wait."
        )
    with pytest.raises(Refused, match="as the second person"):
        requested.break_glass(chief, request, timezone.now(), request.reading, "It cannot wait.")
    client.force_login(staff["consular"])
    assert 'value="break_glass"' not in client.get(LIST, **HOST).content.decode()
    assert number() != NEW


@pytest.mark.django_db
def test_what_two_people_put_in_its_place_needs_no_second_word(site, staff, chief):
    at = timezone.now()
    alone = ask(chief, at=at)
    requested.break_glass(chief, alone, at, alone.reading, "It cannot wait.")
    assert RequestedAct.objects.done_alone().get() == alone
    by_two = ask(staff["consular"], NEWER, at + timedelta(minutes=1))
    requested.confirm(staff["approver"], by_two, at + timedelta(minutes=2), by_two.reading)
    assert not RequestedAct.objects.done_alone().exists()


@pytest.mark.django_db
def test_the_menu_counts_what_waits_for_whoever_looks(client, site, staff):
    ask(staff["consular"])
    for role, told in (("approver", True), ("consular", False), ("duty_officer", False)):
        client.force_login(staff[role])
        page = client.get("/admin/", **HOST).content.decode()
        assert ("Second person (1)" in page) == told and "Second person" in page
        assert ("Waiting for you as the second person" in page) == told
    client.force_login(staff["consular"])
    assert "You asked for this" in client.get("/admin/", **HOST).content.decode()


@pytest.mark.django_db
def test_the_screen_speaks_french(client, site, staff, compiled):
    ask(staff["consular"])
    client.force_login(staff["approver"])
    page = client.get(LIST, headers={"Accept-Language": "fr"}, **HOST).content.decode()
    assert "En attente d’une deuxième personne" in page and "Confirmer" in page


@pytest.mark.django_db
def test_the_first_screen_names_facts_in_the_language_of_who_reads(client, site, staff, compiled):
    ask(staff["consular"])
    names = contact(DUTY).label
    assert names["en"] != names["fr"]
    for role in ("approver", "consular"):
        client.force_login(staff[role])
        for language, other in (("en", "fr"), ("fr", "en")):
            page = client.get("/admin/", headers={"Accept-Language": language}, **HOST)
            shown = page.content.decode().split("</aside>")[-1]
            assert names[language] in shown and f"{names[other]} +" not in shown, (role, language)


@pytest.mark.django_db
def test_an_administrator_has_no_such_screen(client, site, staff):
    client.force_login(staff["administrator"])
    assert client.get(LIST, **HOST).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("address", [LIST + "1/", LIST + "confirm/"])
def test_steps_are_posted(client, site, staff, address):
    client.force_login(staff["approver"])
    assert client.get(address, **HOST).status_code in (404, 405)


@pytest.mark.django_db
def test_texts_of_markup_stay_texts(client, site, staff):
    point = ContactPoint.objects.get(pk=contact(DUTY).pk)
    point.through = {"en": "<script>alert(1)</script>"}
    values = {"values": values_of(point)}
    requested.ask(staff["consular"], point, Act.CHANGE, timezone.now(), values)
    client.force_login(staff["approver"])
    page = client.get(LIST, **HOST).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert(1)" not in page
