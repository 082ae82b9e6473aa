"""The guides: who reaches them, in both languages, with pictures and without."""

import re

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from embassy import guides
from embassy.models import MissionRole
from tests.databases import ROOT
from tests.embassy.test_staff_areas import EDITORS
from tests.typography import flawed

pytestmark = pytest.mark.django_db

FIRST_DAY = "/admin/guides/first-day/"
FIRST_DAY_OF_OTHERS = "/django-admin/guides/first-day/"
ADMINISTRATORS = "/django-admin/guides/administrators/"
PICTURES = "/django-admin/guides/pictures/"
ALL = [
    ("section_editor", FIRST_DAY),
    ("administrator", FIRST_DAY_OF_OTHERS),
    ("administrator", ADMINISTRATORS),
]
LANGUAGES = ["en", "fr"]
EVERY_GUIDE = pytest.mark.parametrize(("role", "address"), ALL)
IN_EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
PICTURE = re.compile(r'{% picture "([\w-]+)" "([^"]+)" %}')


@pytest.fixture
def pictures(settings, tmp_path):
    """The folder of the pictures, with none made yet."""
    settings.GUIDE_PICTURES = tmp_path / "guides"
    settings.GUIDE_PICTURES.mkdir()
    return settings.GUIDE_PICTURES


@pytest.fixture
def read(client, staff, compiled, pictures):
    """Give a function that opens an address as somebody, with a browser of a language."""

    def open_as(role: str, address: str, language: str = "en"):
        """Sign in and open the address."""
        client.force_login(staff[role])
        headers = {"Accept-Language": language}
        return client.get(address, headers=headers, HTTP_HOST="localhost")

    return open_as


def template_of(guide: str, language: str) -> str:
    """Give the source of a guide."""
    folder = ROOT / "templates" / "embassy" / "guides"
    return (folder / f"{guide}_{language}.html").read_text()


def guide_in(response) -> BeautifulSoup:
    """Give the guide on a page, without the staff area around it."""
    return BeautifulSoup(response.content.decode(), "html.parser").select_one(".guide")


def paint(folder, name: str, size: tuple[int, int] = (640, 450)) -> None:
    """Make a picture as the command would."""
    Image.new("RGB", size, "white").save(folder / f"{name}.webp")


@IN_EVERY_LANGUAGE
@EVERY_GUIDE
def test_a_guide_speaks_the_language_of_the_browser(read, role, address, language):
    response = read(role, address, language)
    page = BeautifulSoup(response.content.decode(), "html.parser")
    assert response.status_code == 200
    assert page.html["lang"].startswith(language)
    words = page.select_one(".guide").get_text()
    assert ("Ouvrez" in words) == (language == "fr") and ("Open" in words) == (language == "en")


@IN_EVERY_LANGUAGE
@EVERY_GUIDE
def test_headings_are_in_order_and_chapters_lead_to_them(read, role, address, language):
    response = read(role, address, language)
    page, guide = BeautifulSoup(response.content.decode(), "html.parser"), guide_in(response)
    assert len(page.find_all("h1")) == 1
    assert {heading.name for heading in guide.find_all(re.compile("^h[1-6]$"))} == {"h2"}
    named = [(f"#{heading['id']}", heading.get_text()) for heading in guide.find_all("h2")]
    assert named == [(a["href"], a.get_text()) for a in guide.select(".guide__chapters a")]
    assert len(named) == len(set(named)) >= 7


@EVERY_GUIDE
def test_french_guides_are_set_as_french_is(read, role, address):
    guide = guide_in(read(role, address, "fr"))
    texts = [e.get_text(" ", strip=False) for e in guide.find_all(["p", "li", "h2", "td"])]
    assert len(texts) > 20 and flawed(re.sub(r"[ \n]+", " ", text).strip() for text in texts) == {}


@pytest.mark.parametrize("address", [FIRST_DAY, FIRST_DAY_OF_OTHERS, ADMINISTRATORS])
def test_a_stranger_is_led_to_sign_in(client, site, address):
    response = client.get(address, HTTP_HOST="localhost")
    assert response.status_code == 302
    assert response["Location"].startswith("/account/sign-in/?next=")


@pytest.mark.parametrize("role", EDITORS)
def test_whoever_edits_content_has_the_first_day_in_the_help_menu(read, role):
    assert read(role, FIRST_DAY).status_code == 200
    assert read(role, ADMINISTRATORS).status_code == 403
    help_menu = help_in(read(role, "/admin/").content.decode())
    assert FIRST_DAY in help_menu and ADMINISTRATORS not in help_menu


def help_in(html: str) -> list[str]:
    """Give where the help menu leads, as Wagtail hands the menu to its script."""
    props = BeautifulSoup(html, "html.parser").select_one("#wagtail-sidebar-props").text
    [help_menu] = re.findall(r'"name": "help".*?\]\]', props)
    return [url for url in re.findall(r'"url": "([^"]+)"', help_menu) if url != "#"]


