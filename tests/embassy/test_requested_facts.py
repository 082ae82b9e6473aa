"""Facts of a mission take two people: what one stores waits until another has confirmed it."""

import pytest

from embassy.demo import contact
from embassy.demo.contacts import DUTY
from embassy.models import ContactPoint, RequestedAct
from tests.embassy.test_verification import form_of
from tests.second_person import HOST, confirm_all

pytestmark = pytest.mark.django_db
NEW = "+223 6675 2861"
EDIT = "/admin/snippets/embassy/contactpoint/edit/{}/"


@pytest.fixture
def duty(site) -> ContactPoint:
    """The number for emergencies."""
    return contact(DUTY)


@pytest.fixture
def asked(client, staff, duty) -> RequestedAct:
    """A new number that the consul asked for."""
    client.force_login(staff["consular"])
    client.post(EDIT.format(duty.pk), form_of(duty, value=NEW), **HOST)
    return RequestedAct.objects.get()


def test_one_account_changes_no_number(client, staff, duty, asked):
    duty.refresh_from_db()
    assert duty.value != NEW
    client.logout()
    assert "66 75 28 61" not in client.get("/", **HOST).content.decode()
    confirm_all()
    assert "66 75 28 61" in client.get("/", **HOST).content.decode()
