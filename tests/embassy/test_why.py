"""Whoever asks for an act can say why; the second person reads it beside what is asked."""

import pytest
from django.test import Client
from django.utils import timezone
from lxml.html import fromstring
from wagtail.models import Page

from embassy.acts import requested
from embassy.acts.requested_facts import values_of
from embassy.demo import contact
from embassy.demo.contacts import DUTY
from embassy.models import Closure, ContentPage, RequestedAct

pytestmark = pytest.mark.django_db

Act = RequestedAct.Act
WHY = "The ministry <b>moved</b> the day."
HOST = {"HTTP_HOST": "localhost"}


@pytest.fixture
def page(home):
    """A page that readers see."""
    made = ContentPage(title="Visas", slug="visa-hours", locale=home.locale)
    home.add_child(instance=made)
    made.save_revision().publish()
    return ContentPage.objects.get(pk=made.pk)


@pytest.fixture
def browser(staff) -> Client:
    """A browser in which somebody is signed in who may ask for all of it."""
    made = Client(**HOST)
    made.force_login(staff["public_affairs"])
    return made


def filled_in(answer) -> dict:
    """Give what an editor sends when nothing was typed."""
    form = fromstring(answer.content.decode()).get_element_by_id("w-editor-form")
    return {name: value.strip() for name, value in form.form_values()}


def asked() -> RequestedAct:
    """Give what was asked for last."""
    return RequestedAct.objects.latest("pk")


def confirmations(page, news) -> dict[str, tuple[str, dict]]:
    """Give the addresses at which an act on a page is confirmed, with what they send besides."""
    bulk = f"?id={page.pk}&next=/admin/"
    return {
        "unpublish": (f"/admin/pages/{page.pk}/unpublish/", {}),
        "delete": (f"/admin/pages/{page.pk}/delete/", {}),
        "move": (f"/admin/pages/{page.pk}/move/{news.pk}/confirm/", {}),
        "bulk unpublish": (f"/admin/bulk/wagtailcore/page/unpublish/{bulk}", {}),
        "bulk delete": (f"/admin/bulk/wagtailcore/page/delete/{bulk}", {}),
        "bulk move": (f"/admin/bulk/wagtailcore/page/move/{bulk}", {"chooser": news.pk}),
    }


ACTS = ["unpublish", "delete", "move", "bulk unpublish", "bulk delete", "bulk move"]


@pytest.mark.parametrize("which", ACTS)
def test_what_silences_or_moves_a_page_asks_why_and_shows_it(page, home, staff, browser, which):
    place = ContentPage(title="Place", slug="a-place", locale=home.locale)
    home.add_child(instance=place)
    address, besides = confirmations(page, place)[which]
    assert 'name="why"' in browser.get(address).content.decode()
    assert browser.post(address, {**besides, "why": WHY}).status_code == 302
    assert asked().reason == WHY and asked().object_id == str(page.pk)
    second = Client(**HOST)
    second.force_login(staff["approver"])
    shown = second.get("/admin/requested/").content.decode()
    assert "The ministry &lt;b&gt;moved&lt;/b&gt; the day." in shown


@pytest.mark.parametrize("which", ["delete", "bulk delete"])
def test_what_one_may_do_alone_asks_nothing(home, staff, browser, which):
    draft = ContentPage(title="Draft", slug="a-draft", locale=home.locale, live=False)
    home.add_child(instance=draft)
    address, _besides = confirmations(draft, home)[which]
    shown = browser.get(address)
    assert shown.status_code == 200 and 'name="why"' not in shown.content.decode()


def window_of(answer) -> str:
    """Give what stands in a window of the staff pages."""
    assert answer.status_code == 200 and answer.json()["step"] == "set_privacy"
    return answer.json()["html"]


def test_closing_a_page_to_readers_asks_why_and_shows_it(page, staff, browser):
    address = f"/admin/pages/{page.pk}/privacy/"
    window = window_of(browser.get(address))
    assert window.index('name="why"') < window.index('type="submit"')
    assert window.count('name="why"') == 1 and 'name="restriction_type"' in window
    sent = {"restriction_type": "login", "why": WHY}
    assert "waits for a second person" in window_of(browser.post(address, sent))
    assert (asked().reason, asked().act) == (WHY, Act.PRIVACY)
    second = Client(**HOST)
    second.force_login(staff["approver"])
    shown = second.get("/admin/requested/").content.decode()
    assert "The ministry &lt;b&gt;moved&lt;/b&gt; the day." in shown


@pytest.mark.parametrize(
    ("why", "sentence"), [("x" * 2001, "2000"), ("moved\u202e", "invisible character")]
)
def test_a_window_that_is_refused_keeps_what_was_typed(page, browser, why, sentence):
    address = f"/admin/pages/{page.pk}/privacy/"
    sent = {"restriction_type": "password", "password": "sesame", "why": why}
    window = window_of(browser.post(address, sent))
    assert sentence in window and f">{why}</textarea>" in window and "sesame" in window
    assert not RequestedAct.objects.exists()
    assert 'name="why"' in window_of(browser.post(address, {"restriction_type": "password"}))


