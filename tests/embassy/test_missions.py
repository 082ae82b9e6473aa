"""Several missions on one server: nobody of one gets at what is another's.

The walk asks for every address of the staff pages, as each role, with the ids of a mission next
door, and fills in every form. The rest are the screens a walk with ids alone does not exercise:
editors, accounts, feeds.
"""

import os
from collections.abc import Callable
from copy import deepcopy

import pytest
from django.db import connection
from django.http import HttpResponse
from django.template import Template
from django.test import Client
from django.urls import reverse
from taggit.models import Tag
from wagtail.admin.menu import Menu
from wagtail.models import Page, Site, get_page_models
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation

from advisories.models import AlertPage
from embassy.blocks import PROSE
from embassy.demo import demo_site
from embassy.mission.belonging import site_of
from embassy.mission.permissions import scoped_models
from embassy.models import (
    AuditEntry,
    ContactPoint,
    ContentPage,
    MissionRole,
    MissionSettings,
    User,
)
from embassy.roles import ROLES
from sections.models import OfficePage, OfficialPage
from tests import databases
from tests.conftest import use_database
from tests.editor import marks_of
from tests.embassy.addresses import addresses
from tests.embassy.asked import FenceAlone
from tests.embassy.neighbors import (
    MARK,
    OURS,
    THEIRS,
    TRANSLATED,
    Neighbor,
    other_mission,
    own_mission,
)
from tests.embassy.walk import REFUSED, Walk

pytestmark = pytest.mark.django_db

FENCE = "embassy.mission.fence.FenceMiddleware"
KEEPER, ALL_ROLES = "administrator", "all the roles but administrator"
# Rights only ever add up, so who holds all roles that go together meets every form there is, but
# the administrator's, and those made for who may not publish, which the section editor meets. The
# others ask for the addresses.
FILLING_IN = (ALL_ROLES, "section_editor", KEEPER)
WALKS = [
    *((who, part, 3) for who in (ALL_ROLES, "section_editor") for part in range(3)),
    (KEEPER, 0, 1),
    *((role, 0, 1) for role in ROLES if role not in FILLING_IN),
]


@pytest.fixture(scope="module", autouse=True)
def filled(template_database, django_db_setup, django_db_blocker) -> Neighbor:
    """The mission next door, filled as ours is, in a database for these tests."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    name = databases.clone(template_database, f"{worker}_missions")
    with django_db_blocker.unblock():
        before = use_database(name)
        try:
            neighbor = other_mission()
            own_mission(demo_site())
        except BaseException:
            use_database(before)  # or all tests after these would find a half-filled database
            raise
    yield neighbor
    with django_db_blocker.unblock():
        use_database(before)
    databases.discard(name)


@pytest.fixture
def theirs(filled, db) -> Neighbor:
    """The mission next door."""
    return deepcopy(filled)


@pytest.fixture
def press(staff) -> Client:
    """A browser in which public affairs, the widest role, is signed in."""
    return signed_in(staff["public_affairs"])


def signed_in(user) -> Client:
    """Give a browser in which somebody is signed in."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    return client


def tells(response) -> bool:
    """Whether an answer has any word of the mission next door."""
    content = b"".join(response) if response.streaming else response.content
    return MARK.lower() in f"{content.decode(errors='replace')}{response.headers}".lower()


# The walk


@pytest.fixture
def short_404(monkeypatch) -> None:
    """Answer 404 without the page around it, which is the same for all and slow to make."""
    monkeypatch.setattr("embassy.views.render", lambda *args, status: HttpResponse(status=status))


@pytest.fixture
def same_menu(monkeypatch) -> None:
    """Make the menu beside every screen once: it depends on the account, not on what is asked."""
    made: dict[tuple, object] = {}
    make = Menu.render_component

    def kept(menu: Menu, request):
        """Give the menu as it was made for this account."""
        key = (id(menu), request.user.pk)
        if key not in made:
            made[key] = make(menu, request)
        return made[key]

    monkeypatch.setattr(Menu, "render_component", kept)


@pytest.fixture
def plain_templates(monkeypatch) -> None:
    """Render as the site does, without the copies of all that templates read, kept for tests."""
    monkeypatch.setattr(Template, "_render", lambda template, read: template.nodelist.render(read))


