"""The first screen stays short and quick however much waits, and names the rest."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from embassy.acts import requested
from embassy.acts.requested_facts import values_of
from embassy.acts.requested_screens import SHOWN, count_for
from embassy.fields import Texts
from embassy.models import ContactPoint, ContentPage, RequestedAct

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_waits(site):
    """Begin without what the demo content asks for."""
    RequestedAct.objects.all().delete()


def ask(site, by, number: int) -> None:
    """Ask for a change of so many contact points."""
    for n in range(number):
        point = ContactPoint.objects.create(
            site=site, purpose="office", label={"en": f"Desk {n}"}, value="+22320702300"
        )
        point.value = "+22320702301"
        requested.ask(
            by, point, RequestedAct.Act.CHANGE, timezone.now(), {"values": values_of(point)}
        )


def first_screen(user) -> str:
    """Give what somebody sees first."""
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(user)
    return browser.get("/admin/").content.decode()


@pytest.mark.parametrize(("number", "more"), [(SHOWN, ""), (SHOWN + 2, "2 more")])
def test_it_names_the_first_and_counts_the_rest(site, staff, number, more):
    ask(site, staff["section_editor"], number)
    for role in ("approver", "section_editor"):
        shown = first_screen(staff[role])
        assert shown.count("/admin/requested/#request-") == SHOWN, role
        way = '<a href="/admin/requested/">'
        assert (way in shown) is bool(more) and (not more or f"{way}{more}</a>" in shown)


def test_a_number_is_named_in_the_language_of_who_reads(site, staff, compiled):
    label = {"en": "Front desk", "fr": "Accueil"}
    point = ContactPoint.objects.create(
        site=site, purpose="office", label=Texts(label), value="+22320702300"
    )
    point.value = "+22320702301"
    values = {"values": values_of(point)}
    act = RequestedAct.Act.CHANGE
    requested.ask(staff["section_editor"], point, act, timezone.now(), values)
    browser = Client(HTTP_HOST="localhost", headers={"Accept-Language": "fr"})
    browser.force_login(staff["approver"])
    assert "Accueil" in browser.get("/admin/requested/").content.decode()


def test_what_was_declined_stands_there_with_the_reason_until_it_is_asked_anew(site, staff):
    ask(site, staff["section_editor"], 1)
    act = RequestedAct.objects.get()
    requested.decline(staff["approver"], act, timezone.now(), "Nobody answers there.")
    shown = first_screen(staff["section_editor"])
    assert "it was declined" in shown and "Nobody answers there." in shown
    assert "Nobody answers there." not in first_screen(staff["consular"])
    point = ContactPoint.objects.get(pk=act.object_id)
    point.value = "+22320702305"
    values = {"values": values_of(point)}
    requested.ask(staff["section_editor"], point, act.act, timezone.now(), values)
    assert "Nobody answers there." not in first_screen(staff["section_editor"])


def test_only_what_somebody_can_answer_counts(site, staff, home, dakar):
    ask(site, staff["section_editor"], 2)
    page = ContentPage(title="Visas", slug="visa-hours", locale=home.locale)
    home.add_child(instance=page)
    page.save_revision().publish()
    requested.ask(
        staff["public_affairs"],
        ContentPage.objects.get(pk=page.pk),
        RequestedAct.Act.UNPUBLISH,
        timezone.now(),
        {"include_descendants": False},
    )
    now = timezone.now()
    counts = {role: count_for(user, now) for role, user in staff.items()}
    assert counts["approver"] == 3
    assert counts["consular"] == 2  # lets out no words of plain pages, so takes none off either
    assert counts["public_affairs"] == 2  # the act on the page is their own
    assert counts["section_editor"] == counts["duty_officer"] == counts["administrator"] == 0


def test_what_one_did_alone_counts_for_everybody_else_who_answers(site, staff):
    ask(site, staff["consular"], 1)
    now = timezone.now()
    RequestedAct.objects.update(
        broke_glass=True, decided_by=staff["consular"], decided_at=now, outcome="confirmed"
    )
    assert count_for(staff["approver"], now) == 1
    assert count_for(staff["consular"], now) == 0


def test_the_number_of_queries_does_not_grow(site, staff):
    def queries() -> int:
        first_screen(staff["approver"])
        with CaptureQueriesContext(connection) as captured:
            first_screen(staff["approver"])
        return len(captured)

    ask(site, staff["section_editor"], SHOWN + 1)
    few = queries()
    ask_more = SHOWN * 2
    ask(site, staff["section_editor"], ask_more)
    assert queries() == few