def test_what_a_colleague_asked_for_first_is_said_in_the_window(page, staff, browser):
    address = f"/admin/pages/{page.pk}/privacy/"
    other = Client(**HOST)
    other.force_login(staff["approver"])
    other.post(address, {"restriction_type": "login"})
    window = window_of(browser.post(address, {"restriction_type": "password", "password": "x"}))
    assert "has asked for this already" in window and 'name="restriction_type"' in window


def test_the_window_of_a_draft_asks_nothing(home, browser):
    draft = ContentPage(title="Draft", slug="a-draft", locale=home.locale, live=False)
    home.add_child(instance=draft)
    window = window_of(browser.get(f"/admin/pages/{draft.pk}/privacy/"))
    assert 'name="why"' not in window and 'name="restriction_type"' in window


@pytest.mark.parametrize("model", ["contactpoint", "schedule", "closure", "place"])
def test_the_forms_of_facts_ask_why(site, browser, model):
    shown = browser.get(f"/admin/snippets/embassy/{model}/add/").content.decode()
    assert shown.count('name="why"') == 1 and "Why? For the second person" in shown


def test_posts_and_the_settings_ask_why(site, browser):
    settings = f"/admin/settings/embassy/missionsettings/{site.pk}/"
    for address in ("/admin/snippets/sections/post/add/", settings):
        assert browser.get(address).content.decode().count('name="why"') == 1, address


def test_the_reason_of_a_change_is_kept_and_stands_there_when_it_is_opened_again(browser, staff):
    point = contact(DUTY)
    address = f"/admin/snippets/embassy/contactpoint/edit/{point.pk}/"
    form = filled_in(browser.get(address)) | {"value": "+22366752861", "why": WHY}
    assert browser.post(address, form).status_code == 302
    assert asked().reason == WHY
    again = filled_in(browser.get(address))
    assert again["why"] == WHY
    assert browser.post(address, again | {"why": "Another reason."}).status_code == 302
    assert asked().reason == "Another reason." and RequestedAct.objects.about(point).count() == 1


def test_a_closures_own_reason_stays_for_readers(browser, site):
    address = "/admin/snippets/embassy/closure/add/"
    form = filled_in(browser.get(address))
    form |= {"first": "2026-12-24", "last": "2026-12-24", "why": WHY}
    form |= {"reason_en": "Feast", "reason_fr": "Fête"}
    answer = browser.post(address, form)
    assert answer.status_code == 302, answer.context["form"].errors
    act = asked()
    assert act.reason == WHY and "Feast" in str(act.parameters) and WHY not in str(act.parameters)
    assert not Closure.objects.filter(first="2026-12-24").exists()


def test_deleting_facts_asks_why(browser, site):
    day = "2026-12-24"
    closure = Closure.objects.create(site=site, first=day, last=day, reason={"en": "Feast"})
    address = f"/admin/snippets/embassy/closure/delete/{closure.pk}/"
    assert 'name="why"' in browser.get(address).content.decode()
    assert browser.post(address, {"why": WHY}).status_code == 302
    assert asked().reason == WHY and asked().act == Act.RETIRE


def test_verifying_several_asks_how_one_knows(browser):
    point = contact(DUTY)
    bulk = f"/admin/bulk/embassy/contactpoint/verify/?id={point.pk}&next=/admin/"
    assert 'name="why"' in browser.get(bulk).content.decode()
    assert browser.post(bulk, {"why": "I rang."}).status_code == 302
    assert asked().reason == "I rang."


@pytest.mark.parametrize(("length", "taken"), [(2000, True), (2001, False)])
def test_a_reason_that_is_too_long_asks_for_nothing(page, browser, length, taken):
    before = RequestedAct.objects.count()
    browser.post(f"/admin/pages/{page.pk}/unpublish/", {"why": "x" * length})
    assert (RequestedAct.objects.count() > before) is taken
    assert Page.objects.get(pk=page.pk).live


def test_a_wrong_password_says_what_did_not_happen(page, staff, site):
    chief = Client(**HOST)
    chief.force_login(staff["break_glass"])
    point = contact(DUTY)
    point.value = "+22366752861"
    values = {"values": values_of(point)}
    act = requested.ask(staff["consular"], point, Act.CHANGE, timezone.now(), values)
    RequestedAct.objects.filter(pk=act.pk).update(writers=[staff["break_glass"].pk])
    sent = {"step": "break_glass", "read": act.reading, "urgency": "Now", "password": "wrong"}
    said = chief.post(f"/admin/requested/{act.pk}/", sent).content.decode()
    assert "Nothing was done." in said and "issued" not in said
