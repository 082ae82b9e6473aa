"""“Was this page useful?”: what is stored of an answer, who reads it, and what nobody keeps."""

import csv
import gzip
import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Page

from embassy.models import AuditEntry, ContentPage, MissionSettings, Remark, Sending
from embassy.readers import remark_report, remarks
from tests.advisories.factories import alert, draft
from tests.advisories.sending import signed_in
from tests.factories import person
from tests.french import in_french

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}
FORM = 'class="form remark"'
NOW = timezone.now()


@pytest.fixture
def page(home) -> ContentPage:
    """A page that readers see."""
    return ContentPage.objects.child_of(home).get(slug="privacy")


def say(below, address="/remarks/", headers=None, **said):
    """Press a button below a page; give the answer."""
    form = {"page": str(below.pk), "useful": "yes", "why": ""} | said
    return Client(enforce_csrf_checks=True).post(address, form, headers=headers or {}, **HOST)


def test_below_every_page_for_everybody_and_nowhere_else(home, page):
    for address in ("/privacy/", "/fr/privacy/", "/travel-advisory/", "/sections-offices/"):
        answer = Client().get(address, **HOST)
        assert answer.content.decode().count(FORM) == 1, address
        assert "csrf" not in answer.content.decode() and not answer.cookies
    nowhere = ("/emergency/", "/search/", "/no-such-page/", "/offline/")
    for address in nowhere:
        assert FORM not in Client().get(address, **HOST).content.decode(), address


def test_it_weighs_little():
    form = render_to_string("components/remark_form.html", {"key": 123456})
    whole = gzip.compress(Client().get("/privacy/", **HOST).content, 9)
    without = Client().get("/privacy/", **HOST).content.decode()
    without = re.sub(rf"<form {FORM}.*?</form>", "", without, flags=re.S)
    assert len(whole) - len(gzip.compress(without.encode(), 9)) < 600
    assert len(gzip.compress(form.encode(), 9)) < 600


def test_an_answer_is_stored_with_the_page_and_the_day_and_nothing_of_the_reader(page, site):
    answer = say(page, useful="no", why=" Too long\u200b ")
    assert answer.status_code == 200 and not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    row = Remark.objects.get()
    assert (row.site, row.page_id, row.language) == (site, page.pk, "en")
    assert (row.is_useful, row.why) == (False, "Too long")
    kept = {field.name for field in Remark._meta.fields}
    assert kept == {"id", "site", "page", "language", "is_useful", "why", "day"}
    text = answer.content.decode()
    assert "Thank you" in text and 'href="/privacy/"' in text and text.count("<h1") == 1


def test_in_french(page):
    french = in_french(page)
    answer = say(french, "/fr/remarks/")
    assert Remark.objects.get().language == "fr" and "Merci" in answer.content.decode()
    assert 'href="/fr/privacy/"' in answer.content.decode()


def test_the_day_is_that_of_the_mission(page, site):
    MissionSettings.objects.filter(site=site).update(time_zone="Pacific/Kiritimati")
    said = {"useful": "yes", "why": ""}
    remarks.store(page, said, "203.0.113.7", datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert Remark.objects.get().day == date(2026, 11, 23)


def test_pressed_twice_it_is_stored_once_and_changed_words_again(page):
    for _press in range(2):
        assert say(page).status_code == 200
    assert Remark.objects.count() == 1
    say(page, useful="no")
    assert Remark.objects.count() == 2


def test_two_readers_with_the_same_answer_are_two(page):
    at = timezone.now()
    for number in range(2):
        remarks.store(page, {"useful": "yes", "why": ""}, f"203.0.113.{number}", at)
    assert Remark.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"useful": ""}, "Press Yes or No."),
        ({"useful": "maybe"}, "Press Yes or No."),
        ({"why": "x" * 501}, "At most 500 characters fit; these are 501."),
    ],
)
def test_what_is_wrong_is_said_and_the_words_stay(page, said, sentence):
    answer = say(page, **({"why": "Kept words"} | said))
    assert answer.status_code == 400 and not Remark.objects.exists()
    text = answer.content.decode()
    assert sentence in text and ("Kept words" in text or "x" * 501 in text)


def test_a_word_too_long_is_told_before_and_where_it_stands(page):
    html = Client().get(page.url, **HOST).content
    label = BeautifulSoup(html, "html.parser").select_one('form.remark label[for="why"]')
    assert "at most 500 characters" in label.text
    html = say(page, why="x" * 501).content
    field = (told := BeautifulSoup(html, "html.parser")).select_one("#why")
    assert field["aria-invalid"] == "true"
    said = told.find(id=field["aria-describedby"])
    assert said.text == "At most 500 characters fit; these are 501."
    html = say(page, useful="").content
    assert not BeautifulSoup(html, "html.parser").select("#why[aria-invalid]")


@pytest.mark.parametrize("key", ["", "x", "0", "-1", "99999999999", "2147483648", "²", "1 OR 1"])
def test_no_page_no_answer(page, key):
    assert say(page, page=key).status_code == 404


def test_only_pages_that_everybody_may_read_now_take_one(page, staff, dakar):
    foreign = Page.objects.descendant_of(dakar.root_page).live().first()
    assert say(foreign).status_code == 404
    restriction = page.view_restrictions.create(restriction_type="login")
    assert say(page).status_code == 404
    restriction.delete()
    page.unpublish()
    assert say(page).status_code == 404
    unseen = draft(NOW, NOW + timedelta(hours=1), staff["consular"])
    assert say(unseen).status_code == 404
    assert not Remark.objects.exists()


