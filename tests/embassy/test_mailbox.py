"""The mailbox of `make run`: staff read what was sent; a public server has no such page."""

import os
import time

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import Client

from embassy.fields import Texts
from embassy.models import AuditEntry, ContactPoint, User
from tests.embassy.test_settings import DEVELOPMENT, PRODUCTION, manage
from tests.factories import person

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}
ADDRESS = "/admin/mailbox/"
THEIRS = "/django-admin/mailbox/"
ASK = "from django.conf import settings as s; print(s.MAILBOX, s.EMAIL_BACKEND, s.EMAIL_TIMEOUT)"


@pytest.fixture
def kept(settings, tmp_path):
    """Keep mail in a folder, as `make run` does."""
    settings.MAILBOX = tmp_path / "mail"
    settings.EMAIL_BACKEND = "embassy.mail.mailbox.Mailbox"
    return settings.MAILBOX


def signed_in(user) -> Client:
    """Give a browser somebody is signed in with."""
    client = Client()
    client.force_login(user)
    return client


def page_of(user) -> str:
    """Give what somebody sees there."""
    return signed_in(user).get(ADDRESS, **HOST).content.decode()


def test_staff_read_what_was_sent_the_newest_first(kept, staff, site):
    for name in "abc":
        person(site, "approver", f"{name}@bamako.example")
    assert "Nothing was sent yet." in page_of(staff["duty_officer"])
    send_mail("Première", "Bonjour.\n" + "-" * 79 + "\n<b>more</b>", None, ["a@bamako.example"])
    send_mail("Second", "See http://localhost/x/", None, ["b@bamako.example", "c@bamako.example"])
    said = page_of(staff["duty_officer"])
    assert said.index("Second") < said.index("Première")
    for words in ("a@bamako.example", "b@bamako.example, c@bamako.example", "Bonjour."):
        assert words in said
    assert "&lt;b&gt;more&lt;/b&gt;" in said and "<b>more</b>" not in said
    assert '<a href="http://localhost/x/"' in said
    assert len(list(kept.glob("*.eml"))) == 2


def test_a_mail_in_two_forms_shows_its_text(kept, staff):
    mail = EmailMultiAlternatives("Both", "As text.", None, ["approver@bamako.example"])
    mail.attach_alternative("<p>As HTML.</p>", "text/html")
    mail.send()
    said = page_of(staff["duty_officer"])
    assert "As text." in said and "As HTML." not in said


def test_mail_of_another_mission_is_read_by_nobody_else(kept, staff, site, dakar):
    theirs = person(dakar, "approver")
    both = person(site, "approver", "both@bamako.example")
    both.groups.add(*theirs.groups.all())
    invited = User.objects.create(email="new@dakar.example", mission=dakar, is_active=False)
    here = {"site": site, "channel": "mail", "label": Texts(en="Desk")}
    ContactPoint.objects.create(value="Desk@bamako.example", **here)
    ContactPoint.objects.create(value=theirs.email, **here)
    ours = staff["approver"].email
    sent = {"Mine": [ours], "Theirs": [theirs.email], "Opens": [invited.email]}
    sent |= {"Asked": ["desk@bamako.example"], "Shared": [both.email]}
    sent |= {"Nobody": ["x@gone.example"], "Together": [f"A <{ours}>", theirs.email]}
    for subject, to in sent.items():
        send_mail(f"{subject}-mail", "x", None, to)

    def read_by(user) -> set[str]:
        said = page_of(user)
        return {subject for subject in sent if f"{subject}-mail" in said}

    assert read_by(staff["duty_officer"]) == {"Mine", "Asked", "Shared", "Together"}
    assert read_by(theirs) == {"Theirs", "Opens", "Shared", "Together"}
    assert read_by(both) == set(sent) - {"Nobody"}