def test_the_help_menu_leads_nowhere_outside(read):
    assert help_in(read("approver", "/admin/").content.decode()) == [FIRST_DAY]


def test_who_looks_after_accounts_and_edits_content_finds_both(client, staff, site):
    editor = MissionRole.objects.get(site=site, role="section_editor")
    staff["administrator"].groups.add(editor.group)
    client.force_login(staff["administrator"])
    html = client.get("/admin/", HTTP_HOST="localhost").content.decode()
    assert help_in(html) == [FIRST_DAY, ADMINISTRATORS]


def test_administrators_find_theirs_in_the_head_of_the_django_admin(read):
    assert f'href="{ADMINISTRATORS}"' in read("administrator", "/django-admin/").content.decode()
    assert f'href="{ADMINISTRATORS}"' not in read("approver", "/django-admin/").content.decode()
    assert f'href="{FIRST_DAY_OF_OTHERS}"' in str(guide_in(read("administrator", ADMINISTRATORS)))


@pytest.mark.parametrize("guide", [guides.FIRST_DAY, guides.ADMINISTRATORS])
def test_all_languages_have_the_same_chapters_pictures_and_names(guide):
    for pattern in (r'<h2 id="([\w-]+)"', r'{% picture "([\w-]+)"', r'{% on_screen "([^"]+)" %}'):
        found = [re.findall(pattern, template_of(guide, language)) for language in LANGUAGES]
        assert found[0] and found[0] == found[1]
    numbers = [set(re.findall(r"{{ (\w+) }}", template_of(guide, code))) for code in LANGUAGES]
    assert numbers[0] == numbers[1] <= set(guides.limits())


@EVERY_GUIDE
def test_pictures_that_were_not_made_are_left_out(read, role, address):
    guide = guide_in(read(role, address))
    assert not guide.select("img, figure")


@IN_EVERY_LANGUAGE
@EVERY_GUIDE
def test_pictures_that_were_made_have_words_and_a_size(read, pictures, role, address, language):
    guide = guides.ADMINISTRATORS if address == ADMINISTRATORS else guides.FIRST_DAY
    wanted = PICTURE.findall(template_of(guide, language))
    for screen, _words in wanted:
        paint(pictures, f"{language}-{screen}")
    shown = guide_in(read(role, address, language)).select("img")
    expected = [(f"{PICTURES}{language}-{screen}.webp", words) for screen, words in wanted]
    assert [(image["src"], image["alt"]) for image in shown] == expected
    assert {(image["width"], image["height"]) for image in shown} == {("640", "450")}
    assert all(len(words) > 40 for _screen, words in wanted)


def test_a_picture_leads_to_itself_in_full_and_phones_get_their_own(read, pictures):
    paint(pictures, "en-sign-in", (1280, 800))
    figure = guide_in(read("approver", FIRST_DAY)).select_one("figure")
    assert figure.a["href"] == f"{PICTURES}en-sign-in.webp" and not figure.select("source")
    paint(pictures, "en-sign-in-narrow", (360, 740))
    figure = guide_in(read("approver", FIRST_DAY)).select_one("figure")
    source = figure.select_one("a picture source")
    assert source["srcset"] == f"{PICTURES}en-sign-in-narrow.webp"
    assert (source["width"], source["height"]) == ("360", "740")
    assert figure.img["src"] == figure.a["href"]


def test_a_picture_of_the_other_language_is_not_shown(read, pictures):
    paint(pictures, "fr-sign-in")
    assert not guide_in(read("approver", FIRST_DAY, "en")).select("img")
    assert len(guide_in(read("approver", FIRST_DAY, "fr")).select("img")) == 1


def test_a_broken_picture_is_left_out(read, pictures):
    (pictures / "en-sign-in.webp").write_bytes(b"RIFF")
    assert not guide_in(read("approver", FIRST_DAY)).select("img")


def test_pictures_go_to_signed_in_staff_only(client, read, pictures):
    paint(pictures, "en-sign-in")
    address = f"{PICTURES}en-sign-in.webp"
    stranger = client.get(address, HTTP_HOST="localhost")
    assert stranger.status_code == 302
    for role in ("duty_officer", "administrator"):
        answer = read(role, address)
        assert answer.status_code == 200 and answer["Content-Type"] == "image/webp"
        assert "private" in answer["Cache-Control"]
        assert b"".join(answer.streaming_content) == (pictures / "en-sign-in.webp").read_bytes()


@pytest.mark.parametrize("name", ["en-nothing", "..", "..%2Fsecret_key", "en-sign-in%00"])
def test_what_is_no_picture_is_not_found(read, pictures, name):
    (pictures.parent / "secret_key.webp").write_bytes(b"secret")
    assert read("approver", f"{PICTURES}{name}.webp").status_code == 404
