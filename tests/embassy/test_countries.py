"""States by their codes, and a holiday calendar for each that the library knows."""

from datetime import date

import holidays
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.translation import override
from lxml import html

from embassy.clock.hours import CALENDARS, holidays_between
from embassy.countries import COUNTRIES, country_name
from embassy.models import MissionSettings
from embassy.vocabulary import calendars
from tests.second_person import confirm_all

YEAR = (date(2027, 1, 1), date(2027, 12, 31))
NO_CODE = "Give the state&#x27;s two letters of ISO 3166-1, like US, FR or ML."
NO_CONTACT = "Begin with mailto: or https:, like mailto:security@example.org."


def test_every_country_the_library_knows_is_offered():
    known = {code for code in holidays.list_supported_countries() if len(code) == 2} - {"UK"}
    assert {code for code, _name in calendars()} == set(CALENDARS) == set(COUNTRIES) == known
    assert all(name.strip() for names in COUNTRIES.values() for name in (names["en"], names["fr"]))


def test_names_are_those_of_the_reader():
    assert (country_name("SN"), str(CALENDARS["SN"])) == ("Senegal", "Public holidays (Senegal)")
    assert str(CALENDARS["US"]) == "U.S. federal holidays"
    with override("fr"):
        assert (country_name("SN"), country_name("CI")) == ("Sénégal", "Côte d’Ivoire")
        assert str(CALENDARS["SN"]) == "jours fériés (Sénégal)"
    with override("de"):
        assert country_name("SN") == "Senegal"


def test_names_are_in_order_whatever_their_accents():
    with override("fr"):
        names = [name for _code, name in calendars()]
    assert names.index("Espagne") < names.index("États-Unis") < names.index("Éthiopie")
    assert names.index("Éthiopie") < names.index("Finlande")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_calendar_can_be_read(language):
    with override(language):
        for code in CALENDARS:
            for holiday in holidays_between([code], *YEAR):
                assert holiday.name.strip(), code
                assert "estim" not in holiday.name, code


def names_of(code: str, language: str) -> dict[date, tuple[str, bool]]:
    """Give the holidays of a country by their days."""
    with override(language):
        return {day.date: (day.name, day.estimated) for day in holidays_between([code], *YEAR)}


def test_holidays_are_named_in_the_reader_s_language_where_the_library_can():
    assert names_of("SN", "fr")[date(2027, 5, 1)] == ("Fête du Travail", False)
    assert names_of("SN", "en")[date(2027, 5, 1)] == ("Labor Day", False)
    assert names_of("GB", "fr")[date(2027, 12, 25)] == ("Christmas Day", False)
    assert names_of("DE", "fr")[date(2027, 12, 25)][0] in ("Premier jour de Noël", "Christmas Day")


def test_a_day_moved_from_an_uncertain_one_is_uncertain():
    table = holidays.country_holidays("AE", years=range(2020, 2030), language="en_US")
    moved = [day for day, name in table.items() if "observed, estimated" in name]
    for day in moved:
        with override("en"):
            names = {found.name: found.estimated for found in holidays_between(["AE"], day, day)}
        assert any(name.endswith("(observed)") and sure for name, sure in names.items())


@pytest.fixture
def edit(editor_client, site):
    """Give a function that changes fields on the screen of the mission, and sends them."""
    address = reverse("wagtailsettings:edit", args=["embassy", "missionsettings", site.pk])

    def change(**fields) -> str:
        """Send the form as it stands, but for some fields; give the answer's text."""
        sent = form_data(editor_client.get(address, HTTP_HOST="localhost"))
        sent |= fields
        answer = editor_client.post(address, sent, HTTP_HOST="localhost", follow=True)
        confirm_all()
        return answer.content.decode()

    return change


def form_data(response) -> dict[str, list]:
    """Read what a browser would send of a form that nobody has touched."""
    page = html.fromstring(response.content)
    form = next(form for form in page.forms if "host_state_code" in form.fields)
    found: dict[str, list] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found


def mission_of(site) -> MissionSettings:
    """Read a mission as it is stored."""
    return MissionSettings.objects.get(site=site)


def test_what_stands_there_is_still_good(edit, site):
    before = mission_of(site)
    edit()
    after = mission_of(site)
    assert set(after.holiday_calendars) == set(before.holiday_calendars) == {"US", "ML"}
    assert (after.sending_state_code, after.host_state_code) == ("US", "ML")


