"""Where warnings are sent takes two people, and what a second person reads holds no secret."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from wagtail.actions import action_registry
from wagtail.models import ModelLogEntry

from advisories import webhooks
from advisories.models import Delivery, Webhook
from embassy.acts import requested
from embassy.acts.requested_facts import values_of
from embassy.acts.requested_words import differences
from embassy.approval import Refused
from embassy.models import AuditEntry, Letter, RequestedAct, User
from tests.advisories.factories import new_issue, webhook
from tests.advisories.sending import HOST, signed_in
from tests.advisories.test_webhooks import ADD, form
from tests.factories import person
from tests.second_person import confirm_all

pytestmark = pytest.mark.django_db
Act = RequestedAct.Act
OLD, NEW = "https://9.9.9.9/old", "https://9.9.9.9/new"
LIST = "/admin/requested/"


@pytest.fixture
def hook(site) -> Webhook:
    """A company that listens."""
    return webhook(site, OLD, name="Security desk of the mine")


def ask(by: User, row: Webhook, act: str = Act.CHANGE, **changes) -> RequestedAct:
    """Ask for a change of a webhook, or for what else is named."""
    row = Webhook.objects.get(pk=row.pk) if row.pk else row
    for name, value in changes.items():
        setattr(row, name, value)
    parameters = {} if act == Act.RETIRE else {"values": values_of(row)}
    return requested.ask(by, row, act, timezone.now(), parameters)


def confirm(by: User, request: RequestedAct) -> RequestedAct:
    """Confirm what was read."""
    return requested.confirm(by, request, timezone.now(), request.reading)


def new(site) -> Webhook:
    """Describe a webhook that is not there yet."""
    return Webhook(site=site, name="Another", address=NEW)


def store(by: User, row: Webhook, verb: str) -> None:
    """Do what a staff screen does below its form."""
    action_registry.get_action_class(Webhook, verb)(row, user=by).execute()


def test_one_account_neither_adds_changes_silences_nor_deletes(site, staff, hook):
    before = Webhook.objects.values().get()
    store(staff["approver"], new(site), "create")
    for changes in ({"address": NEW}, {"in_use": False}, {"name": "Mine"}):
        row = Webhook.objects.get()
        for name, value in changes.items():
            setattr(row, name, value)
        RequestedAct.objects.filter(act=Act.CHANGE).delete()
        store(staff["approver"], row, "edit")
    root = User.objects.create_superuser("root@bamako.example", "x")  # nobody else may delete
    store(root, hook, "delete")
    assert Webhook.objects.values().get() == before
    waiting = RequestedAct.objects.waiting(timezone.now())
    assert sorted(waiting.values_list("act", flat=True)) == ["change", "create", "retire"]
    told = Delivery.objects.filter(issue=new_issue(staff), channel="webhook")
    assert [row.target for row in told] == [str(hook.pk)]


def test_the_editor_asks_and_a_second_person_reads_old_beside_new(client, site, staff, hook):
    editor = signed_in(staff["consular"])
    address = f"/admin/snippets/advisories/webhook/edit/{hook.pk}/"
    read = editor.get(address, **HOST).context["form"]["read"].value()
    sent = form(site, name=hook.name, address=NEW, read=read, why="They moved.")
    said = editor.post(address, sent, follow=True, **HOST).content.decode()
    assert "waits for a second person" in said and "warnings go where they went before" in said
    assert Webhook.objects.get().address == OLD
    shown = signed_in(staff["approver"]).get(LIST, **HOST).content.decode()
    for words in (OLD, NEW, "They moved.", hook.name, "Webhook"):
        assert words in shown
    assert hook.secret not in shown and "whsec_" not in shown
    assert "Confirmed. It holds from now on." in confirm_all()[0]
    assert Webhook.objects.get().address == NEW


def test_a_change_keeps_the_secret(staff, hook):
    confirm(staff["approver"], ask(staff["consular"], hook, address=NEW, name="The mine"))
    after = Webhook.objects.get()
    assert (after.pk, after.secret, after.address) == (hook.pk, hook.secret, NEW)


def test_nothing_of_a_request_holds_a_secret(staff, site, hook):
    acts = [
        ask(staff["consular"], new(site), Act.CREATE),
        ask(staff["consular"], hook, address=NEW),
        ask(User.objects.create_superuser("root@bamako.example", "x"), hook, Act.RETIRE),
    ]
    for act in acts:
        words = differences(act, requested.subject_of(act))
        assert "whsec_" not in f"{act.parameters} {act.before} {words}"
    for act in acts[:2]:
        confirm(staff["approver"], act)
    assert Webhook.objects.count() == 2
    kept = [ModelLogEntry, AuditEntry, Letter, RequestedAct]
    stored = json.dumps([list(model.objects.values()) for model in kept], default=str)
    assert "whsec_" not in stored and hook.secret not in stored


def test_the_secret_is_made_once_when_it_is_confirmed(client, staff, site):
    request = ask(staff["consular"], new(site), Act.CREATE)
    seen = {requested.subject_of(request).secret for _time in range(2)}
    assert not Webhook.objects.exists()
    confirm(staff["approver"], request)
    made = Webhook.objects.get()
    assert made.secret not in seen and made.secret.startswith("whsec_")
    editor = signed_in(staff["consular"])
    address = f"/admin/snippets/advisories/webhook/edit/{made.pk}/"
    assert made.secret in editor.get(address, **HOST).content.decode()


def test_asked_twice_it_is_one_request(staff, site):
    first, again = (ask(staff["consular"], new(site), Act.CREATE) for _time in range(2))
    assert first.pk == again.pk and RequestedAct.objects.count() == 1
    confirm(staff["approver"], first)
    assert Webhook.objects.count() == 1


def test_a_new_one_gets_no_warning_before_it_is_confirmed(staff, site):
    signed_in(staff["approver"]).post(ADD, form(site, address=NEW), **HOST)
    assert not Delivery.objects.filter(issue=new_issue(staff), channel="webhook").exists()
    confirm_all()
    issue = new_issue(staff, title="Roads open")
    assert Delivery.objects.filter(issue=issue, channel="webhook").count() == 1


def test_whoever_asked_confirms_nothing_and_another_mission_neither(staff, hook, dakar):
    request = ask(staff["consular"], hook, in_use=False)
    with pytest.raises(Refused, match="You wrote part of this"):
        confirm(staff["consular"], request)
    stranger = person(dakar, "approver")
    for person_ in (stranger, staff["duty_officer"], staff["section_editor"]):
        with pytest.raises(PermissionDenied):
            confirm(person_, request)
        with pytest.raises(PermissionDenied):
            ask(person_, hook, address=NEW)
    browser = Client(**HOST)
    browser.force_login(stranger)
    sent = {"step": "confirm", "read": request.reading}
    assert browser.post(f"{LIST}{request.pk}/", sent).status_code == 404
    assert Webhook.objects.get().in_use


@pytest.mark.parametrize("role", ["public_affairs", "consular", "approver"])
def test_who_may_change_webhooks_is_the_second_person(staff, hook, role):
    asker = "consular" if role != "consular" else "approver"
    confirm(staff[role], ask(staff[asker], hook, in_use=False))
    assert not Webhook.objects.get().in_use


def test_an_address_that_leads_inside_by_now_is_not_confirmed(staff, hook, settings):
    settings.WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS = True
    request = ask(staff["consular"], hook, address="https://10.0.0.1/hook")
    settings.WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS = False
    with pytest.raises(Refused, match="private network"):
        confirm(staff["approver"], request)
    assert Webhook.objects.get().address == OLD


def test_what_waits_is_not_tested_with_a_message(staff, hook):
    ask(staff["consular"], hook, address=NEW)
    webhooks.send_test(hook, staff["consular"], timezone.now())
    test = Delivery.objects.get(channel="webhook_test")
    assert Webhook.objects.get(pk=test.target).address == OLD


def test_it_speaks_french(site, staff, compiled):
    editor = signed_in(staff["consular"])
    french = {"headers": {"Accept-Language": "fr"}}
    said = editor.post(ADD, form(site), follow=True, **french, **HOST).content.decode()
    assert "les alertes vont là où elles allaient" in said
