"""People of the demo mission with passwords and factors that tests know, and no forced proofs."""

import pytest

from embassy.models import User
from tests.accounts.signing import secret_of, with_password
from tests.factories import person


@pytest.fixture(autouse=True)
def nobody_is_let_in(real_sessions):
    """Ask for the second factor, as it really is."""


@pytest.fixture
def officer(staff):
    """Public affairs, with an app: may open the content editor."""
    return with_password(staff["public_affairs"])


@pytest.fixture
def secret(officer) -> str:
    """The secret of the officer's app."""
    return secret_of(officer)


@pytest.fixture
def newcomer(site):
    """An editor who has a password and no second factor yet."""
    return person(site, "section_editor", "new@bamako.example")


@pytest.fixture
def first(staff) -> User:
    """The administrator who asks."""
    return staff["administrator"]


@pytest.fixture
def second(site) -> User:
    """The other administrator, who confirms."""
    return User.objects.get(email="keeper@bamako.example")