@pytest.fixture(scope="module")
def judged() -> dict[str, FenceAlone]:
    """What the fence said of each request, which is the same for all who work for a mission."""
    return {}


@pytest.fixture
def walker(staff) -> Callable[[str], User]:
    """Give the account of a role, or one that holds all of them."""

    def account(who: str) -> User:
        """Give an account."""
        if who != ALL_ROLES:
            return staff[who]
        mission = staff["consular"].mission
        user = User.objects.create_user("all@bamako.example", mission=mission)
        roles = MissionRole.objects.filter(site=mission).exclude(role=KEEPER)
        user.groups.set(roles.values_list("group", flat=True))
        return user

    return account


@pytest.mark.long
@pytest.mark.parametrize(("who", "part", "parts"), WALKS)
@pytest.mark.usefixtures("short_404", "same_menu", "plain_templates")
def test_nobody_finds_a_way_through(theirs, walker, who, part, parts, judged):
    user = walker(who)
    fence = judged.setdefault("fence", FenceAlone(user))
    walk = Walk(user, who, theirs, fence, fills_in=who in FILLING_IN)
    leaks = [f"{leak.request}: {leak.what}" for leak in walk.everywhere(part, parts)]
    assert not leaks, "\n".join(leaks)
    assert walk.asked > (9000 if walk.fills_in else 1500) / parts  # else it did not get far


def test_the_walk_finds_the_ways_that_the_fence_closes(theirs, staff, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != FENCE]
    walk = Walk(staff["public_affairs"], "public_affairs", theirs)
    walk.ask(f"/admin/pages/{OURS}/copy/", {}, {"new_parent_page": THEIRS})
    walk.ask("/admin/choose-page/chosen-multiple/", {"id": THEIRS})
    walk.ask("/admin/bulk/wagtailcore/page/delete/", {"id": THEIRS})
    walk.ask("/admin/reports/page-types-usage/")
    assert len({leak.request for leak in walk.leaks if leak.what == "told"}) == 4
    assert len({leak.request for leak in walk.leaks if "passed the fence" in leak.what}) == 4


def test_the_walk_sees_a_change_next_door(theirs, staff):
    walk = Walk(staff["public_affairs"], "public_affairs", theirs)
    with connection.execute_wrapper(walk.watch.note):
        ContactPoint.objects.filter(pk=THEIRS).update(value="+221338795000")
    walk.ask("/admin/account/")
    assert [leak.what for leak in walk.leaks] == ["changed"]


def test_the_walk_knows_the_staff_pages_and_every_kind_of_row(theirs):
    walked = {address for address, _params in addresses()}
    assert len(walked) > 200
    for model in scoped_models():
        assert model.objects.filter(pk=THEIRS, site=theirs.site).exists(), model
    for model in TRANSLATED:
        assert model.objects.filter(pk=THEIRS).exists(), model
        assert model.objects.filter(pk=OURS).exists(), model
    for number, mission in ((THEIRS, theirs.site), (OURS, demo_site())):
        page = Translation.objects.get(pk=number).get_target_instance()
        assert site_of(page) == mission and page.title.endswith(" page")


def test_no_private_page_of_next_door_is_opened_here(theirs, staff):
    walk = Walk(staff["public_affairs"], "public_affairs", theirs)
    walked = [(address, params) for address, params in addresses() if "/_util/" in address]
    assert {len(params) for _address, params in walked} == {0, 2}
    for address, params in walked:
        walk.at(address, params)
    assert walk.leaks == []
    named = {request: status for request, status in walk.answers.items() if str(THEIRS) in request}
    to_theirs = {s for request, s in named.items() if f"password/{THEIRS}/" in request}
    assert to_theirs == {404}
    assert {s for request, s in named.items() if f"/{THEIRS}/ " in request} == {404}


# Editors


def items(*values) -> dict:
    """Give the form data of a list block."""
    return streamfield([("item", value) for value in values])


def link(**target) -> tuple[str, dict]:
    """Give a block with one link."""
    empty = {"words": "More", "page": "", "document": "", "address": ""}
    return "links", {"title": "", "links": items(empty | target)}


def text(html: str) -> tuple[str, dict]:
    """Give a block of text."""
    return "paragraph", rich_text(html, features=PROSE)


def content_page(*blocks, title: str = "Notice") -> dict:
    """Give what the editor of a plain page sends."""
    return {"title": title, "slug": "notice", "summary": "", "body": streamfield(blocks)}