def test_an_alert_takes_one(site):
    issued = alert(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    assert FORM in Client().get(issued.url, **HOST).content.decode()
    assert say(issued).status_code == 200 and Remark.objects.get().page_id == issued.pk


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_only_our_own_pages_send_it(page, headers, status):
    assert say(page, headers=headers).status_code == status
    assert Remark.objects.exists() == (status == 200)


def test_what_went_into_the_trap_is_thanked_for_and_not_stored(page):
    assert "Thank you" in say(page, confirm_topic="x").content.decode()
    assert not Remark.objects.exists() and not Sending.objects.exists()


def test_there_is_nothing_to_read_at_its_address():
    answer = Client().get("/fr/remarks/", **HOST)
    assert (answer.status_code, answer["Location"]) == (302, "/fr/")


SMALL = settings.REMARKS | {
    "limits": {"sender": 3, "target": 5, "minutes": 60, "repeat_minutes": 1}
}


@override_settings(REMARKS=SMALL)
def test_a_script_is_told_to_wait(page):
    codes = [say(page, why=str(number)).status_code for number in range(9)]
    assert codes == [200] * 3 + [429] * 6 and Remark.objects.count() == 3
    last = say(page, why="Still here")
    assert "then press again" in last.content.decode() and "Still here" in last.content.decode()


# Staff


def remark(page, useful=True, why="", day=date(2026, 11, 1), site=None) -> Remark:
    """Store a remark."""
    site = site or page.get_site()
    about = {"site": site, "page": Page(pk=page.pk), "language": "en", "day": day}
    return Remark.objects.create(is_useful=useful, why=why, **about)


def test_staff_read_counts_page_by_page_and_the_words(page, home, staff):
    remark(page, why="Good"), remark(page), remark(page, False, "Too long", date(2026, 11, 3))
    remark(home, day=date(2026, 11, 2))
    client = signed_in(staff["section_editor"])
    part = client.get("/admin/remarks/", **HOST).context["part"]
    first, second = part.object_list
    assert (first["page__title"], first["useful"], first["useless"]) == ("Privacy", 2, 1)
    assert (first["share"], first["words"], first["last"]) == (67, 2, date(2026, 11, 3))
    assert second["page_id"] == home.pk
    words = client.get(f"/admin/remarks/{page.pk}/", **HOST).content.decode()
    assert words.index("Too long") < words.index("Good")


def test_the_file_has_every_remark_and_no_formula(page, staff):
    remark(page, why="=1+1"), remark(page, False)
    answer = signed_in(staff["consular"]).get("/admin/remarks/?export=csv", **HOST)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Day", "Page", "Number", "Language", "Useful", "Why"]
    assert rows[1:] == [
        ["2026-11-01", "Privacy", str(page.pk), "en", "No", ""],
        ["2026-11-01", "Privacy", str(page.pk), "en", "Yes", "'=1+1"],
    ]
    assert AuditEntry.objects.filter(action="embassy.exported").count() == 1


def test_another_missions_remarks_are_not_there(page, dakar):
    remark(page, why="Secret words")
    client = signed_in(person(dakar, "section_editor"))
    assert "Privacy" not in client.get("/admin/remarks/", **HOST).content.decode()
    assert client.get(f"/admin/remarks/{page.pk}/", **HOST).status_code == 404
    answer = client.get("/admin/remarks/?export=csv", **HOST)
    assert b"Secret" not in b"".join(answer.streaming_content)


def test_who_reads_none_is_told_so(page, staff):
    answer = signed_in(staff["administrator"]).get("/admin/remarks/", **HOST)
    assert answer.status_code in (302, 403)


def test_words_go_after_a_year_and_counts_stay(page):
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    edge = at.date() - timedelta(days=365)
    kept = remark(page, why="Kept", day=edge)
    gone = remark(page, why="Gone", day=edge - timedelta(days=1))
    assert remark_report.erase(at, dry_run=True) == 1
    assert remark_report.erase(at) == 1 and remark_report.erase(at) == 0
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.why, gone.why, Remark.objects.count()) == ("Kept", "", 2)


def test_the_command_counts_first(page):
    remark(page, why="Old", day=date(2020, 1, 1))

    def said(*words) -> str:
        out = io.StringIO()
        call_command("erase_remarks", *words, stdout=out)
        return out.getvalue()

    assert "1 remarks lost their words" in said("--dry-run") and Remark.objects.get().why
    assert "1 remarks lost their words" in said() and not Remark.objects.get().why
    assert "0 remarks lost their words" in said()


def test_the_privacy_page_says_what_is_kept_and_for_how_long(page):
    english = Client().get("/privacy/", **HOST).content.decode()
    french = Client().get("/fr/privacy/", **HOST).content.decode()
    days = [settings.QUESTIONS["settled_days"], settings.QUESTIONS["waiting_days"]]
    for text, after in ((english, "days"), (french, "jours")):
        assert all(f"{count} {after}" in text for count in days)
    assert settings.REMARKS["days"] == 365 and "after a year" in english
    assert "au bout d’un an" in french
