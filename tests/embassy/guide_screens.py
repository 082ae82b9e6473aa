"""The real screens that the guides speak of, each in the state in which it has what they name."""

import json
from collections.abc import Iterator
from datetime import timedelta

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from accounts import offboarding, raising
from advisories import lifecycle
from embassy.demo import contact
from embassy.demo.contacts import DUTY
from embassy.matrix.scene import read
from embassy.models import ContentPage, MissionRole, User
from embassy.release import publishing
from embassy.translations import memory, steps
from tests.accounts.signing import CODE, SECURITY, SIGN_IN, give_password, with_app, with_password
from tests.accounts.test_invitations import invited, open_letter
from tests.accounts.test_invitations import signed_in as proven
from tests.accounts.test_security import set_up_app
from tests.advisories.factories import draft
from tests.embassy.test_verification import form_of
from tests.embassy.translating import reword, say
from tests.factories import person

CONTROLS = "a, button, summary, h1, h2, h3, legend, label, th, td"
GOOD = {"new_password1": "open sesame 77", "new_password2": "open sesame 77"}


def plain(text: str) -> str:
    """Give a text with single spaces, as a reader sees it."""
    return " ".join(text.split())


def written_on(html: str) -> set[str]:
    """Give what buttons, links, headings and the menu of a screen say, templates included."""
    page = BeautifulSoup(html, "html.parser")
    for drawing in page.select("svg"):
        drawing.decompose()
    parts = page.select(CONTROLS)
    found = {plain(text) for part in parts for text in (part.get_text(), *part.stripped_strings)}
    found |= {plain(part["value"]) for part in page.select("input[type=submit]")}
    for part in page.find_all("template"):  # whose texts are none of the page's own
        found |= written_on(part.decode_contents())
    if props := page.select_one("#wagtail-sidebar-props"):
        found |= set(labels(json.loads(props.text)))
    return found


def labels(value) -> Iterator[str]:
    """Give the labels of a menu, however deep."""
    if isinstance(value, dict):
        if isinstance(value.get("label"), str):
            yield value["label"]
        for item in value.values():
            yield from labels(item)
    elif isinstance(value, list):
        for item in value:
            yield from labels(item)


