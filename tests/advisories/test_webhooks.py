"""Webhooks: signed, in time, to public addresses only; docs/webhooks.md keeps its promises."""

import hashlib
import hmac
import json
import re
import ssl
import subprocess
import threading
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from http.server import HTTPServer

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from advisories import lifecycle, webhooks
from advisories.faces.webhook_body import webhook_body
from advisories.models import AlertPage, Delivery, Issue, TravelAdvisoryPage, Webhook
from advisories.outbox import Undeliverable
from advisories.targets import TargetRefused, target_of
from advisories.vocabulary import Act, Why
from embassy.approval import Refused
from embassy.fields import Texts
from embassy.links import outside
from embassy.links.outside import Target
from tests.advisories.factories import approved, end, new_issue, webhook
from tests.advisories.sending import HOST, pass_over, signed_in
from tests.databases import ROOT
from tests.receivers import Handler, Receiver
from tests.second_person import confirm_all

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def public_only(settings):
    """Settings as on a public server."""
    settings.WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS = False


@pytest.fixture
def in_a_hurry(monkeypatch):
    """Wait for half a second only."""
    monkeypatch.setattr(webhooks, "ANSWER_SECONDS", 0.5)


def delivery_to(site, staff, address: str) -> Delivery:
    """Give a message that is due at an address."""
    hook = webhook(site, address)
    return Delivery.objects.get(issue=new_issue(staff), target=str(hook.pk))


def reason(delivery: Delivery) -> tuple[Why, str]:
    """Send, and give why it failed."""
    with pytest.raises(Undeliverable) as failed:
        webhooks.send(delivery, AT)
    return failed.value.why, failed.value.detail


# What is sent


def test_the_signature_is_what_the_specification_says(site, staff, receiver):
    delivery = delivery_to(site, staff, receiver.address("/ok/1?key=a%20b"))
    webhooks.send(delivery, AT)
    [call] = receiver.calls
    assert call.path == "/ok/1?key=a%20b"
    assert call.headers["content-type"] == "application/json; charset=utf-8"
    assert call.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert call.headers["webhook-id"] == str(delivery.event)
    assert call.headers["webhook-timestamp"] == str(int(AT.timestamp()))
    key = b64decode(Webhook.objects.get().secret.split("_", 1)[1])
    signed = b".".join([str(delivery.event).encode(), b"1795262400", call.body])
    expected = b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert call.headers["webhook-signature"] == f"v1,{expected}"


def snippet() -> dict:
    """Run the example of docs/webhooks.md and give what it defines."""
    text = (ROOT / "docs" / "webhooks.md").read_text()
    found: dict = {}
    exec(re.search(r"```python\n(.*?)```", text, re.S).group(1), found)
    return found


def test_the_example_in_the_documentation_verifies_us_and_nobody_else(site, staff, receiver):
    delivery = delivery_to(site, staff, receiver.address("/ok/1"))
    now = timezone.now()
    webhooks.send(delivery, now)
    [call] = receiver.calls
    verified, secret = snippet()["verified"], Webhook.objects.get().secret
    message = verified(secret, call.headers, call.body)
    assert message["texts"]["en"]["headline"] == "Roads closed"
    late = {**call.headers, "webhook-timestamp": str(int(now.timestamp()) - 301)}
    other_event = {**call.headers, "webhook-id": "x"}
    for headers, body, key in [
        (call.headers, call.body + b" ", secret),
        (call.headers, call.body, "whsec_" + b64encode(b"guess" * 6).decode()),
        (late, call.body, secret),
        (other_event, call.body, secret),
    ]:
        with pytest.raises(ValueError):
            verified(key, headers, body)