def test_mail_to_others_does_not_crowd_out_ones_own(kept, staff, dakar):
    send_mail("Own-mail", "x", None, [staff["approver"].email])
    for _number in range(101):
        send_mail("Foreign", "x", None, ["a@dakar.example"])
    assert "Own-mail" in page_of(staff["duty_officer"])


def test_files_that_are_no_mails_break_nothing(kept, staff):
    kept.mkdir()
    (kept / "1.eml").write_bytes(b"\xff\xfe\x00 no mail\r\n\r\n\xff")
    (kept / "2.eml").write_bytes(b"")
    (kept / "3.eml").write_bytes(b"Content-Type: text/plain; charset=nonsense\n\nbody \xe9\n")
    (kept / "unfinished").write_bytes(b"Subject: half")
    assert "half" not in page_of(staff["duty_officer"])


def test_a_hundred_are_shown(kept, staff):
    for number in range(101):
        send_mail(f"Mail-{number:03}.", "x", None, ["approver@bamako.example"])
    said = page_of(staff["duty_officer"])
    assert "Mail-000." not in said and "Mail-001." in said and "Mail-100." in said


def test_times_are_those_of_sending(kept, staff):
    send_mail("Old", "x", None, ["approver@bamako.example"])
    [file] = kept.glob("*.eml")
    os.utime(file, (time.time(), 1_795_262_400))
    assert "November 21, 2026, 12:00 UTC" in page_of(staff["duty_officer"])


def test_administrators_read_it_among_their_own_pages(kept, staff, dakar):
    send_mail("Invited", "Open it.", None, [staff["approver"].email])
    send_mail("Theirs", "Not for you.", None, [person(dakar, "approver").email])
    client = signed_in(staff["administrator"])
    assert THEIRS in client.get("/django-admin/", **HOST).content.decode()
    said = client.get(THEIRS, **HOST).content.decode()
    assert "Open it." in said and "Not for you." not in said
    assert AuditEntry.objects.filter(details__screen="mailbox_of_administrators").exists()
    assert client.post(THEIRS, **HOST).status_code == 405


def test_administrators_find_no_mailbox_where_mail_is_sent(staff, settings):
    settings.MAILBOX = None
    client = signed_in(staff["administrator"])
    assert THEIRS not in client.get("/django-admin/", **HOST).content.decode()
    assert client.get(THEIRS, **HOST).status_code == 404
    assert "/sign-in/" in Client().get(THEIRS, **HOST)["Location"]


def test_only_staff_with_access_read_it(kept, staff):
    assert "/account/sign-in/" in Client().get(ADDRESS, **HOST)["Location"]
    response = signed_in(staff["administrator"]).get(ADDRESS, **HOST)
    assert response.status_code in (302, 403)
    assert signed_in(staff["duty_officer"]).post(ADDRESS, **HOST).status_code == 405


def test_the_menu_leads_there_only_where_it_is(kept, staff, settings):
    client = signed_in(staff["duty_officer"])
    assert ADDRESS in client.get("/admin/", **HOST).content.decode()
    settings.MAILBOX = None
    assert ADDRESS not in client.get("/admin/", **HOST).content.decode()
    assert client.get(ADDRESS, **HOST).status_code == 404


def test_make_run_keeps_mail_and_production_sends_it():
    ask = ("shell", "-v0", "-c", ASK)
    assert manage(DEVELOPMENT, *ask).stdout.split()[0].endswith("var/mail")
    assert manage(PRODUCTION, *ask).stdout.split() == [
        "None",
        "django.core.mail.backends.smtp.EmailBackend",
        "20",
    ]


@pytest.mark.parametrize(("settings_module", "allowed"), [(DEVELOPMENT, True), (PRODUCTION, False)])
def test_only_make_run_lets_webhooks_into_private_networks(settings_module, allowed):
    code = "from django.conf import settings; print(settings.WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS)"
    assert manage(settings_module, "shell", "-v0", "-c", code).stdout.strip() == str(allowed)
