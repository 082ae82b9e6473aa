"""Editor rules of contact points, hours and missions: each refuses with a sentence at its field."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError

from embassy.fields import Texts
from embassy.models import ContactPoint, Schedule
from embassy.vocabulary import Channel, Purpose
from tests.second_person import confirm_all

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("channel", "value"),
    [
        (Channel.PHONE, "call me"),
        (Channel.PHONE, "123"),
        (Channel.PHONE, "+223 1"),
        (Channel.PHONE, "+223 6675 2860 ext. 99"),
        (Channel.PHONE, "+1 888 CALL NOW"),
        (Channel.MAIL, "not a mail"),
        (Channel.WEB, "javascript:alert(1)"),
        (Channel.WEB, "ftp://example.org/"),
    ],
)
def test_contact_that_cannot_be_used_is_refused(site, channel, value):
    contact = ContactPoint(
        site=site, purpose=Purpose.OFFICE, channel=channel, label=Texts(en="x"), value=value
    )
    with pytest.raises(ValidationError) as refused:
        contact.full_clean()
    assert set(refused.value.message_dict) == {"value"}


def test_emergency_line_needs_its_number_until_it_is_retired(site):
    contact = ContactPoint.objects.for_site(site).get(value="+223 6675 2860")
    contact.value = ""
    with pytest.raises(ValidationError) as refused:
        contact.full_clean()
    assert "in trouble" in str(refused.value)
    contact.retired = True
    contact.full_clean()


def test_the_last_number_for_emergencies_stays(site):
    duty, citizens = ContactPoint.objects.for_site(site).for_emergencies()
    citizens.retired = True
    citizens.full_clean()
    citizens.save()
    for change in ({"retired": True}, {"purpose": Purpose.OFFICE}):
        contact = ContactPoint.objects.get(pk=duty.pk)
        for name, value in change.items():
            setattr(contact, name, value)
        with pytest.raises(ValidationError) as refused:
            contact.full_clean()
        assert "last number for emergencies" in str(refused.value)
        assert set(refused.value.message_dict) == set(change)


def test_extension_is_digits(site):
    contact = ContactPoint.objects.for_site(site).get(extension="2570")
    contact.extension = "ab c"
    with pytest.raises(ValidationError) as refused:
        contact.full_clean()
    assert "digits" in str(refused.value)


def schedule_form(site, *periods: tuple[int, str, str], **changes) -> dict:
    """Give what the editor of opening hours posts."""
    data = {
        "site": site.pk,
        "name_en": "Library",
        "name_fr": "",
        "time_zone": "Africa/Bamako",
        "source": "",
        "periods-TOTAL_FORMS": len(periods),
        "periods-INITIAL_FORMS": 0,
        "periods-MIN_NUM_FORMS": 0,
        "periods-MAX_NUM_FORMS": 1000,
        **changes,
    }
    for number, (weekday, opens, closes) in enumerate(periods):
        row = {"weekday": weekday, "opens": opens, "closes": closes, "id": "", "ORDER": number + 1}
        data |= {f"periods-{number}-{name}": value for name, value in row.items()}
    return data


def test_hours_that_overlap_are_refused_and_good_ones_are_kept(editor_client, site):
    url = "/admin/snippets/embassy/schedule/add/"
    wrong = schedule_form(site, (0, "08:00", "12:00"), (0, "10:00", "14:00"))
    response = editor_client.post(url, wrong, HTTP_HOST="localhost")
    assert response.status_code == 200
    form = response.context["form"]
    assert form.non_field_errors(), (form.errors, [f.errors for f in form.formsets.values()])
    good = schedule_form(site, (0, "08:00", "12:00"), (0, "13:00", "17:00"))
    assert editor_client.post(url, good, HTTP_HOST="localhost").status_code == 302
    confirm_all()
    assert Schedule.objects.get(name__en="Library").periods.count() == 2


def create(*arguments: str) -> None:
    """Run create_mission with what every mission needs."""
    common = ["--name=A", "--city=B", "--host-state=C", "--time-zone=Africa/Dakar"]
    call_command("create_mission", *common, *arguments, stdout=StringIO())


def test_two_missions_whose_hosts_begin_alike_can_be_made(dakar):
    create("dakar.example.org", "--host-code=SN")
    create("dakar.example.org", "--host-code=SN")


@pytest.mark.parametrize(
    "wrong",
    [
        ["bad host", "--host-code=SN"],
        ["a" * 300, "--host-code=SN"],
        ["ok.example", "--host-code=SEN"],
        ["ok.example", "--host-code=SN", "--language=xx"],
        ["ok.example", "--host-code=SN", "--time-zone=Mars/Base"],
    ],
)
def test_mission_that_cannot_be_made_is_refused_with_a_sentence(db, wrong):
    with pytest.raises(CommandError):
        create(*wrong)
