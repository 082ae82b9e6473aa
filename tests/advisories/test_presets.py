"""Presets: who may edit them, in which mission, and what those who may not are told."""

import pytest

from advisories.models import AlertKind, AlertPreset
from embassy.fields import Texts
from tests.factories import person

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


@pytest.mark.parametrize("role", KEEPERS)
def test_who_decides_what_a_mission_says_edits_its_presets(client, staff, theirs, role):
    client.force_login(staff[role])
    preset = AlertPreset.objects.get(name__en="Heavy rain")
    listed = client.get(LIST, **HOST).content.decode()
    assert "Heavy rain" in listed and "Flood in Dakar" not in listed
    response = client.post(f"{LIST}edit/{preset.pk}/", sent(preset, "Downpour"), **HOST)
    assert response.status_code == 302, response.context["form"].errors
    assert AlertPreset.objects.get(pk=preset.pk).name["en"] == "Downpour"
    client.post(f"{LIST}edit/{theirs.pk}/", sent(theirs, "Taken over"), **HOST)
    assert AlertPreset.objects.get(pk=theirs.pk).name["en"] == "Flood in Dakar"


@pytest.mark.parametrize("role", ["section_editor", "duty_officer", "break_glass"])
def test_nobody_else_does(client, staff, role):
    client.force_login(staff[role])
    staff[role].groups.set(staff[role].groups.filter(mission_role__role=role))
    preset = AlertPreset.objects.first()
    before = preset.name
    client.post(f"{LIST}edit/{preset.pk}/", sent(preset, "Mine"), **HOST)
    assert AlertPreset.objects.get(pk=preset.pk).name == before


def test_whoever_edits_kinds_edits_the_presets_of_their_own_mission(client, staff, theirs, dakar):
    client.force_login(staff["administrator"])
    preset = AlertPreset.objects.get(name__en="Heavy rain")
    listed = client.get(REFERENCE, **HOST).content.decode()
    assert "Heavy rain" in listed and "Flood in Dakar" not in listed
    response = client.post(f"{REFERENCE}{preset.pk}/change/", sent(preset, "Downpour"), **HOST)
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert AlertPreset.objects.get(pk=preset.pk).name["en"] == "Downpour"
    assert client.get(f"{REFERENCE}{theirs.pk}/change/", **HOST).status_code in (302, 403, 404)
    client.post(f"{REFERENCE}{theirs.pk}/delete/", {"post": "yes"}, **HOST)
    given_away = sent(preset, "Downpour") | {"site": dakar.pk}
    client.post(f"{REFERENCE}{preset.pk}/change/", given_away, **HOST)
    client.post(f"{REFERENCE}add/", given_away, **HOST)
    assert list(AlertPreset.objects.filter(site=dakar)) == [theirs]


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
