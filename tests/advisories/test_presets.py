"""Presets: which two people change them, in which mission, and what those who may not are told."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.actions import action_registry

from advisories.begin import begin
from advisories.models import AlertKind, AlertPreset
from embassy.acts import requested
from embassy.acts.requested_facts import values_of
from embassy.approval import Refused
from embassy.fields import Texts
from embassy.models import RequestedAct, User
from tests.factories import person
from tests.second_person import confirm_all

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}
LIST = "/admin/snippets/advisories/alertpreset/"
REFERENCE = "/django-admin/advisories/alertpreset/"
KEEPERS = ["public_affairs", "consular", "approver"]


@pytest.fixture
def theirs(dakar) -> AlertPreset:
    """A preset of another mission."""
    return AlertPreset.objects.create(
        site=dakar,
        name=Texts(en="Flood in Dakar"),
        title=Texts(en="Flood in Dakar"),
        kind=AlertKind.objects.first(),
    )


def sent(preset: AlertPreset, name: str) -> dict:
    """Give what the form of a preset posts, with another name."""
    words = {
        f"{field}_{code}": getattr(preset, field).get(code, "")
        for field in ("title", "location", "event", "actions", "assistance")
        for code in ("en", "fr")
    }
    plain = ("category", "urgency", "severity", "certainty", "response_type", "hours")
    return {
        **words,
        **{field: getattr(preset, field) for field in (*plain, "sort_order")},
        **{"site": preset.site_id, "kind": preset.kind_id, "name_en": name, "name_fr": name},
    }


def ask(by: User, preset: AlertPreset, **changes) -> RequestedAct:
    """Ask for a change of a preset."""
    row = AlertPreset.objects.get(pk=preset.pk)
    for name, value in changes.items():
        setattr(row, name, value)
    values = {"values": values_of(row)}
    return requested.ask(by, row, RequestedAct.Act.CHANGE, timezone.now(), values)


def assistance_in_french(preset: AlertPreset, by: User) -> str:
    """Give what an alert that somebody begins now with a preset says in French."""
    row = AlertPreset.objects.get(pk=preset.pk)
    page = begin(row, by, timezone.now(), "Actual")
    return page.get_latest_revision_as_object().texts.get(language="fr").assistance


@pytest.mark.parametrize("role", KEEPERS)
def test_who_decides_what_a_mission_says_asks_and_a_second_person_confirms(
    client, staff, theirs, role
):
    client.force_login(staff[role])
    preset = AlertPreset.objects.get(name__en="Heavy rain")
    listed = client.get(LIST, **HOST).content.decode()
    assert "Heavy rain" in listed and "Flood in Dakar" not in listed
    data = sent(preset, "Downpour") | {"why": "Clearer."}
    response = client.post(f"{LIST}edit/{preset.pk}/", data, follow=True, **HOST)
    said = response.content.decode()
    assert "waits for a second person. Until then alerts begin as they did before." in said
    assert AlertPreset.objects.get(pk=preset.pk).name["en"] == "Heavy rain"
    [told] = confirm_all()
    assert "Confirmed. Alerts begin like this from now on." in told
    assert AlertPreset.objects.get(pk=preset.pk).name["en"] == "Downpour"
    client.post(f"{LIST}edit/{theirs.pk}/", sent(theirs, "Taken over"), **HOST)
    assert not RequestedAct.objects.waiting(timezone.now()).exists()
    assert AlertPreset.objects.get(pk=theirs.pk).name["en"] == "Flood in Dakar"


def test_the_second_person_reads_old_words_beside_new_in_each_language(client, staff):
    preset = AlertPreset.objects.get(name__en="Heavy rain")
    before = preset.assistance["fr"]
    words = Texts(preset.assistance | {"fr": "Appelez le consul."})
    request = ask(staff["consular"], preset, assistance=words)
    client.force_login(staff["approver"])
    shown = client.get("/admin/requested/", **HOST).content.decode()
    assert before in shown and "Appelez le consul." in shown and "Heavy rain" in shown
    assert request.writers == [staff["consular"].pk]


def test_words_of_one_account_are_in_no_alert_that_a_colleague_begins(staff):
    preset = AlertPreset.objects.get(name__en="Heavy rain")
    before = preset.assistance["fr"]
    words = Texts(preset.assistance | {"fr": "Appelez le consul."})
    request = ask(staff["consular"], preset, assistance=words)
    assert assistance_in_french(preset, staff["duty_officer"]) == before
    with pytest.raises(Refused, match="You wrote part of this"):
        requested.confirm(staff["consular"], request, timezone.now(), request.reading)
    for role in ("duty_officer", "section_editor"):
        with pytest.raises(PermissionDenied):
            requested.confirm(staff[role], request, timezone.now(), request.reading)
    assert assistance_in_french(preset, staff["duty_officer"]) == before
    requested.confirm(staff["approver"], request, timezone.now(), request.reading)
    assert assistance_in_french(preset, staff["duty_officer"]) == "Appelez le consul."


def test_one_account_neither_adds_changes_nor_deletes_one(staff, site):
    before = list(AlertPreset.objects.order_by("pk").values())
    row = AlertPreset.objects.get(name__en="Heavy rain")
    new = AlertPreset.objects.get(pk=row.pk)
    new.pk, new.name = None, Texts(en="Storm", fr="Tempête")
    row.hours += 1
    for verb, subject in (("create", new), ("edit", row), ("delete", row)):
        action = action_registry.get_action_class(AlertPreset, verb)
        action(subject, user=staff["approver"]).execute()
    assert list(AlertPreset.objects.order_by("pk").values()) == before
    waiting = RequestedAct.objects.waiting(timezone.now())
    assert sorted(waiting.values_list("act", flat=True)) == ["change", "create", "retire"]
    waiting.filter(act="change").delete()
    confirm_all()
    names = {preset.name["en"] for preset in AlertPreset.objects.for_site(site)}
    assert "Storm" in names and "Heavy rain" not in names


def test_another_mission_confirms_nothing(staff, dakar):
    request = ask(staff["consular"], AlertPreset.objects.get(name__en="Heavy rain"), hours=3)
    with pytest.raises(PermissionDenied):
        requested.confirm(person(dakar, "approver"), request, timezone.now(), request.reading)


def test_it_speaks_french(client, staff, compiled):
    client.force_login(staff["consular"])
    preset = AlertPreset.objects.get(name__en="Heavy rain")
    data, french = sent(preset, "Downpour"), {"Accept-Language": "fr"}
    address = f"{LIST}edit/{preset.pk}/"
    said = client.post(address, data, follow=True, headers=french, **HOST).content.decode()
    assert "Jusque-là, les alertes commencent comme avant." in said


@pytest.mark.parametrize("role", ["section_editor", "duty_officer", "break_glass"])
def test_nobody_else_does(client, staff, role):
    client.force_login(staff[role])
    staff[role].groups.set(staff[role].groups.filter(mission_role__role=role))
    preset = AlertPreset.objects.first()
    before = preset.name
    client.post(f"{LIST}edit/{preset.pk}/", sent(preset, "Mine"), **HOST)
    assert AlertPreset.objects.get(pk=preset.pk).name == before


def test_whoever_edits_kinds_reads_the_presets_of_their_own_mission_and_changes_none(
    client, staff, theirs, dakar
):
    client.force_login(staff["administrator"])
    before = list(AlertPreset.objects.order_by("pk").values())
    preset = AlertPreset.objects.get(name__en="Heavy rain")
    listed = client.get(REFERENCE, **HOST).content.decode()
    assert "Heavy rain" in listed and "Flood in Dakar" not in listed
    shown = client.get(f"{REFERENCE}{preset.pk}/change/", **HOST).content.decode()
    assert "Heavy rain" in shown and 'name="name_en"' not in shown
    assert client.get(f"{REFERENCE}{theirs.pk}/change/", **HOST).status_code in (302, 403, 404)
    changed = sent(preset, "Downpour")
    posts = {
        f"{REFERENCE}{preset.pk}/change/": changed,
        f"{REFERENCE}{preset.pk}/delete/": {"post": "yes"},
        f"{REFERENCE}{theirs.pk}/delete/": {"post": "yes"},
        f"{REFERENCE}add/": changed | {"site": dakar.pk},
    }
    for address, data in posts.items():
        assert client.post(address, data, **HOST).status_code in (302, 403, 404), address
    assert list(AlertPreset.objects.order_by("pk").values()) == before


def test_the_keeper_of_the_server_changes_none_there_either(client):
    client.force_login(User.objects.create_superuser("root@bamako.example", "x"))
    preset = AlertPreset.objects.get(name__en="Heavy rain")
    address = f"{REFERENCE}{preset.pk}/change/"
    assert client.post(address, sent(preset, "Downpour"), **HOST).status_code in (302, 403)
    assert AlertPreset.objects.get(pk=preset.pk).name["en"] == "Heavy rain"


def test_the_list_in_the_django_admin_is_closed_to_who_edits_none(client, staff):
    client.force_login(staff["duty_officer"])
    assert client.get(REFERENCE, **HOST).status_code in (302, 403)
    assert client.get(f"{REFERENCE}add/", **HOST).status_code in (302, 403)


def test_the_empty_list_leads_who_may_make_presets_to_them(client, staff):
    AlertPreset.objects.all().delete()
    client.force_login(staff["approver"])
    text = client.get("/admin/warnings/new/", **HOST).content.decode()
    assert "Make them under “For alerts”." in text and f'href="{LIST}"' in text
    assert client.get(LIST, **HOST).status_code == 200


def test_the_empty_list_tells_everybody_else_whom_to_ask(client, staff):
    AlertPreset.objects.all().delete()
    client.force_login(staff["duty_officer"])
    text = " ".join(client.get("/admin/warnings/new/", **HOST).content.decode().split())
    assert "Make them under" not in text
    assert "Ask one of these roles to make them: Public affairs, Consular, Approver" in text


def test_a_right_in_one_mission_promises_nothing_in_another(client, staff, dakar):
    AlertPreset.objects.all().delete()
    officer = person(dakar, "duty_officer")
    client.force_login(officer)
    text = client.get("/admin/warnings/new/", HTTP_HOST=dakar.hostname).content.decode()
    assert f'href="{LIST}"' not in text
