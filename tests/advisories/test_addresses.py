"""Where what is sent of a warning leads: its page in its language, or where a drill is seen."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import etree

from advisories.addresses import reading_address
from advisories.demo.closure import closure
from advisories.faces.cap import NAMESPACE
from advisories.faces.mail_body import mail_body
from advisories.faces.text_form import text_form
from advisories.faces.webhook_body import webhook_body
from advisories.models import AlertText, Issue
from embassy.models import MissionSettings
from tests.advisories.factories import alert, approved, draft, issue
from tests.advisories.sending import break_glass
from tests.editor import posted

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def webs(message: str) -> list[str]:
    """Give the addresses that a CAP message carries, in the order of its languages."""
    root = etree.fromstring(message.encode())
    return [element.text for element in root.iter(f"{{{NAMESPACE}}}web")]


def in_french(page) -> None:
    """Add a French text to an alert."""
    words = {"title": "Routes fermées", "location": "Bamako", "event": "Fermé."}
    words |= {"assistance": "Appelez.", "sort_order": 1}
    page.texts.add(AlertText(language="fr", actions="- Évitez le centre.", **words))


@pytest.fixture
def drill(staff) -> Issue:
    """An exercise in two languages that two people issued."""
    now = timezone.now()
    page = draft(now - HOUR, now + HOUR, staff["duty_officer"], status="Exercise")
    in_french(page)
    page.save_revision(user=staff["duty_officer"])
    return approved(page, staff)


def path_in(site, text: str) -> str:
    """Give the path of the one address of a mission that stands in a text."""
    [word] = [word for word in text.split() if word.startswith(site.root_url)]
    return word.removeprefix(site.root_url)


def test_each_language_of_a_message_leads_to_the_page_in_it(site, client, compiled):
    closure()
    message = Issue.objects.exclude(cap="").get()
    found = webs(message.cap)
    path = message.page.url
    assert found == [site.root_url + path, f"{site.root_url}/fr{path}"]
    for web, language in zip(found, ("en", "fr"), strict=True):
        answer = client.get(web.removeprefix(site.root_url), HTTP_HOST=site.hostname)
        assert answer.status_code == 200 and f'<html lang="{language}"' in answer.content.decode()


def test_the_message_of_a_drill_carries_no_address(site, drill):
    assert drill.cap and "<web>" not in drill.cap
    assert "/drills/" not in drill.cap and "/alerts/" not in drill.cap


@pytest.mark.parametrize("form", [mail_body, lambda row, to: text_form(row, to).text])
def test_mail_and_text_message_of_a_drill_lead_to_where_it_is_seen(site, client, drill, form):
    for row in drill.rows.select_related("issue"):
        path = path_in(site, form(row, reading_address(row)))
        answer = client.get(path, HTTP_HOST=site.hostname)
        assert answer.status_code == 200
        assert f'<html lang="{row.language}"' in answer.content.decode()


def test_mail_and_text_message_of_what_is_meant_lead_to_its_page(site, client, compiled):
    now = timezone.now()
    page = alert(now - HOUR, now + HOUR)
    in_french(page)
    for row in issue(page).rows.select_related("issue"):
        path = path_in(site, mail_body(row, reading_address(row)))
        assert path == ("/fr" if row.language == "fr" else "") + page.url
        assert client.get(path, HTTP_HOST=site.hostname).status_code == 200


def test_a_mail_without_an_address_names_none(drill):
    row = drill.rows.select_related("issue").get(language="en")
    assert "present state" not in mail_body(row, "") and "present state" in mail_body(row, "x")


def test_the_desk_of_a_drill_shows_no_address_that_nobody_finds(client, drill, staff):
    client.force_login(staff["duty_officer"])
    desk = client.get(f"/admin/warnings/{drill.page_id}/").content.decode()
    faces = desk.split("Read it with its present state", 1)[1]
    assert "/drills/" in faces.split("</", 1)[0]


def test_the_text_message_of_a_drill_is_counted_with_its_address(client, staff):
    now = timezone.now()
    page = draft(now, now + HOUR, staff["duty_officer"], status="Exercise")
    client.force_login(staff["duty_officer"])
    words = posted(page.get_latest_revision_as_object(), staff["duty_officer"])
    told = client.post(f"/admin/warnings/{page.pk}/live/", words).json()["texts"][0]
    row = approved(page, staff).rows.select_related("issue").get()
    assert told["units"] == text_form(row, reading_address(row)).units


def test_an_exercise_of_one_officer_gives_no_code_that_no_page_knows(staff):
    from advisories.mail import words_of

    drill = break_glass(staff, status="Exercise")
    assert drill.code not in words_of(drill)[1]
    real = break_glass(staff)
    assert real.code in words_of(real)[1]


# On a public server


@pytest.mark.parametrize(
    ("port", "root"),
    [(80, "https://{}/"), (443, "https://{}/"), (8443, "https://{}:8443/")],
)
def test_what_is_written_on_a_public_server_names_https(site, staff, settings, port, root):
    settings.SECURE_SSL_REDIRECT = True
    site.port = port
    site.save()
    root = root.format(site.hostname)
    now = timezone.now()
    told = approved(draft(now - HOUR, now + HOUR, staff["duty_officer"]), staff)
    row = told.rows.get()
    assert webs(told.cap)[0].startswith(root)
    assert reading_address(row).startswith(root)
    body = webhook_body(told, [row]).decode()
    assert f'"verify":"{root}' in body and f'"address":"{root}' in body
    assert "http://" not in body


def test_the_mail_and_the_card_of_a_public_server_name_https(site, staff, settings, client):
    from advisories.mail import words_of
    from embassy.drawing.qr import qr_code

    settings.SECURE_SSL_REDIRECT = True
    assert f"https://{site.hostname}/admin/warnings/" in words_of(break_glass(staff))[1]
    card = client.get("/emergency/", HTTP_HOST=site.hostname, secure=True).content.decode()
    assert str(qr_code(f"https://{site.hostname}/emergency/", "card__qr", error="q")) in card


@pytest.mark.parametrize("address", ["/alerts/feed.atom", "/alerts/cap.atom", "/api/v1/alerts"])
def test_what_is_asked_for_behind_a_proxy_names_https(site, settings, client, address):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    now = timezone.now()
    alert(now - HOUR, now + HOUR)
    behind = {"HTTP_HOST": site.hostname, "HTTP_X_FORWARDED_PROTO": "https"}
    text = client.get(address, **behind).content.decode()
    assert f"https://{site.hostname}/" in text
    assert f"http://{site.hostname}" not in text
    assert MissionSettings.for_site(site).name.in_language("en") in text or "api" in address
