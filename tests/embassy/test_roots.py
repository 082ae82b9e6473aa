"""Where a mission answers, with scheme and host: https on a public server, as it is on this one."""

from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from wagtail.models import Site

from embassy.checks import missions_answer_at_the_port_of_https
from embassy.demo.mission import plan_here
from embassy.management.commands.serve import point_sites_at
from embassy.mission.roots import root_of
from embassy.models import ContentPage, MissionSettings

MISSION = ["--name=A", "--city=B", "--host-state=C", "--host-code=SN", "--time-zone=Africa/Dakar"]


@pytest.mark.parametrize(
    ("port", "plain", "public"),
    [
        (80, "http://a.example", "https://a.example"),
        (443, "https://a.example", "https://a.example"),
        (8000, "http://a.example:8000", "https://a.example:8000"),
    ],
)
def test_the_root_is_https_where_everybody_is_led_there(settings, port, plain, public):
    site = Site(hostname="a.example", port=port)
    settings.SECURE_SSL_REDIRECT = False
    assert root_of(site) == plain
    settings.SECURE_SSL_REDIRECT = True
    assert root_of(site) == public


def test_a_page_s_whole_address_follows(site, settings):
    page = ContentPage.objects.live().first()
    assert page.full_url == site.root_url + page.url
    settings.SECURE_SSL_REDIRECT = True
    assert page.full_url == f"https://{site.hostname}{page.url}"


def made(hostname: str, *more: str) -> str:
    """Run create_mission and give what it says."""
    out = StringIO()
    call_command("create_mission", hostname, *MISSION, *more, stdout=out)
    return out.getvalue()


def test_a_new_mission_of_this_machine_answers_where_it_served_last(site):
    point_sites_at(8052)
    assert "answers at http://dakar.localhost:8052/." in made("dakar.localhost")
    assert Site.objects.get(hostname="dakar.localhost").port == 8052
    assert "answers at http://gao.localhost:8053/." in made("gao.localhost", "--port=8053")
    assert Site.objects.get(hostname="gao.localhost").port == 8053
    assert "answers at http://a.example/." in made("a.example")


def test_a_mission_that_exists_keeps_its_name_and_the_command_says_so(site):
    assert "exists already" not in made("dakar.localhost")
    said = made("DAKAR.localhost", "--name=Another name")
    assert "dakar.localhost exists already; its name is changed in its settings." in said
    assert "A answers at" in said
    mission = MissionSettings.objects.get(site__hostname="dakar.localhost")
    assert (mission.name, mission.site.site_name) == ({"en": "A"}, "A")
    assert "dakar.localhost exists already; what it has stays as it is." in made("dakar.localhost")


def test_the_demo_mission_answers_where_this_machine_is_served(site):
    assert plan_here().port == Site.objects.get(hostname="localhost").port
    point_sites_at(8052)
    assert plan_here().port == 8052


@pytest.mark.parametrize(("public", "port"), [(False, 80), (True, 443)])
def test_a_new_mission_gets_the_port_that_readers_use(db, settings, public, port):
    settings.SECURE_SSL_REDIRECT = public
    out = StringIO()
    call_command("create_mission", "a.example", *MISSION, stdout=out)
    assert Site.objects.get(hostname="a.example").port == port
    assert f"answers at http{'s' if public else ''}://a.example/." in out.getvalue()


def test_the_deployment_check_names_a_mission_at_another_port(site, settings):
    settings.SECURE_SSL_REDIRECT = True
    found = missions_answer_at_the_port_of_https(None)
    assert found == []  # those of this machine alone are nobody's to reach
    Site.objects.filter(pk=site.pk).update(hostname="bamako.example", port=80)
    [warning] = missions_answer_at_the_port_of_https(None)
    assert warning.msg == (
        "The mission at bamako.example has port 80; readers come through https, which is port 443."
    )
    assert warning in run_checks(include_deployment_checks=True)
    Site.objects.filter(pk=site.pk).update(port=443)
    assert missions_answer_at_the_port_of_https(None) == []


def said_of_port(hostname: str, port: str) -> str:
    """Run set_port as from a shell and give what it says."""
    out = StringIO()
    call_command("set_port", hostname, port, stdout=out)
    return out.getvalue()


def test_the_port_of_a_mission_is_set_by_a_command_and_may_be_set_twice(site):
    Site.objects.filter(pk=site.pk).update(port=8052)
    for _again in range(2):
        assert f"answers at https://{site.hostname}/." in said_of_port(site.hostname.upper(), "443")
        site.refresh_from_db()
        assert site.port == 443
    assert not missions_answer_at_the_port_of_https(None)


@pytest.mark.parametrize(
    ("hostname", "port", "sentence"),
    [
        ("nowhere.example", "443", "No mission answers at nowhere.example. There are: "),
        (None, "0", "Give a port from 1 to 65535."),
        (None, "65536", "Give a port from 1 to 65535."),
        (None, "https", "invalid int value: 'https'"),
    ],
)
def test_a_port_that_cannot_be_is_refused_and_nothing_changes(site, hostname, port, sentence):
    before = site.port
    with pytest.raises(CommandError, match=sentence):
        said_of_port(hostname or site.hostname, port)
    site.refresh_from_db()
    assert site.port == before
