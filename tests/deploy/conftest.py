"""The demo site behind nginx, and the same database in this process to change it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from embassy.models import User
from tests import databases
from tests.conftest import use_database
from tests.deploy.front import KEY, NGINX, OPENSSL, Front, gunicorn, nginx


@pytest.fixture(scope="module")
def has_nginx() -> None:
    """Skip without nginx, unless this is root: for root `make test` installs it."""
    missing = [name for name, found in (("nginx", NGINX), ("openssl", OPENSSL)) if not found]
    if missing and os.geteuid() != 0:
        pytest.skip(f"Not installed: sudo apt install {' '.join(missing)}")
    assert not missing, f"Root's make test should have installed {' and '.join(missing)}."


@pytest.fixture(scope="module")
def front(has_nginx, template_database, django_db_setup, tmp_path_factory) -> Iterator[Front]:
    """The demo site as it is served in public."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    name = databases.clone(template_database, f"{worker}_front")
    folder = tmp_path_factory.mktemp("front")
    (folder / "media").mkdir()
    try:
        with gunicorn(folder, name) as port, nginx(folder, port) as found:
            yield Front(found.folder, found.secure_port, found.plain_port, name)
    finally:
        databases.discard(name)


@pytest.fixture
def live(front, django_db_blocker, settings) -> Iterator[Front]:
    """The site behind nginx while this process shares its database, files and key."""
    settings.MEDIA_ROOT = str(front.folder / "media")
    settings.SECRET_KEY = KEY
    with django_db_blocker.unblock():
        before = use_database(front.database)
        yield front
        use_database(before)


@pytest.fixture
def signed_in(live) -> str:
    """The Cookie header of public affairs, who may edit and see everything."""
    client = Client()
    user = User.objects.get(email="press@bamako.example")
    user.is_demo = False  # in public nobody signs in with an account of the demo site
    user.save()
    client.force_login(user)
    return f"theme=dark; sessionid={client.cookies['sessionid'].value}"


@pytest.fixture
def media(front) -> Path:
    """The folder of uploaded files."""
    return front.folder / "media"