def test_the_message_says_what_was_issued_word_for_word(site, staff):
    issue = new_issue(staff)
    rows = list(issue.rows.all())
    message = json.loads(webhook_body(issue, rows))
    assert message["schema_version"] == 1
    assert (message["type"], message["message_type"]) == ("alert.issue", "Alert")
    assert (message["identifier"], message["code"]) == (issue.identifier, issue.code)
    assert message["notify"] is True and message["ends_it"] is False
    for name in ("sent", "effective", "expires"):
        assert datetime.fromisoformat(message[name]) == getattr(issue, name)
    assert message["cap"] == issue.cap
    text = message["texts"]["en"]
    assert text["blocks"] == rows[0].content["blocks"]
    assert text["address"] == site.root_url + AlertPage.objects.get(pk=issue.page_id).url
    assert text["contacts"][0]["href"].startswith("tel:")
    assert "cap" not in text and "words" not in text


@pytest.mark.parametrize(
    ("act", "name"), [(Act.CANCEL, "Cancellation"), (Act.ALL_CLEAR, "All clear")]
)
def test_the_message_of_an_end_says_so_and_advises_nothing(site, staff, act, name):
    first = new_issue(staff)
    issue = end(AlertPage.objects.get(pk=first.page_id), act, staff, Texts(en="ok"))
    message = json.loads(webhook_body(issue, list(issue.rows.all())))
    text = message["texts"]["en"]
    assert message["ends_it"] is True and text["act_name"] == name and text["note"] == "ok"
    assert [block["name"] for block in text["blocks"]] == ["location", "event"]
    assert "Avoid the center" not in json.dumps(message)


def test_the_message_is_the_same_after_the_page_was_changed(site, staff):
    issue = new_issue(staff)
    before = webhook_body(issue, list(issue.rows.all()))
    AlertPage.objects.filter(pk=issue.page_id).update(title="Another", draft_title="Another")
    issue = Issue.objects.get(pk=issue.pk)
    assert webhook_body(issue, list(issue.rows.all())) == before


@pytest.mark.parametrize(("act", "notify"), [(Act.UPDATE, True), (Act.WORDING, False)])
def test_wording_alone_is_marked_so_that_nobody_is_called(site, staff, act, notify):
    first = new_issue(staff)
    page = AlertPage.objects.get(pk=first.page_id)
    lifecycle.reopen(page, staff["duty_officer"], timezone.now(), act)
    page.texts = [text for text in page.texts.all()]
    for text in page.texts.all():
        text.event = "Roads are closed again."
    page.save_revision(user=staff["duty_officer"])
    issue = approved(page, staff)
    message = json.loads(webhook_body(issue, list(issue.rows.all())))
    assert message["notify"] is notify
    assert message["references"] == [first.identifier]
    assert (message["message_type"], message["number"]) == ("Update", 2)


def test_a_travel_advisory_is_sent_with_its_level(site, staff):
    page = TravelAdvisoryPage.objects.get()
    issue = page.record[0]
    message = json.loads(webhook_body(issue, list(issue.rows.order_by("pk"))))
    assert message["type"].startswith("advisory.")
    assert message["cap"] is None
    text = message["texts"]["fr"]
    assert text["level"] == 4 and text["indicators"] and text["advice"]
    assert "/fr/" in text["address"]


# Who does not take it


@pytest.mark.parametrize(
    ("path", "why", "detail"),
    [
        ("/fail/1", Why.STATUS, "503"),
        ("/away/1", Why.REDIRECT, "302"),
        ("/gone/1", Why.STATUS, "410"),
        ("/cut/1", Why.BROKEN_OFF, ""),
    ],
)
def test_a_failure_is_told_in_a_sentence(site, staff, receiver, path, why, detail):
    delivery = delivery_to(site, staff, receiver.address(path))
    assert reason(delivery) == (why, detail)
    assert why.sentence(detail).endswith(".") and "%" not in why.sentence(detail)
    assert [call.path for call in receiver.calls] == [path]  # it was not led elsewhere


