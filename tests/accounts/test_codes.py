"""Codes: those of the standard, good once, around now, and sealed in the database."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator

from accounts import codes
from accounts.sealing import Unreadable, seal, unseal
from embassy.models import User
from tests.accounts.signing import recovery_codes_of, with_app
from tests.factories import person

pytestmark = pytest.mark.django_db
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # of RFC 6238, appendix B
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
STEP = timedelta(seconds=app_settings.TOTP_PERIOD)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds, code):
    assert codes.code_at(SECRET, datetime.fromtimestamp(seconds, UTC)) == code


@pytest.fixture
def member(site) -> User:
    """Somebody with an app that shows the codes of SECRET, and recovery codes."""
    user = person(site, "section_editor", "app@bamako.example")
    with_app(user)
    app = Authenticator.objects.get(user=user, type="totp")
    app.data["secret"] = seal(SECRET)
    app.save()
    return user


@pytest.mark.parametrize(("steps", "is_good"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_step(member, steps, is_good):
    shown = codes.code_at(SECRET, NOON + steps * STEP)
    assert bool(codes.spend(member, shown, NOON)) is is_good


def test_neither_a_code_nor_one_before_it_is_good_again(member):
    assert codes.spend(member, codes.code_at(SECRET, NOON), NOON)
    for moment in (NOON, NOON - STEP):
        assert codes.spend(member, codes.code_at(SECRET, moment), NOON) is None
    assert codes.spend(member, codes.code_at(SECRET, NOON + STEP), NOON + STEP)


@pytest.mark.parametrize("typed", ["", "      ", "12345", "1234567", "١٢٣٤٥٦", "a" * 40])
def test_nonsense_is_no_code(member, typed):
    assert codes.spend(member, typed, NOON) is None


def test_spaces_and_hyphens_are_read_over(member):
    code = codes.code_at(SECRET, NOON)
    assert codes.spend(member, f" {code[:3]}-{code[3:]} ", NOON)


def test_a_colleagues_code_is_none(member, site):
    other = person(site, "section_editor", "other@bamako.example")
    with_app(other)
    assert codes.spend(other, codes.code_at(SECRET, NOON), NOON) is None
    assert codes.spend(other, recovery_codes_of(member)[0], NOON) is None


def test_only_codes_of_the_app_where_those_are_asked_for(member):
    only = (Authenticator.Type.TOTP,)
    code = recovery_codes_of(member)[0]
    assert codes.spend(member, code, NOON, types=only) is None
    assert code in recovery_codes_of(member)
    assert codes.spend(member, code, NOON)


def test_secrets_are_sealed_and_open_with_former_keys(member, settings):
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    sealed, before = seal(SECRET), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [before]
    assert unseal(sealed) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unreadable):
        unseal(sealed)


def test_with_a_lost_key_no_code_is_good(member, settings):
    recovery = recovery_codes_of(member)[0]
    settings.SECRET_KEY = "another"
    assert codes.spend(member, codes.code_at(SECRET, NOON), NOON) is None
    assert codes.spend(member, recovery, NOON) is None
