"""A missing or bad variable ends every command with one sentence; production is clean."""

import os
import re
import socket
import subprocess
import sys

import pytest
from django.conf import settings as live_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError

from embassy.management.commands.serve import checked_port, names_of
from embassy.settings.environment import read
from tests.databases import ROOT
from tests.servers import free_port

DEVELOPMENT = {"DJANGO_SETTINGS_MODULE": "embassy.settings.development"}
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "embassy.settings.production",
    "SECRET_KEY": "k9!xW2#qLm7_Zr4vTb8$" * 3,
    "ALLOWED_HOSTS": "bamako.example",
    "BASE_URL": "https://bamako.example",
    "EMAIL_URL": "smtp+tls://chancery:words@mail.example:587",
    "MAIL_FROM": "notices@bamako.example",
}
NOWHERE = "postgres://user:secret@127.0.0.1:1/name"  # where nothing listens
OURS = ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL", "DEBUG", "CONN_MAX_AGE")
OURS += ("SERVED_AT", "EMAIL_URL", "MAIL_FROM", "WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS")
BROWSER_TESTS_OWN = "DJANGO_ALLOW_ASYNC_UNSAFE"  # they set it for their own process


def run(changes: dict[str, str | None], *command: str) -> subprocess.CompletedProcess:
    """Run a command of the project in a process of its own, with these variables and no other."""
    kept = {k: v for k, v in os.environ.items() if k not in (*OURS, BROWSER_TESTS_OWN)}
    environment = {k: v for k, v in {**kept, **changes}.items() if v is not None}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def manage(changes: dict[str, str | None], *words: str) -> subprocess.CompletedProcess:
    """Run a management command."""
    return run(changes, "manage.py", *words)


def only_line(result: subprocess.CompletedProcess) -> str:
    """Give the one line a failed command has said."""
    assert result.returncode != 0
    assert result.stdout.strip() == ""
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    return result.stderr.strip()


def test_production_passes_the_deployment_check():
    # Not with the database of this folder, in which `make run` puts accounts of the demo site.
    without = PRODUCTION | {"DATABASE_URL": NOWHERE}
    result = manage(without, "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "https://bamako.example"),
        ("BASE_URL", None),
        ("BASE_URL", "http://bamako.example"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "https://bamako.example/fr/"),
        ("DATABASE_URL", "nonsense"),
        ("EMAIL_URL", None),
        ("EMAIL_URL", "mail.example"),
        ("MAIL_FROM", None),
        ("MAIL_FROM", "notices"),
        ("WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS", "some"),
    ],
)
def test_a_bad_variable_stops_production_with_one_sentence(name, value):
    assert name in only_line(manage(PRODUCTION | {name: value}, "check"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "sqlite:///db.sqlite3"),
        ("ALLOWED_HOSTS", ""),
        ("BASE_URL", "127.0.0.1:8000"),
        ("DEBUG", "perhaps"),
        ("CONN_MAX_AGE", "soon"),
        ("SHARED_CACHE_SECONDS", "-1"),
        ("DJANGO_SETTINGS_MODULE", "embassy.settings.staging"),
    ],
)
def test_a_bad_variable_stops_development_with_one_sentence(name, value):
    assert name in only_line(manage(DEVELOPMENT | {name: value}, "check"))


@pytest.mark.parametrize(
    "command", ["check", "migrate", "serve", "sync_roles", "collectstatic", "shell", "runserver"]
)
def test_every_command_ends_with_the_sentence(command):
    assert "SECRET_KEY" in only_line(manage(PRODUCTION | {"SECRET_KEY": None}, command))


@pytest.mark.parametrize("command", ["migrate", "sync_roles", "createsuperuser"])
def test_a_server_that_does_not_answer_is_said_in_one_sentence(command):
    said = only_line(manage(DEVELOPMENT | {"DATABASE_URL": NOWHERE}, command))
    assert "DATABASE_URL" in said and "secret" not in said


def test_serving_ends_its_line_before_the_sentence():
    result = manage(DEVELOPMENT | {"DATABASE_URL": NOWHERE}, "serve", "--port", str(free_port()))
    assert result.stdout == "[1/5] Updating the database …\n"
    assert len(result.stderr.splitlines()) == 1 and "DATABASE_URL" in result.stderr


def test_a_traceback_comes_on_request():
    result = manage(PRODUCTION | {"SECRET_KEY": None}, "check", "--traceback")
    assert "Traceback" in result.stderr and "SECRET_KEY" in result.stderr


def test_a_mistake_of_ours_keeps_its_traceback():
    result = manage(DEVELOPMENT, "shell", "-c", "1 / 0")
    assert "Traceback" in result.stderr


def test_gunicorn_logs_the_sentence_and_gives_up():
    server = ["-m", "gunicorn", "embassy.wsgi", "--no-control-socket", "--bind", "127.0.0.1:0"]
    result = run(PRODUCTION | {"BASE_URL": "bamako.example"}, *server)
    assert result.returncode == 3
    assert "Traceback" not in result.stderr
    sentences = [line for line in result.stderr.splitlines() if "BASE_URL" in line]
    assert len(sentences) == 1 and "[CRITICAL]" in sentences[0]


def test_a_key_may_hold_any_sign(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "$HOME/" + "x" * 50)
    assert read("SECRET_KEY", "key") == "$HOME/" + "x" * 50