@pytest.mark.parametrize("path", ["/slow/1", "/drip/1"])
def test_who_answers_too_slowly_is_left(site, staff, receiver, in_a_hurry, path):
    delivery = delivery_to(site, staff, receiver.address(path))
    assert reason(delivery) == (Why.TOO_SLOW, "")
    assert not receiver.release.is_set()


def test_an_answer_without_end_is_not_read(site, staff, receiver):
    webhooks.send(delivery_to(site, staff, receiver.address("/huge/1")), AT)
    assert len(receiver.calls) == 1


def test_nobody_listening_is_told_in_a_sentence(site, staff, receiver):
    delivery = delivery_to(site, staff, "http://127.0.0.1:1/")
    assert reason(delivery) == (Why.NO_CONNECTION, "")


def test_who_says_gone_is_not_asked_again(site, staff, receiver):
    delivery = delivery_to(site, staff, receiver.address("/gone/1"))
    pass_over()
    assert Delivery.objects.get(pk=delivery.pk).status == Delivery.Status.DEAD


def test_a_webhook_retired_since_gets_nothing(site, staff, receiver):
    delivery = delivery_to(site, staff, receiver.address("/ok/1"))
    Webhook.objects.update(in_use=False)
    pass_over()
    row = Delivery.objects.get(pk=delivery.pk)
    assert (row.status, row.why) == (Delivery.Status.DEAD, Why.RETIRED)
    assert receiver.calls == []


def test_one_that_fails_keeps_nothing_from_the_rest(site, staff, receiver):
    for path in ("/fail/1", "/ok/1", "/cut/1", "/ok/2", "/away/1", "/ok/3"):
        webhook(site, receiver.address(path))
    new_issue(staff)
    pass_over()
    assert len(receiver.at("/ok/")) == 3
    pass_over()
    assert len(receiver.at("/ok/")) == 3
    assert Delivery.objects.filter(channel="webhook", status=Delivery.Status.WAITING).count() == 3


def test_a_retry_happens_and_arrives(site, staff, receiver):
    hook = webhook(site, receiver.address("/fail/1"))
    delivery = Delivery.objects.get(issue=new_issue(staff))
    pass_over()
    row = Delivery.objects.get(pk=delivery.pk)
    Webhook.objects.filter(pk=hook.pk).update(address=receiver.address("/ok/1"))
    pass_over(row.next_at - timedelta(microseconds=1))
    assert not receiver.at("/ok/")
    pass_over(row.next_at)
    assert len(receiver.at("/ok/")) == 1
    first, second = receiver.calls
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]


# Encryption