def test_calendars_of_other_countries_can_be_ticked(edit, site):
    edit(holiday_calendars=["FR", "SN"])
    assert sorted(mission_of(site).holiday_calendars) == ["FR", "SN"]
    assert "XX is not one of the available choices" in edit(holiday_calendars=["XX"])


def test_ticked_calendars_are_in_sight_and_the_others_on_request(editor_client, site):
    address = reverse("wagtailsettings:edit", args=["embassy", "missionsettings", site.pk])
    page = html.fromstring(editor_client.get(address, HTTP_HOST="localhost").content)
    boxes = page.xpath("//input[@name='holiday_calendars']")
    hidden = page.xpath("//details//input[@name='holiday_calendars']")
    assert len(boxes) == len(CALENDARS)
    assert {box.get("value") for box in boxes if box not in hidden} == {"US", "ML"}
    assert not any(box.checked for box in hidden)
    assert f"More ({len(hidden)})" in page.text_content()
    assert not page.xpath("//details//input[@name='languages']")


def test_codes_of_states_are_kept_in_capitals(edit, site):
    edit(sending_state_code="fr", host_state_code="sn")
    mission = mission_of(site)
    assert (mission.sending_state_code, mission.host_state_code) == ("FR", "SN")


@pytest.mark.parametrize("name", ["sending_state_code", "host_state_code"])
@pytest.mark.parametrize("code", ["ZZ", "UK", "12", "M"])
def test_a_code_that_is_none_is_refused_at_its_field(edit, site, name, code):
    answer = edit(**{name: code})
    faulty = html.fromstring(answer).xpath("//p[@class='error-message']/ancestor::*[@data-field]")
    assert [field.get("data-contentpath") for field in faulty] == [name]
    assert NO_CODE in answer and getattr(mission_of(site), name) in ("US", "ML")


@pytest.mark.parametrize(
    "address", ["mailto:security@example.org", "https://example.org/report?to=us"]
)
def test_a_security_contact_is_a_mail_address_or_a_secure_page(edit, client, site, address):
    edit(security_contact=address)
    assert mission_of(site).security_contact == address
    told = client.get("/.well-known/security.txt", HTTP_HOST="localhost").content.decode()
    assert f"Contact: {address}\n" in told


@pytest.mark.parametrize(
    "address",
    [
        *("security@example.org", "http://example.org/", "mailto:", "mailto:nobody", "https://"),
        *("mailto:https://example.org", "https://mailto:a@b", "tel:+22320702300"),
    ],
)
def test_any_other_security_contact_is_refused(edit, site, address):
    before = mission_of(site).security_contact
    assert NO_CONTACT in edit(security_contact=address)
    assert mission_of(site).security_contact == before


def test_every_fault_is_said_at_once(edit):
    answer = edit(host_state_code="ZZ", security_contact="x", latitude="12")
    assert NO_CODE in answer and NO_CONTACT in answer and "or neither" in answer


MISSION = ["ouaga.localhost", "--name=Embassy", "--city=Ouagadougou", "--host-state=Burkina Faso"]
MISSION += ["--time-zone=Africa/Ouagadougou"]


@pytest.mark.django_db
def test_a_new_mission_takes_codes_of_states_only():
    with pytest.raises(CommandError, match="Give --host-code as two letters of ISO 3166-1"):
        call_command("create_mission", *MISSION, "--host-code=ZZ")
    with pytest.raises(CommandError, match="Give --sending-code as two letters of ISO 3166-1"):
        call_command("create_mission", *MISSION, "--host-code=BF", "--sending-code=EU")
    call_command("create_mission", *MISSION, "--host-code=bf", "--sending-code=fr", verbosity=0)
    mission = MissionSettings.objects.get(site__hostname="ouaga.localhost")
    assert (mission.sending_state_code, mission.host_state_code) == ("FR", "BF")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "code", "name"),
    [
        ("en", "us", "United States of America"),
        ("fr", "us", "États-Unis d’Amérique"),
        ("fr", "ca", "Canada"),
    ],
)
def test_the_sending_state_is_named_in_the_first_language(language, code, name):
    told = ["--host-code=BF", f"--sending-code={code}", f"--language={language}"]
    call_command("create_mission", *MISSION, *told, verbosity=0)
    mission = MissionSettings.objects.get(site__hostname="ouaga.localhost")
    assert mission.sending_state == {language: name}