@pytest.mark.parametrize(
    ("kind", "value", "means"),
    [
        ("bool", "True", True),
        ("bool", "0", False),
        ("hosts", "a.example, .b.example,[::1]", ["a.example", ".b.example", "[::1]"]),
        ("address", "HTTP://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("secure_address", "https://bamako.example", "https://bamako.example"),
    ],
)
def test_good_values_are_read(monkeypatch, kind, value, means):
    monkeypatch.setenv("CHANCERY_TEST", value)
    assert read("CHANCERY_TEST", kind) == means


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("smtp+tls://a%40b:w%2Frd@mail.example", ("mail.example", 587, "a@b", "w/rd", True, False)),
        ("smtps://mail.example", ("mail.example", 465, "", "", False, True)),
        ("smtp://127.0.0.1:2525", ("127.0.0.1", 2525, "", "", False, False)),
    ],
)
def test_a_mail_server_is_read_as_django_wants_it(monkeypatch, value, found):
    monkeypatch.setenv("CHANCERY_TEST", value)
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    server = read("CHANCERY_TEST", "mail_server")
    assert tuple(server[f"EMAIL_{name}"] for name in names) == found


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("hosts", "bamako.example/"),
        ("hosts", "bamako.example:8000"),
        ("hosts", "two words"),
        ("address", "https://bamako.example?"),
        ("address", "https://bamako.example#x"),
        ("address", "https://user@bamako.example"),
        ("address", "https://bamako.example:port"),
        ("address", "https://bamako.example:99999"),
        ("address", "https://bamako example"),
        ("address", "ftp://bamako.example"),
        ("db_url", "postgres://user:secret@host/"),
        ("db_url", "postgres://user:secret@host:port/name"),
        ("db_url", "postgres://user:sec/ret@host/name"),
        ("db_url", "postgres://[::1/name"),
        ("db_url", "postgres://user:secret@host/name?sslmod=require"),
        ("db_url", "mysql://user:secret@host/name"),
        ("mail_server", "smtp://"),
        ("mail_server", "smtp://mail.example:port"),
        ("mail_server", "smtp://mail.example:0"),
        ("mail_server", "smtp://mail.example/path"),
        ("mail_server", "consolemail://"),
        ("mail_server", "filemail:///etc"),
        ("mail_address", "Notices <notices@bamako.example>"),
        ("mail_address", "two words@bamako.example"),
        ("mail_address", "notices@"),
    ],
)
def test_bad_values_are_refused_without_being_repeated(monkeypatch, recwarn, kind, value):
    monkeypatch.setenv("CHANCERY_TEST", value)
    with pytest.raises(ImproperlyConfigured, match="CHANCERY_TEST") as refused:
        read("CHANCERY_TEST", kind, wanted="it is good.")
    assert str(refused.value).endswith("variable CHANCERY_TEST cannot be used: it is good.")
    assert not recwarn.list


def test_names_below_a_host_are_trusted_too():
    code = "from django.conf import settings; print(settings.CSRF_TRUSTED_ORIGINS)"
    result = manage(PRODUCTION | {"ALLOWED_HOSTS": ".example.org,a.b"}, "shell", "-v0", "-c", code)
    assert result.stdout.strip() == "['https://*.example.org', 'https://a.b']"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--port=abc"], "PORT=abc is no port"),
        (["--host=nonsense.invalid"], "HOST=nonsense.invalid is no address of this machine"),
    ],
)
def test_an_address_that_is_none_stops_serving_with_one_sentence(words, sentence):
    assert sentence in only_line(manage(DEVELOPMENT, "serve", f"--port={free_port()}", *words))


@pytest.mark.parametrize("port", ["0", "65536", "-1", "", "80.5"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(CommandError, match=f"^PORT={port} is no port: .* like 8001.$"):
        checked_port("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "*", "two words", "a" * 70 + ".example"])
def test_a_host_that_is_not_this_machine_is_refused(host):
    with pytest.raises(CommandError, match=f"^HOST={re.escape(host)} is no address of this"):
        checked_port(host, str(free_port()))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_a_free_port_of_this_machine_is_good(host):
    port = free_port()
    assert checked_port(host, str(port)) == port


def test_a_port_in_use_is_refused():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CommandError, match=r"^Another program uses port .* choose another"):
            checked_port("127.0.0.1", str(other.getsockname()[1]))


def test_any_host_at_all_is_pointed_out():
    asked = ("check", "--deploy", "--fail-level", "WARNING")
    result = manage(PRODUCTION | {"ALLOWED_HOSTS": "bamako.example,*"}, *asked)
    assert result.returncode != 0 and "embassy.W005" in result.stderr
    assert "whose absolute addresses lead to that name" in result.stderr


def test_what_listens_everywhere_is_reached_at_addresses_of_this_machine():
    names = names_of("0.0.0.0")
    assert names[0] == "127.0.0.1" and "0.0.0.0" not in names
    for name in names:
        with socket.socket() as probe:
            probe.bind((name, 0))  # an address of this machine, or it cannot
    assert names_of("localhost") == ["localhost"] and names_of("::1") == ["[::1]"]


@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({"SERVED_AT": "127.0.0.1,10.1.2.3"}, True),
        ({"SERVED_AT": "10.1.2.3", "ALLOWED_HOSTS": "localhost"}, False),
        ({}, False),
    ],
)
def test_development_answers_where_it_is_served(changes, allowed):
    asked = "from django.conf import settings; print('10.1.2.3' in settings.ALLOWED_HOSTS)"
    result = manage(DEVELOPMENT | changes, "shell", "-v", "0", "-c", asked)
    assert result.stdout.strip() == str(allowed)


def test_production_does_not():
    asked = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    result = manage(PRODUCTION | {"SERVED_AT": "10.1.2.3"}, "shell", "-v", "0", "-c", asked)
    assert result.stdout.strip() == "['bamako.example']"


def test_there_is_no_other_database():
    assert live_settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