class Screens:
    """What is written on each screen in one language; what a screen needs is made as it is."""

    def __init__(self, staff: dict[str, User], site, language: str):
        self.staff, self.site = staff, site
        self.headers = {"headers": {"Accept-Language": language}, "HTTP_HOST": "localhost"}

    def seen(self, browser: Client, address: str) -> set[str]:
        """Open an address, which must be there."""
        response = browser.get(address, follow=True, **self.headers)
        assert response.status_code == 200, address
        return written_on(response.content.decode())

    def seen_by(self, role: str, address: str) -> set[str]:
        """Open an address as somebody with a role."""
        return self.seen(proven(self.staff[role]), address)

    def sign_in(self) -> set[str]:
        """Give the page to sign in."""
        return self.seen(Client(), SIGN_IN)

    def code(self) -> set[str]:
        """Give the page that asks for a code."""
        browser, user = Client(), with_password(self.staff["consular"])
        if not user.authenticator_set.exists():
            with_app(user)
        give_password(browser, user.email)
        return self.seen(browser, CODE)

    def newcomer(self, email: str) -> Client:
        """Give a browser in which somebody has opened their letter."""
        browser = Client()
        open_letter(browser, invited(self.staff["administrator"], self.site, email=email)[1])
        return browser

    def invitation(self) -> set[str]:
        """Give where the letter leads."""
        return self.seen(self.newcomer("one@bamako.example"), reverse("invitation"))

    def security_at_first(self) -> set[str]:
        """Give where a newcomer is led who chose a password."""
        browser = self.newcomer("two@bamako.example")
        browser.post(reverse("invitation"), GOOD, HTTP_HOST="localhost")
        return self.seen(browser, SECURITY)

    def codes(self) -> set[str]:
        """Give the recovery codes, shown once."""
        browser = self.newcomer("three@bamako.example")
        browser.post(reverse("invitation"), GOOD, HTTP_HOST="localhost")
        set_up_app(browser)
        return self.seen(browser, f"{SECURITY}codes/")

    def security(self) -> set[str]:
        """Give an account's own page."""
        return self.seen_by("duty_officer", SECURITY)

    def account(self) -> set[str]:
        """Give the account's page in the content editor."""
        return self.seen_by("duty_officer", reverse("wagtailadmin_account"))

    def page(self) -> ContentPage:
        """Give a page that the section editor submitted; made once."""
        found = ContentPage.objects.filter(slug="guided").first()
        if found is None:
            home = self.site.root_page
            found = home.add_child(
                instance=ContentPage(title="Visas", slug="guided", locale=home.locale)
            )
            found.save_revision().publish()
            now = ContentPage.objects.get(slug="guided")
            now.title, now.body = "Visas on Monday", [("paragraph", '<a href="/x/">here</a>')]
            now.save_revision(user=self.staff["section_editor"])
            publishing.submit(now, self.staff["section_editor"])
        return ContentPage.objects.get(slug="guided")

    def first_screen(self) -> set[str]:
        """Give the first screen of somebody who approves."""
        self.page()
        self.ask_for_number()
        self.translation()
        return self.seen_by("approver", "/admin/")

    def first_screen_of_writer(self) -> set[str]:
        """Give the first screen of who submitted."""
        self.page()
        return self.seen_by("section_editor", "/admin/")

    def first_screen_of_returned(self) -> set[str]:
        """Give the first screen of who got a page back."""
        publishing.give_back(self.page(), self.staff["approver"], "Say when.")
        found = self.seen_by("section_editor", "/admin/")
        ContentPage.objects.get(slug="guided").delete()
        return found

    def editor(self) -> set[str]:
        """Give the editor of a page that is public."""
        page = ContentPage.objects.child_of(self.site.root_page).live().first() or self.page()
        return self.seen_by("section_editor", reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def editor_of_own(self) -> set[str]:
        """Give the editor of a page with something to say of it."""
        address = reverse("wagtailadmin_pages:edit", args=[self.page().pk])
        return self.seen_by("section_editor", address)

    def desk(self) -> set[str]:
        """Give the desk of a page that waits, as who approves sees it."""
        return self.seen_by("approver", reverse("publishing_desk", args=[self.page().pk]))

    def desk_of_writer(self) -> set[str]:
        """Give the same as who submitted it sees it."""
        return self.seen_by("section_editor", reverse("publishing_desk", args=[self.page().pk]))

    def translation(self) -> Page:
        """Give the French of a page whose original has changed since; made once."""
        found = ContentPage.objects.filter(slug="in-step", locale__language_code="fr").first()
        if found is None:
            original = self.original()
            begun = steps.begin(original, "fr", self.staff["section_editor"])
            say(memory.translation_of(begun), self.staff["section_editor"])
            steps.hand_in(begun, self.staff["section_editor"])
            publishing.approve(begun, self.staff["approver"], read(begun))
            reword(original, summary="When we are away this year.")
            found = ContentPage.objects.get(pk=begun.pk)
        return found

    def original(self) -> ContentPage:
        """Give a public page of which there is no French yet."""
        home = self.site.root_page
        page = ContentPage(title="Leave days", slug="in-step", summary="When we are away.")
        home.add_child(instance=page)
        page.save_revision().publish()
        return ContentPage.objects.get(pk=page.pk)

    def translation_to_begin(self) -> set[str]:
        """Give the question before a translation begins."""
        address = reverse("translation_begin", args=[self.original().pk, "fr"])
        return self.seen_by("section_editor", address)

    def translation_behind(self) -> set[str]:
        """Give the editor of a translation that is behind."""
        address = reverse("wagtailadmin_pages:edit", args=[self.translation().pk])
        return self.seen_by("section_editor", address)

    def number(self) -> set[str]:
        """Give the editor of a number."""
        address = reverse("wagtailsnippets_embassy_contactpoint:edit", args=[contact(DUTY).pk])
        return self.seen_by("consular", address)

    def ask_for_number(self) -> None:
        """Let the consul ask for another number."""
        point = contact(DUTY)
        address = reverse("wagtailsnippets_embassy_contactpoint:edit", args=[point.pk])
        sent = form_of(point, value="+223 6675 2861")
        proven(self.staff["consular"]).post(address, sent, HTTP_HOST="localhost")

    def requests(self) -> set[str]:
        """Give what waits, as a second person sees it."""
        self.ask_for_number()
        return self.seen_by("approver", reverse("requested_acts"))

    def requests_of_asker(self) -> set[str]:
        """Give the same as who asked sees it."""
        self.ask_for_number()
        return self.seen_by("consular", reverse("requested_acts"))

    def warnings(self) -> set[str]:
        """Give the overview of warnings."""
        return self.seen_by("duty_officer", reverse("warnings_overview"))

    def alert(self):
        """Write an alert."""
        now = timezone.now()
        return draft(now, now + timedelta(hours=6), by=self.staff["duty_officer"])

    def alert_editor(self) -> set[str]:
        """Give the editor of an alert."""
        address = reverse("wagtailadmin_pages:edit", args=[self.alert().pk])
        return self.seen_by("duty_officer", address)

    def submitted_alert(self) -> str:
        """Give the address of the desk of an alert that waits."""
        page = self.alert()
        lifecycle.submit(page, self.staff["duty_officer"], timezone.now())
        return reverse("warnings_desk", args=[page.pk])

    def alert_desk(self) -> set[str]:
        """Give the desk of an alert that waits, as who approves sees it."""
        return self.seen_by("approver", self.submitted_alert())

    def alert_desk_of_chief(self) -> set[str]:
        """Give the same as who may issue alone sees it."""
        return self.seen_by("break_glass", self.submitted_alert())

    def index(self) -> set[str]:
        """Give the first page of the Django admin, with a role to confirm."""
        role = MissionRole.objects.get(site=self.site, role="break_glass")
        second = User.objects.get(email="keeper@bamako.example")
        raising.ask(second, self.staff["consular"], role, "Holds the post", timezone.now())
        return self.seen_by("administrator", reverse("admin:index"))

    def accounts(self) -> set[str]:
        """Give the list of accounts, with a letter that is too old."""
        keeper, week = self.staff["administrator"], timedelta(days=8)
        invited(keeper, self.site, at=timezone.now() - week, email="late@bamako.example")
        return self.seen_by("administrator", reverse("admin:embassy_user_changelist"))

    def invite(self) -> set[str]:
        """Give the form to invite somebody."""
        return self.seen_by("administrator", reverse("admin:embassy_user_add"))

    def one_account(self) -> set[str]:
        """Give the page of an account."""
        return self.page_of(self.staff["section_editor"])

    def grave_account(self) -> set[str]:
        """Give the page of an account with one of the gravest roles."""
        return self.page_of(self.staff["break_glass"])

    def invited_account(self) -> set[str]:
        """Give the page of an account that was invited."""
        return self.page_of(invited(self.staff["administrator"], self.site)[0])

    def closed_account(self) -> set[str]:
        """Give the page of an account that was closed."""
        leaver = person(self.site, "section_editor", "leaver@bamako.example")
        offboarding.off_board(self.staff["administrator"], leaver, timezone.now(), "Left")
        return self.page_of(leaver)

    def page_of(self, account: User) -> set[str]:
        """Give the page of an account as an administrator sees it."""
        address = reverse("admin:embassy_user_change", args=[account.pk])
        return self.seen_by("administrator", address)

    def audit(self) -> set[str]:
        """Give the audit."""
        return self.seen_by("administrator", reverse("admin:embassy_auditentry_changelist"))