def office(**fields) -> dict:
    """Give what the editor of an office sends."""
    rows = {name: inline_formset([]) for name in ("contact_rows", "document_rows")}
    streams = {name: streamfield([]) for name in ("services", "ways_to_ask", "collections", "body")}
    plain = {"title": "Office", "slug": "office", "summary": "", "kind": "agency", "address": ""}
    return plain | {"also_known_as": "", "schedule": "", "head": ""} | rows | streams | fields


def official(**fields) -> dict:
    """Give what the editor of an official sends."""
    plain = {"title": "Official", "slug": "official", "summary": "", "rank": "", "portrait": ""}
    biography = rich_text("<p></p>", features=PROSE)
    return plain | {"biography": biography, "terms": inline_formset([])} | fields


def dated(**fields) -> dict:
    """Give what the editor sends for a term."""
    return {
        "begins": "",
        "ends": "",
        "still": "",
        "seen_on": "",
        "source_en": "A list of 2015",
    } | fields


FORGED = [
    (ContentPage, lambda: content_page(("contacts", {"title": "", "contacts": items(THEIRS)}))),
    (ContentPage, lambda: content_page(("documents", {"title": "", "documents": items(THEIRS)}))),
    (ContentPage, lambda: content_page(link(page=THEIRS))),
    (ContentPage, lambda: content_page(link(document=THEIRS))),
    (ContentPage, lambda: content_page(text(f'<p><a linktype="page" id="{THEIRS}">x</a></p>'))),
    (ContentPage, lambda: content_page(text(f'<p><a linktype="document" id="{THEIRS}">x</a></p>'))),
    (ContentPage, lambda: content_page(picture(THEIRS))),
    (OfficePage, lambda: office(schedule=THEIRS)),
    (OfficePage, lambda: office(head=THEIRS)),
    (OfficePage, lambda: office(contact_rows=inline_formset([{"contact": THEIRS}]))),
    (OfficePage, lambda: office(document_rows=inline_formset([file_row(THEIRS)]))),
    (OfficialPage, lambda: official(portrait=THEIRS)),
    (OfficialPage, lambda: official(terms=inline_formset([dated(post=THEIRS)]))),
]


def picture(image: int) -> tuple[str, dict]:
    """Give a block with a picture."""
    return "picture", {"image": {"image": image, "alt_text": "x"}, "caption": ""}


def file_row(document: int) -> dict:
    """Give what the editor of an office sends for a document."""
    return {"title": "Form", "document": document, "stated_type": "", "stated_size": ""}


def send(client: Client, page: Page, data: dict):
    """Send the editor's form of a page."""
    whole = {"sources": streamfield([]), "comments": inline_formset([])} | marks_of(page) | data
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        nested_form_data(whole),
    )


def one_of_ours(model: type, site: Site) -> Page:
    """Give a page of ours, of a type."""
    if model is ContentPage:
        return ContentPage.objects.get(pk=OURS)
    return model.objects.descendant_of(site.root_page).order_by("path").first()


@pytest.mark.parametrize("number", range(len(FORGED)))
def test_an_editor_refuses_what_is_next_door(theirs, site, press, number):
    model, data = FORGED[number]
    page = one_of_ours(model, site)
    before = page.latest_revision_id
    response = send(press, page, data())
    assert response.status_code == 200
    assert "belongs to another mission" in response.content.decode()
    assert not tells(response)
    assert model.objects.get(pk=page.pk).latest_revision_id == before


@pytest.mark.parametrize("number", range(len(FORGED)))
def test_an_editor_tells_nothing_of_next_door_when_more_is_wrong(theirs, site, press, number):
    model, data = FORGED[number]
    response = send(press, one_of_ours(model, site), data() | {"title": ""})
    assert response.status_code == 200
    assert not tells(response)


