"""Fixtures of the whole suite: the real database with the demo site, missions, people."""

import gc
import os
from pathlib import Path

import polib
import pytest
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.db import connections
from django.http import HttpRequest
from django.utils import translation

from tests import databases, order

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "one")
WORKERS = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
MISSIONS = {"dakar": "second_mission", "nairobi": "mission_east"}  # fixture: what makes it


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items) -> None:
    """Let each worker begin with what takes longest."""
    items[:] = order.dealt(items, WORKERS)


def pytest_collection_finish(session) -> None:
    """Let garbage collection pass over what is loaded by now, and come by less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def template_database() -> str:
    """The name of the migrated database with the demo site."""
    return databases.template()


@pytest.fixture(scope="session")
def django_db_setup(template_database, django_db_blocker, pytestconfig):
    """Give each worker a copy of the template; tests roll back, so it stays as it was."""
    own = pytestconfig.stash[OWN] = Own(template_database, django_db_blocker)
    own.lead_to("")
    yield
    own.discard()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item) -> None:
    """Let a test that asks for another mission find it made."""
    own = item.config.stash.get(OWN, None)
    if own and order.needs_database(item):
        own.lead_to(next((name for name in MISSIONS if name in item.fixturenames), ""))


class Own:
    """This worker's databases: the demo site's, and one for each mission that may stand beside it.

    To make a mission takes a second, and it would be rolled back with each test.
    """

    def __init__(self, template: str, blocker):
        self.template, self.blocker = template, blocker
        self.names: dict[str, str] = {}

    def lead_to(self, mission: str) -> None:
        """Point the connection at the one with a mission, unless a module has its own."""
        now = connections["default"].settings_dict["NAME"]
        wanted = self.names.get(mission)
        if now == wanted or (self.names and now not in self.names.values()):
            return
        with self.blocker.unblock():
            if wanted:
                use_database(wanted)
            else:
                self.make(mission)

    def make(self, mission: str) -> None:
        """Make the database with a mission."""
        self.names[mission] = databases.clone(self.template, f"{WORKER}_{mission}".rstrip("_"))
        use_database(self.names[mission])
        if mission:
            made(mission)

    def discard(self) -> None:
        """Drop them all."""
        with self.blocker.unblock():
            connections["default"].close()
        for name in self.names.values():
            databases.discard(name)


OWN = pytest.StashKey[Own]()


def made(mission: str):
    """Give another mission's site, made where it does not stand yet."""
    from wagtail.models import Site

    from tests import factories

    found = Site.objects.filter(hostname=f"{mission}.localhost").first()
    return found or getattr(factories, MISSIONS[mission])()


def use_database(name: str) -> str:
    """Point the default connection at a database; give the name of the one before."""
    connection = connections["default"]
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    return before


@pytest.fixture
def committed_database(template_database, django_db_setup, django_db_blocker, request):
    """A copy of its own for a test that commits, starts threads or counts at the other end."""
    name = databases.clone(template_database, f"{WORKER}_own")
    with django_db_blocker.unblock():
        before = use_database(name)
        yield name
        use_database(before)
    databases.discard(name)


@pytest.fixture(autouse=True)
def clean_slate():
    """Start each test in English with nothing cached."""
    cache.clear()
    with translation.override("en"):
        yield


def prove_forced_sign_in(sender, request, user, **kwargs) -> None:
    """Count whoever a test signs in by force as proven by a second factor."""
    from allauth.account.internal.flows.login import record_authentication

    if type(request) is HttpRequest:  # what the test client makes; a real one is a WSGIRequest
        record_authentication(request, user, "mfa", id=0, type="totp")


@pytest.fixture(autouse=True)
def proven_sessions():
    """Let tests that are not about sign-in enter the staff pages by force."""
    user_logged_in.connect(prove_forced_sign_in)
    yield
    user_logged_in.disconnect(prove_forced_sign_in)


@pytest.fixture
def real_sessions(proven_sessions):
    """Let nobody in without a second factor, as it really is."""
    user_logged_in.disconnect(prove_forced_sign_in)


@pytest.fixture
def compiled(settings, tmp_path):
    """The catalogs as they are now, compiled as bin/compile_messages.py does it, in use."""
    catalogs = list((databases.ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    if all(map(is_compiled, catalogs)):
        return  # as `make test` leaves them
    for catalog in catalogs:
        folder = tmp_path / catalog.relative_to(databases.ROOT / "locale").parent
        folder.mkdir(parents=True, exist_ok=True)
        polib.pofile(str(catalog)).save_as_mofile(str(folder / f"{catalog.stem}.mo"))
    settings.LOCALE_PATHS = [tmp_path]


def is_compiled(catalog: Path) -> bool:
    """Whether a catalog's compiled file is there and not older."""
    kept = catalog.with_suffix(".mo")
    return kept.exists() and kept.stat().st_mtime >= catalog.stat().st_mtime


@pytest.fixture
def site(db):
    """The demo mission's site."""
    from embassy.demo import demo_site

    return demo_site()


@pytest.fixture
def home(site):
    """The demo mission's home page."""
    return site.root_page.specific


@pytest.fixture
def dakar(db):
    """A second mission, whose first language is French."""
    return made("dakar")


@pytest.fixture
def nairobi(db):
    """A mission whose clock is not that of the servers."""
    return made("nairobi")


@pytest.fixture
def staff(site):
    """Accounts of the demo mission by role, of several the first."""
    from embassy.demo import sign_ins
    from embassy.models import User

    return {role: User.objects.get(email=email) for role, email, _password in reversed(sign_ins())}


@pytest.fixture
def editor_client(client, staff):
    """A browser in which public affairs is signed in."""
    client.force_login(staff["public_affairs"])
    return client
