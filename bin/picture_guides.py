"""Takes the pictures of the guides for staff from the demo site, in every language.

Each screen that is wide is taken as a telephone shows it as well.

    make guides      (or: python -m bin.picture_guides)

Runs the demo site on a database of its own, which is dropped afterwards, puts into it what the
guides speak of, and opens each screen in Chromium as a demo account. What it writes, WebP files in
`settings.GUIDE_PICTURES`, replaces what was there one by one: it is safe to stop and to run again,
beside a running site as well. It borrows databases and states of screens from the tests.
"""

import io
import os
from dataclasses import dataclass, replace

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.test")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from wagtail_localize.models import StringSegment, StringTranslation  # noqa: E402

from embassy import guides  # noqa: E402
from embassy.demo import demo_site, sign_ins  # noqa: E402
from embassy.models import User  # noqa: E402
from embassy.release import publishing  # noqa: E402
from embassy.translations import memory, steps  # noqa: E402
from sections.models import OfficePage  # noqa: E402
from tests import databases  # noqa: E402
from tests.accounts.test_invitations import signed_in  # noqa: E402
from tests.embassy.guide_screens import Screens  # noqa: E402
from tests.journeys.conftest import launched  # noqa: E402
from tests.servers import running  # noqa: E402

DESK, TELEPHONE, SHORT = (1280, 800), (360, 740), (360, 640)  # windows, in pixels
QUALITY = 80
OFFICE, ADDED = "consular-section", "Visitors come by appointment."
TRANSLATED = "Jours de congé"


@dataclass(frozen=True)
class Shot:
    """A picture: its name, who sees the screen, where it is, and in what window."""

    name: str
    role: str
    address: str
    window: tuple[int, int] = DESK


def staged() -> list[Shot]:
    """Put into the database what the guides speak of; give what is to be pictured."""
    staff = {role: User.objects.get(email=email) for role, email, _word in reversed(sign_ins())}
    screens = Screens(staff, demo_site(), "en")
    page, other = submitted_office(staff), OfficePage.objects.live().earliest("path")
    screens.ask_for_number()
    screens.submitted_alert()
    account = staff["section_editor"].pk
    desk = f"{reverse('publishing_desk', args=[page.pk])}#changes"
    return [
        Shot("sign-in", "", reverse("account_login")),
        Shot("first-screen", "approver", reverse("wagtailadmin_home")),
        Shot("editor", "section_editor", reverse("wagtailadmin_pages:edit", args=[other.pk])),
        Shot("approve", "approver", desk, SHORT),
        Shot("translate", "section_editor", begun_translation(staff, screens)),
        Shot("second-person", "approver", reverse("requested_acts")),
        Shot("warnings", "approver", reverse("warnings_overview")),
        Shot("accounts", "administrator", reverse("admin:embassy_user_changelist")),
        Shot("invite", "administrator", reverse("admin:embassy_user_add")),
        Shot("reset", "administrator", reverse("admin:account_reset_factors", args=[account])),
        Shot("close", "administrator", reverse("admin:account_off_board", args=[account])),
        Shot("audit", "administrator", reverse("admin:embassy_auditentry_changelist")),
    ]


def submitted_office(staff: dict[str, User]) -> OfficePage:
    """Let the section editor change an office of the demo site and submit it."""
    found = OfficePage.objects.get(slug=OFFICE, locale=demo_site().root_page.locale)
    words = found.get_latest_revision_as_object()
    words.summary = f"{words.summary} {ADDED}"
    words.save_revision(user=staff["section_editor"], log_action=True)
    page = OfficePage.objects.get(pk=words.pk)
    publishing.submit(page, staff["section_editor"])
    return page


def begun_translation(staff: dict[str, User], screens: Screens) -> str:
    """Let the section editor begin the French of a page; give the address of its editor."""
    editor = staff["section_editor"]
    begun = steps.begin(screens.original(), "fr", editor)
    translation = memory.translation_of(begun)
    title = StringSegment.objects.get(source=translation.source, context__path="title")
    StringTranslation.objects.create(
        translation_of=title.string,
        context=title.context,
        locale=translation.target_locale,
        data=TRANSLATED,
        last_translated_by=editor,
    )
    return reverse("wagtailadmin_pages:edit", args=[begun.pk])


def narrow(shot: Shot) -> Shot:
    """Give the same picture as a telephone shows it."""
    return replace(shot, name=f"{shot.name}-{guides.NARROW}", window=TELEPHONE)


def session_of(role: str) -> str:
    """Begin a session of a role's demo account; gives its key."""
    email = next(email for name, email, _word in sign_ins() if name == role)
    return signed_in(User.objects.get(email=email)).cookies[settings.SESSION_COOKIE_NAME].value


def take(browser: Browser, address: str, shot: Shot, language: str) -> bytes:
    """Open a screen as its person, with a browser of a language; give the picture as WebP."""
    width, height = shot.window
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=language, reduced_motion="reduce"
    )
    if shot.role:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(shot.role)}
        context.add_cookies([cookie | {"url": address}])
    page = context.new_page()
    response = page.goto(f"{address}{shot.address}", wait_until="networkidle")
    if response.status != 200 or not page.url.endswith(shot.address):
        raise SystemExit(f"{shot.name}: {page.url} answered {response.status}.")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=QUALITY, method=6)
    return file.getvalue()


def keep(name: str, picture: bytes) -> None:
    """Put a picture in its place, whole or not at all."""
    path = guides.path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(picture)
    part.replace(path)


def take_all(address: str, shots: list[Shot]) -> int:
    """Take every picture in every language and say so; gives the bytes written."""
    shots = [*shots, *(narrow(shot) for shot in shots if shot.window == DESK)]
    wanted = [(shot, code) for code, _name in settings.LANGUAGES for shot in shots]
    total = 0
    with sync_playwright() as playwright:
        browser = launched(playwright)
        for number, (shot, code) in enumerate(wanted, 1):
            picture = take(browser, address, shot, code)
            keep(f"{code}-{shot.name}", picture)
            total += len(picture)
            size = len(picture) / 1000
            print(f"[{number}/{len(wanted)}] {code}-{shot.name} {size:.0f} KB", flush=True)
        browser.close()
    return total


def main() -> None:
    """Make the database, run the site, take the pictures, and clear up."""
    print("Making a database with the demo site …", flush=True)
    name = databases.clone(databases.template(), "guides")
    setup_test_environment()
    connections["default"].settings_dict["NAME"] = name
    try:
        shots = staged()
        with running(name) as address:
            total = take_all(address, shots)
    finally:
        connections["default"].close()
        databases.discard(name)
    print(f"{total / 1000:.0f} KB in {settings.GUIDE_PICTURES}")


if __name__ == "__main__":
    main()