@pytest.mark.parametrize("model", [ContentPage, OfficePage, OfficialPage])
def test_the_same_forms_are_saved_with_what_is_ours(theirs, site, press, model):
    page = one_of_ours(model, site)
    good = {
        ContentPage: content_page(
            ("contacts", {"title": "", "contacts": items(OURS)}),
            ("documents", {"title": "", "documents": items(OURS)}),
            link(page=OURS),
            text(f'<p><a linktype="page" id="{OURS}">x</a></p>'),
            picture(OURS),
        ),
        OfficePage: office(
            schedule=OURS,
            head=OURS,
            contact_rows=inline_formset([{"contact": OURS}]),
            document_rows=inline_formset([file_row(OURS)]),
        ),
        OfficialPage: official(portrait=OURS, terms=inline_formset([dated(post=OURS)])),
    }
    before = page.latest_revision_id
    response = send(press, page, good[model])
    assert response.status_code == 302, response.context["form"].errors
    assert model.objects.get(pk=page.pk).latest_revision_id != before


@pytest.mark.parametrize("model", get_page_models(), ids=lambda model: model.__name__)
def test_no_editor_lists_anything_of_next_door(theirs, site, press, model):
    for page in model.objects.descendant_of(site.root_page, inclusive=True)[:1]:
        assert not tells(press.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
        name = model._meta.app_label, model._meta.model_name
        for parent in [page.get_parent(), page]:
            assert not tells(press.get(reverse("wagtailadmin_pages:add", args=[*name, parent.pk])))


def test_somebody_of_both_missions_is_told_what_is_wrong_and_loses_nothing(theirs, site, staff):
    user = staff["public_affairs"]
    user.groups.add(MissionRole.objects.get(site=theirs.site, role="section_editor").group)
    client = signed_in(user)
    response = send(client, one_of_ours(ContentPage, site), content_page(link(page=THEIRS)))
    errors = str(response.context["form"].errors["body"])
    assert f"“{MARK} page” belongs to another mission" in errors
    assert response.context["form"]["body"].value()[0].value["links"][0]["page"].pk == THEIRS


def contact_form(**fields) -> dict:
    """Give what the screen of a contact point sends."""
    plain = {"purpose": "office", "channel": "phone", "label_en": "Desk", "label_fr": ""}
    rest = {"value": "+22320702301", "callable_from": "anywhere", "sort_order": "1"}
    return plain | rest | {"through_en": "", "through_fr": ""} | fields


def test_a_contact_point_is_made_in_our_mission_only(theirs, site, press):
    add = "/admin/snippets/embassy/contactpoint/add/"
    hours = {"schedule": THEIRS}
    for forged in ({"site": theirs.site.pk}, {"site": site.pk, **hours}, hours):
        before = ContactPoint.objects.count()
        response = press.post(add, contact_form(**forged))
        assert response.status_code == 200
        assert not tells(response)
        assert ContactPoint.objects.count() == before
    response = press.post(add, contact_form(site=site.pk, schedule=OURS))
    assert response.status_code == 302, response.context["form"].errors


def test_the_missions_settings_refuse_hours_of_next_door(theirs, site, press):
    mission = MissionSettings.for_site(site)
    address = reverse("wagtailsettings:edit", args=["embassy", "missionsettings", site.pk])
    hours = {"schedule": THEIRS, "note_en": "", "note_fr": ""}
    response = press.post(
        address,
        nested_form_data(
            {
                "time_zone": "Africa/Bamako",
                "first_language": "en",
                "languages": ["en"],
                "service_hours": inline_formset([hours]),
                "social_pages": inline_formset([]),
            }
        ),
    )
    assert response.status_code == 200
    assert not tells(response)
    assert not mission.service_hours.filter(schedule_id=THEIRS).exists()


def test_an_alert_takes_places_of_its_mission_only(theirs, site, press):
    alert = AlertPage.objects.descendant_of(site.root_page).first()
    form = press.get(reverse("wagtailadmin_pages:edit", args=[alert.pk])).context["form"]
    offered = set(form.fields["places"].queryset.values_list("site", flat=True))
    assert offered == {site.pk}


# Accounts


@pytest.fixture
def keeper(staff) -> Client:
    """A browser in which our mission's administrator is signed in."""
    return signed_in(staff["administrator"])


def account_form(user: User, **fields) -> dict:
    """Give what the screen of an account sends."""
    return {
        "email": user.email,
        "first_name": "New",
        "last_name": "",
        "mission": user.mission_id,
        "is_active": "on",
    } | fields


def test_an_administrator_gives_no_role_and_no_mission_next_door(theirs, staff, keeper):
    user = staff["consular"]
    address = reverse("admin:embassy_user_change", args=[user.pk])
    group = MissionRole.objects.get(site=theirs.site, role="approver").group
    for forged in ({"groups": [group.pk]}, {"mission": theirs.site.pk}):
        response = keeper.post(address, account_form(user, **forged))
        assert response.status_code == 200
        assert not tells(response)
    user.refresh_from_db()
    assert user.mission != theirs.site
    assert group not in user.groups.all()


def test_an_administrator_gives_no_rights_but_roles(site, staff, keeper):
    user = staff["consular"]
    rights = list(MissionRole.objects.get(site=site, role="administrator").group.permissions.all())
    forged = {"is_superuser": "on", "is_staff": "", "user_permissions": [r.pk for r in rights]}
    address = reverse("admin:embassy_user_change", args=[user.pk])
    assert keeper.post(address, account_form(user, **forged)).status_code == 302
    user.refresh_from_db()
    assert (user.first_name, user.is_superuser, user.is_staff) == ("New", False, True)
    assert not user.user_permissions.exists()


def test_a_new_account_is_of_our_mission_and_has_no_rights_yet(theirs, site, keeper):
    add = reverse("admin:embassy_user_add")
    forged = {"is_superuser": "on", "is_active": "on", "email": "new@bamako.example"}
    for more in ({"mission": theirs.site.pk}, {"mission": site.pk, "groups": [THEIRS]}):
        refused = keeper.post(add, forged | more)
        assert refused.status_code == 200
        assert not tells(refused)
    assert keeper.post(add, forged | {"mission": site.pk}).status_code == 302
    made = User.objects.get(email="new@bamako.example")
    assert (made.mission, made.is_superuser, made.groups.count()) == (site, False, 0)
    assert not made.is_active


def test_an_administrator_leaves_alone_who_has_a_role_next_door(theirs, site, staff, keeper):
    user = staff["consular"]
    invite = reverse("admin:account_invite_again", args=[user.pk])
    assert keeper.get(invite).status_code == 200
    user.groups.add(MissionRole.objects.get(site=theirs.site, role="section_editor").group)
    assert keeper.get(invite).status_code in REFUSED
    assert keeper.get(reverse("admin:embassy_user_change", args=[user.pk])).status_code in REFUSED


def test_another_role_next_door_does_not_make_an_administrator_there(theirs, staff):
    user = staff["administrator"]
    user.groups.add(MissionRole.objects.get(site=theirs.site, role="section_editor").group)
    client = signed_in(user)
    address = reverse("admin:embassy_user_change", args=[theirs.user.pk])
    assert client.get(address).status_code in REFUSED
    assert not tells(client.get(reverse("admin:embassy_user_changelist")))


def test_nobody_changes_their_own_roles(staff, keeper):
    user = staff["administrator"]
    others = list(MissionRole.objects.filter(site=user.mission).values_list("group", flat=True))
    address = reverse("admin:embassy_user_change", args=[user.pk])
    before = set(user.groups.all())
    form = account_form(user, groups=others)
    del form["mission"]
    answer = keeper.post(address, form)
    assert "Nobody changes their own roles." in answer.content.decode()
    assert set(user.groups.all()) == before


def test_an_administrator_stores_their_own_name_and_the_record_keeps_both(staff, keeper):
    user = staff["administrator"]
    address = reverse("admin:embassy_user_change", args=[user.pk])
    form = account_form(user)
    del form["mission"], form["is_active"]
    assert keeper.post(address, form | {"is_active": "on"}).status_code == 302
    user.refresh_from_db()
    assert user.first_name == "New"
    entry = AuditEntry.objects.of_action("accounts.renamed").get()
    assert entry.details == {"before": f"Issa Admin ({user.email})", "after": f"New ({user.email})"}


@pytest.mark.parametrize("screen", ["users", "groups"])
def test_wagtails_own_screens_of_accounts_are_off_for_everybody(site, staff, screen):
    boss = signed_in(User.objects.create_superuser("boss@example.org", "secret words"))
    assert boss.get(f"/admin/{screen}/").status_code == 404
    assert boss.post(f"/admin/{screen}/new/").status_code == 404
    assert f'href="/admin/{screen}/"' not in boss.get("/admin/").content.decode()
    user = staff["consular"]
    address = f"/admin/bulk/embassy/user/assign_role/?id={user.pk}"
    assert boss.get(address).status_code == 404


@pytest.mark.parametrize("role", ["consular", "administrator"])
def test_tags_which_all_missions_share_have_no_screen(staff, role):
    client = signed_in(staff[role])
    for address in ("/django-admin/taggit/tag/", "/django-admin/taggit/tag/merge-tags/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"new_tag_name": "HACKED"}).status_code == 404
    assert not Tag.objects.filter(name="HACKED").exists()


# What readers and staff meet elsewhere


def test_the_fence_reads_ids_as_the_database_does(theirs, keeper, press):
    for number in ("7_70077", "+770077", " 770077", "٧٧٠٠٧٧", "0770077"):
        query = {"id": number}
        assert press.get("/admin/choose-page/chosen-multiple/", query).status_code in (200, 404)
        assert not tells(press.get("/admin/choose-page/chosen-multiple/", query))
    assert keeper.get("/django-admin/embassy/user/_3770077/change/").status_code in REFUSED
    assert keeper.get("/django-admin/embassy/user/77_30077/change/").status_code in REFUSED


def test_an_address_next_door_stays_an_address_elsewhere(theirs, press, site):
    ContentPage.objects.filter(pk=THEIRS).update(draft_title="SECRET DRAFT")
    data = {"external-link-chooser-link_text": ""}
    theirs_at, ours_at = theirs.page.full_url, ContentPage.objects.get(pk=OURS).full_url
    answers = [
        press.post("/admin/choose-external-link/", data | {"external-link-chooser-url": url})
        for url in (theirs_at, ours_at)
    ]
    assert "SECRET DRAFT" not in answers[0].content.decode()
    assert '"id"' not in answers[0].content.decode()
    assert f'"id": {OURS}' in answers[1].content.decode()


PUBLIC = [
    *("/", "/fr/", "/search/?q=zqx", "/sitemap.xml", "/news/feed.atom", "/fr/news/feed.atom"),
    *("/alerts/feed.atom", "/alerts/feed.rss", "/alerts/archive.atom", "/alerts/cap.atom"),
    *("/alerts/alerts.geojson", "/travel-advisory/feed.atom", "/travel-advisory/advisory.json"),
    *("/holidays.ics", "/api/v1/offices?limit=100", "/api/v1/officials?limit=100", "/api/v1/posts"),
    *("/api/v1/news?limit=100", "/api/v1/alerts?state=all", "/api/v1/fact-sheets?limit=100"),
]


@pytest.mark.parametrize("path", [*PUBLIC, f"/{MARK.lower()}-page/", f"/{MARK.lower()}-draft/"])
def test_our_address_shows_nothing_of_next_door(theirs, path):
    response = Client().get(path, HTTP_HOST="localhost")
    assert response.status_code in (200, 302, 404)
    told = b"".join(response).decode() if response.streaming else response.content.decode()
    assert f"{MARK} page" not in told
    assert f"{MARK.lower()}.localhost" not in told


def test_another_missions_address_does_not_serve_our_pages(theirs, site):
    host = theirs.site.hostname
    for page in ContentPage.objects.descendant_of(site.root_page).live()[:5]:
        if page.slug not in theirs.site.root_page.get_children().values_list("slug", flat=True):
            response = Client().get(f"/{page.slug}/", HTTP_HOST=host)
            assert response.status_code == 404, page
    news = Client().get("/news/feed.atom", HTTP_HOST=host).content.decode()
    assert "://localhost" not in news
    assert "OWN-BAMAKO" not in news


def test_a_missions_documents_are_served_at_its_own_address(theirs, staff):
    ours = type(theirs.document).objects.get(pk=OURS)
    for document in (ours, theirs.document):  # both lie in a collection for the signed-in
        assert Client().get(document.url, HTTP_HOST="localhost").status_code == 404
    press = signed_in(staff["public_affairs"])
    assert press.get(ours.url).status_code == 200
    assert press.get(theirs.document.url).status_code == 404
    theirs.page.body = [("documents", {"title": "", "documents": [theirs.document]})]
    theirs.page.save_revision().publish()
    response = Client().get(theirs.document.url, HTTP_HOST=theirs.site.hostname)
    assert response.status_code == 302
    theirs.document.collection.get_view_restrictions().delete()
    assert Client().get(theirs.document.url, HTTP_HOST="localhost").status_code == 404
    response = Client().get(theirs.document.url, HTTP_HOST=theirs.site.hostname)
    assert response.status_code == 200