@pytest.fixture
def certificate(tmp_path):
    """A certificate for localhost that nobody but we trust."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", tmp_path / "key.pem", "-out", tmp_path / "certificate.pem"]
    subprocess.run(command, check=True, capture_output=True)
    return tmp_path


@pytest.fixture
def secure_receiver(certificate, settings):
    """Somebody who listens behind encryption."""
    settings.WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS = True
    found = Receiver()
    handler = type("Handler", (Handler,), {"receiver": found})
    server = HTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # callers that do not trust us hang up
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def test_who_is_not_trusted_gets_nothing(site, staff, secure_receiver):
    delivery = delivery_to(site, staff, f"https://localhost:{secure_receiver.port}/ok/1")
    assert reason(delivery) == (Why.CERTIFICATE, "")
    assert secure_receiver.calls == []


def test_a_trusted_name_is_checked_though_the_address_is_pinned(
    site, staff, secure_receiver, certificate, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "certificate.pem"))
    delivery = delivery_to(site, staff, f"https://localhost:{secure_receiver.port}/ok/1")
    webhooks.send(delivery, AT)
    assert secure_receiver.calls[0].headers["host"] == f"localhost:{secure_receiver.port}"
    Webhook.objects.update(address=f"https://127.0.0.1:{secure_receiver.port}/ok/1")
    assert reason(delivery) == (Why.CERTIFICATE, "")
    assert len(secure_receiver.calls) == 1


# Where it may lead


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("9.9.9.9", True),
        ("2620:fe::fe", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("172.32.0.1", True),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.1.1", False),
        ("255.255.255.255", False),
        ("198.51.100.7", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%lo", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff0e::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("2001:0:7f00:1::", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address, public):
    assert outside.is_public(address) is public


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://127.0.0.1/", Why.PRIVATE),
        ("https://localhost/", Why.PRIVATE),
        ("https://2130706433/", Why.PRIVATE),
        ("https://0x7f.1/", Why.PRIVATE),
        ("https://[::1]/", Why.PRIVATE),
        ("https://[::ffff:169.254.169.254]/", Why.PRIVATE),
        ("https://10.1.2.3:8443/hook", Why.PRIVATE),
        ("http://9.9.9.9/", Why.INSECURE),
        ("ftp://9.9.9.9/", Why.NO_ADDRESS),
        ("https://user:word@9.9.9.9/", Why.NO_ADDRESS),
        ("https://9.9.9.9/#part", Why.NO_ADDRESS),
        ("https:///path", Why.NO_ADDRESS),
        ("https://9.9.9.9:99999/", Why.NO_ADDRESS),
        ("https://" + "a" * 70 + ".example/", Why.NO_ADDRESS),
        ("https://nobody.invalid/", Why.HOST_UNKNOWN),
    ],
)
def test_a_bad_address_is_refused_with_its_reason(public_only, address, why):
    with pytest.raises(TargetRefused) as refused:
        target_of(address)
    assert refused.value.why == why
    with pytest.raises(ValidationError) as told:
        Webhook(name="x", address=address).clean()
    assert told.value.message_dict == {"address": [why.sentence()]}


def test_one_private_address_among_several_is_enough(public_only, monkeypatch):
    found = [(0, 0, 0, "", (address, 443)) for address in ("9.9.9.9", "10.0.0.1")]
    monkeypatch.setattr(outside.socket, "getaddrinfo", lambda *args, **kw: found)
    with pytest.raises(TargetRefused):
        target_of("https://two.example/")


def test_it_connects_to_the_very_address_that_was_checked(site, staff, receiver, monkeypatch):
    asked = []

    def changing(host, port, *args, **kw):
        """Name this machine first, and another when asked again; addresses stay what they are."""
        if host != "changing.example":
            return [(2, 1, 6, "", (host, port))]
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(asked) == 1 else "192.0.2.1", port))]

    delivery = delivery_to(site, staff, f"http://changing.example:{receiver.port}/ok/1")
    monkeypatch.setattr(outside.socket, "getaddrinfo", changing)
    webhooks.send(delivery, AT)
    assert asked == ["changing.example"]
    assert receiver.calls[0].headers["host"] == f"changing.example:{receiver.port}"


def test_a_private_address_is_refused_at_sending_too(site, staff, receiver, settings):
    delivery = delivery_to(site, staff, receiver.address("/ok/1").replace("http:", "https:"))
    settings.WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS = False
    assert reason(delivery) == (Why.PRIVATE, "")
    assert receiver.calls == []


def test_the_next_of_several_addresses_is_tried(receiver):
    target = Target(False, "x", receiver.port, "/ok/1", "x", ("127.0.0.2", "127.0.0.1"))
    # Nothing listens at 127.0.0.2: the receiver has taken one address only.
    assert webhooks.post(target, b"{}", {}) == 204


# Staff pages


def form(site, **fields) -> dict:
    """Give what the form of a webhook sends."""
    return {"site": site.pk, "name": "Mine", "address": "https://9.9.9.9/", "in_use": "on"} | fields


ADD = "/admin/snippets/advisories/webhook/add/"


def test_an_approver_adds_a_webhook_and_reads_its_secret(site, staff):
    client = signed_in(staff["approver"])
    assert "whsec_" not in client.get(ADD, **HOST).content.decode()
    assert client.post(ADD, form(site), **HOST).status_code == 302
    confirm_all()
    hook = Webhook.objects.get()
    address = f"/admin/snippets/advisories/webhook/edit/{hook.pk}/"
    opened = client.get(address, **HOST)
    assert hook.secret in opened.content.decode()
    read = opened.context["form"]["read"].value()
    client.post(address, form(site, secret="whsec_mine", name="The mine", read=read), **HOST)
    assert hook.secret in client.get(address, **HOST).content.decode()  # while it waits, too
    confirm_all()
    after = Webhook.objects.get()
    assert (after.name, after.secret) == ("The mine", hook.secret)
    listed = client.get("/admin/snippets/advisories/webhook/", **HOST).content.decode()
    assert "The mine" in listed and "whsec_" not in listed


def test_two_webhooks_have_two_secrets(site):
    one, two = (webhook(site, "https://9.9.9.9/") for _ in range(2))
    assert one.secret != two.secret
    assert len(b64decode(one.secret.removeprefix("whsec_"))) == 32


def test_the_form_refuses_a_private_address_and_keeps_what_was_typed(site, staff, public_only):
    client = signed_in(staff["approver"])
    response = client.post(ADD, form(site, address="https://10.0.0.1/hook"), **HOST)
    said = response.content.decode()
    assert "leads into a private network" in said and "https://10.0.0.1/hook" in said
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("address", ["", "mine.example", "mailto:a@mine.example"])
def test_what_is_no_address_is_refused_once(site, staff, address):
    response = signed_in(staff["approver"]).post(ADD, form(site, address=address), **HOST)
    assert len(response.context["form"].errors["address"]) == 1
    assert not Webhook.objects.exists()


def test_one_whose_host_is_gone_can_still_be_retired(site, staff):
    hook = webhook(site, "https://nobody.invalid/")
    client = signed_in(staff["approver"])
    data = form(site, address="https://nobody.invalid/")
    del data["in_use"]
    address = f"/admin/snippets/advisories/webhook/edit/{hook.pk}/"
    data["read"] = client.get(address, **HOST).context["form"]["read"].value()
    client.post(address, data, **HOST)
    confirm_all()
    assert Webhook.objects.get().in_use is False


@pytest.mark.parametrize("role", ["duty_officer", "section_editor", "administrator"])
def test_who_may_not_change_webhooks_sees_no_secret_and_sends_no_test(site, staff, role):
    hook = webhook(site, "https://9.9.9.9/")
    response = signed_in(staff[role]).get(
        f"/admin/snippets/advisories/webhook/edit/{hook.pk}/", **HOST, follow=True
    )
    assert hook.secret not in response.content.decode()
    with pytest.raises(PermissionDenied):
        webhooks.send_test(hook, staff[role], AT)


def test_a_test_is_signed_and_says_that_it_is_one(site, staff, receiver):
    hook = webhook(site, receiver.address("/ok/1"), name="Mine")
    client = signed_in(staff["approver"])
    assert "Send a test to Mine" in client.get("/admin/deliveries/", **HOST).content.decode()
    client.post(f"/admin/webhooks/{hook.pk}/test/", **HOST)
    client.post(f"/admin/webhooks/{hook.pk}/test/", **HOST)
    pass_over()
    assert len({call.headers["webhook-id"] for call in receiver.calls}) == 2
    message = snippet()["verified"](hook.secret, receiver.calls[0].headers, receiver.calls[0].body)
    assert (message["type"], message["status"], message["notify"]) == ("test", "Test", False)
    assert "Test message" in client.get("/admin/deliveries/", **HOST).content.decode()


def test_a_retired_webhook_gets_no_test(site, staff):
    hook = webhook(site, "https://9.9.9.9/", in_use=False)
    with pytest.raises(Refused):
        webhooks.send_test(hook, staff["approver"], AT)
    assert not Delivery.objects.exists()
