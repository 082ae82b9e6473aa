"""The two staff areas point to each other, and the lists of content lead into its editor."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group

from embassy.models import User
from tests.factories import person

pytestmark = pytest.mark.django_db

LISTS = [
    "sections/officepage",
    "sections/officialpage",
    "relations/factsheetedition",
    "relations/newspage",
    "advisories/traveladvisorypage",
    "advisories/alertpage",
    "advisories/countryinfopage",
]
WARNINGS = ["advisories/traveladvisorypage", "advisories/alertpage"]
EDITORS = ["section_editor", "public_affairs", "consular", "duty_officer", "approver"]
ROW = re.compile(r'<a href="(/admin/(?:pages/\d+/edit|warnings/\d+)/)">([^<]+)</a>')


@pytest.fixture
def visit(client, staff):
    """Give a function that opens an address as somebody with a role."""

    def open_as(role: str, address: str, **headers):
        """Sign in and open the address."""
        client.force_login(staff[role])
        return client.get(address, headers=headers, HTTP_HOST="localhost")

    return open_as


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/pages/", "/admin/login/", "/admin/account/"]
)
def test_an_administrator_is_shown_the_way_to_accounts(visit, address):
    page = visit("administrator", address)
    text = page.content.decode()
    assert page.status_code == 403
    assert "admin@bamako.example does not edit content" in text
    assert 'href="/django-admin/"' in text and 'action="/django-admin/logout/"' in text
    assert "no-store" in page["Cache-Control"]


def test_an_administrator_is_shown_the_way_in_french(visit):
    page = visit("administrator", "/admin/", **{"Accept-Language": "fr"})
    assert "admin@bamako.example ne modifie pas le contenu" in page.content.decode()


def test_nothing_of_the_refusal_comes_up_later(visit):
    visit("administrator", "/admin/")
    page = visit("administrator", "/django-admin/")
    assert page.status_code == 200 and "messagelist" not in page.content.decode()


def test_signing_out_from_there_works(client, visit):
    visit("administrator", "/admin/")
    client.post("/django-admin/logout/", HTTP_HOST="localhost")
    assert "sessionid" not in client.cookies or not client.cookies["sessionid"].value


def test_an_account_without_a_role_is_told_whom_to_ask(client, site):
    client.force_login(User.objects.create_user("new@bamako.example", mission=site))
    text = client.get("/admin/", HTTP_HOST="localhost").content.decode()
    assert "has no role yet" in text and 'href="/django-admin/"' not in text


def test_others_go_where_they_went(client, visit):
    sent = client.get("/admin/", HTTP_HOST="localhost")
    assert sent.status_code == 302 and sent["Location"].startswith("/account/sign-in/")
    assert client.get(sent["Location"], HTTP_HOST="localhost").status_code == 200
    assert visit("section_editor", "/admin/").status_code == 200


def test_administrators_are_told_why_they_see_no_content(visit):
    text = visit("administrator", "/django-admin/").content.decode()
    assert "look after accounts only, on purpose" in text
    assert "/django-admin/embassy/user/" in text
    assert not any(f"/django-admin/{name}/" in text for name in LISTS)
    assert 'href="/admin/"' not in text
    for name in LISTS:
        assert visit("administrator", f"/django-admin/{name}/").status_code == 403


@pytest.mark.parametrize("role", EDITORS)
def test_editors_find_their_lists_and_the_editor(visit, role):
    text = visit(role, "/django-admin/").content.decode()
    assert text.count('href="/admin/"') == 2
    without = WARNINGS if role == "section_editor" else []  # who has no right to any warning
    for name in LISTS:
        assert (f"/django-admin/{name}/" in text) == (name not in without)
        opened = visit(role, f"/django-admin/{name}/")
        assert opened.status_code == (403 if name in without else 200)
    assert "/django-admin/embassy/user/" not in text and "on purpose" not in text


@pytest.mark.parametrize("name", LISTS)
def test_each_row_opens_its_editor(visit, name):
    listed = visit("consular", f"/django-admin/{name}/").content.decode()
    rows = ROW.findall(listed)
    assert rows or "0 " in listed
    assert 'id="searchbar"' in listed and 'id="changelist-filter"' in listed
    for address, title in rows[:1]:
        editor = visit("consular", address)
        assert editor.status_code == 200 and title in editor.content.decode()


def test_lists_can_be_searched_and_filtered(visit):
    offices = "/django-admin/sections/officepage/"
    found = ROW.findall(visit("section_editor", f"{offices}?q=consular").content.decode())
    assert [title for _address, title in found] == ["Consular Section"]
    agencies = ROW.findall(
        visit("section_editor", f"{offices}?kind__exact=agency").content.decode()
    )
    assert "Department of State" in {title for _address, title in agencies}
    assert "Consular Section" not in {title for _address, title in agencies}


@pytest.mark.parametrize("role", [role for role in EDITORS if role != "section_editor"])
@pytest.mark.parametrize("name", WARNINGS)
def test_each_row_of_warnings_opens_its_desk(visit, role, name):
    rows = ROW.findall(visit(role, f"/django-admin/{name}/").content.decode())
    assert rows and all(address.startswith("/admin/warnings/") for address, _title in rows)
    [(address, _title), *_others] = rows
    assert visit(role, address).status_code == 200
    number = address.split("/")[3]
    led = visit(role, f"/django-admin/{name}/{number}/change/")
    assert led.status_code == 302 and led["Location"] == address


@pytest.mark.parametrize("query", ["attache", "Attaché", "ATTACHÉ", "usdao"])
def test_lists_are_searched_without_accents(visit, query):
    listed = visit("section_editor", f"/django-admin/sections/officepage/?q={query}")
    found = ROW.findall(listed.content.decode())
    assert "Defense Attaché Office" in [title for _address, title in found]


def test_every_list_is_searched_without_accents():
    for model, listed in admin.site._registry.items():
        ours = not model.__module__.startswith("taggit")
        for name in listed.search_fields if ours else ():
            plain = name in ("email", "code")  # which have no accents
            assert plain or name.endswith("__unaccent"), (model, name)


def test_accounts_are_found_without_accents(visit, staff):
    staff["approver"].last_name = "Traoré"
    staff["approver"].save()
    listed = visit("administrator", "/django-admin/embassy/user/?q=traore").content.decode()
    assert staff["approver"].email in listed and staff["consular"].email not in listed


def test_no_screen_links_to_a_list_that_is_closed(client, visit, home):
    address = f"/admin/pages/{home.pk}/add_subpage/"
    shown = visit("public_affairs", address).content.decode()
    assert f"/admin/pages/add/embassy/contentpage/{home.pk}/" in shown
    assert "Pages using" not in shown
    client.force_login(User.objects.create_superuser("superuser@bamako.example", "x"))
    assert "Pages using" in client.get(address, HTTP_HOST="localhost").content.decode()


def test_only_pages_that_open_are_listed(client, site, dakar):
    user = person(site, "duty_officer", "both@bamako.example")
    user.groups.add(Group.objects.get(mission_role__site=dakar, mission_role__role="administrator"))
    client.force_login(user)
    listed = client.get("/django-admin/advisories/traveladvisorypage/", HTTP_HOST="localhost")
    titles = {title for _address, title in ROW.findall(listed.content.decode())}
    assert titles == {"Travel advisory for Mali"}
    menu = client.get("/admin/", HTTP_HOST="localhost").content.decode()
    assert '"url": "/django-admin/"' in menu


def test_editors_without_accounts_have_no_way_to_them(visit):
    assert '"url": "/django-admin/"' not in visit("section_editor", "/admin/").content.decode()


def test_staff_pages_speak_the_language_of_the_browser(client, visit):
    french = {"Accept-Language": "fr-FR,fr;q=0.9"}
    index = visit("public_affairs", "/django-admin/", **french).content.decode()
    assert '<html lang="fr"' in index and "Ouvrir l’éditeur de contenu" in index
    assert '<html lang="fr"' in visit("public_affairs", "/admin/", **french).content.decode()
    client.logout()
    sign_in = client.get("/account/sign-in/", headers=french, HTTP_HOST="localhost")
    assert "Se connecter à Chancery" in sign_in.content.decode()
    public = client.get("/", headers=french, HTTP_HOST="localhost").content.decode()
    assert '<html lang="en"' in public


def title_of(response) -> str:
    """Give the title a browser shows for a page."""
    return " ".join(re.search(r"<title>(.*?)</title>", response.content.decode(), re.S)[1].split())


@pytest.mark.parametrize(
    "address",
    ["/account/sign-in/", "/admin/login/", "/admin/password_reset/", "/django-admin/login/"],
)
def test_staff_pages_go_by_our_name_before_signing_in(client, site, address):
    response = client.get(address, HTTP_HOST="localhost", follow=True)
    assert "Chancery" in title_of(response) or response.status_code == 404
    assert "Wagtail" not in title_of(response) and "Django" not in title_of(response)


@pytest.mark.parametrize("role", ["administrator", "public_affairs"])
@pytest.mark.parametrize(
    "address",
    [
        *("/admin/", "/admin/images/", "/admin/documents/add/"),
        *("/admin/account/", "/admin/password_reset/", "/admin/nowhere/", "/admin/reports/locked/"),
        *("/admin/snippets/embassy/contactpoint/", "/django-admin/", "/django-admin/nowhere/"),
    ],
)
def test_staff_pages_go_by_our_name(visit, role, address):
    response = visit(role, address)
    assert "Wagtail" not in title_of(response) and "Django" not in title_of(response)
    if response.status_code == 200 or address.startswith("/admin/"):
        assert "Chancery" in title_of(response)


def test_a_staff_address_that_is_none_leads_back_to_the_editor(visit):
    response = visit("public_affairs", "/admin/nowhere/")
    text = response.content.decode()
    assert response.status_code == 404 and 'href="/admin/"' in text
    main = text.split("<main")[1].split("</main>")[0]
    assert main.count("<h1") == 1 and "Wagtail" not in main


def test_an_account_chooses_among_time_zones_that_browsers_know(client, staff):
    client.force_login(staff["section_editor"])
    page = client.get("/admin/account/", HTTP_HOST="localhost").content.decode()
    assert 'value="Africa/Bamako"' in page and 'value="UTC"' in page
    assert "localtime" not in page and "posixrules" not in page
