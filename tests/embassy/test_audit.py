"""What is on record: each act through its real screen, once, for its mission."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone
from wagtail.log_actions import log, registry
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.locks import LOCKED
from advisories import lifecycle
from advisories.models import Clearance, Indicator
from embassy.acts import requested
from embassy.auditing import audit, audit_screens
from embassy.demo import under
from embassy.demo.staff import PASSWORD
from embassy.models import AuditEntry, ContactPoint, User
from relations.models import NewsPage
from sections.models import OfficePage, OfficialPage
from tests.accounts import signing
from tests.advisories.factories import draft
from tests.editor import posted
from tests.second_person import confirm_all
from tests.two_people import posted_and_approved

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}


def signed_in(user) -> Client:
    """Give a browser somebody is signed in with."""
    client = Client(**HOST)
    client.force_login(user)
    return client


@pytest.fixture
def since():
    """Give what was put on record since the test began, the oldest first."""
    start = AuditEntry.objects.order_by("pk").last()

    def entries(action: str) -> list[AuditEntry]:
        """Give the entries of one act."""
        rows = AuditEntry.objects.of_action(action).order_by("pk")
        return list(rows.filter(pk__gt=start.pk) if start else rows)

    return entries


def words_under_way(staff):
    """A draft that the duty officer wrote."""
    now = timezone.now()
    return draft(now - timedelta(hours=1), now + timedelta(hours=6), by=staff["duty_officer"])


# Wagtail's log


@pytest.mark.parametrize("model", [OfficePage, OfficialPage, NewsPage])
def test_an_edit_of_each_type_of_page_is_on_record(site, staff, editor_client, since, model):
    page = model.objects.descendant_of(site.root_page).first()
    address, data = f"/admin/pages/{page.pk}/edit/", posted(page, staff["public_affairs"])
    editor_client.defaults.update(HOST)
    response = posted_and_approved(editor_client, address, data, staff["approver"], page)
    assert response.status_code == 302, response.context["form"].errors
    for action, role in (("wagtail.edit", "public_affairs"), ("wagtail.publish", "approver")):
        (entry,) = since(action)
        assert (entry.by, entry.site) == (staff[role], site)
        assert entry.target_type == model._meta.label_lower
        assert (entry.target_id, entry.target_label) == (str(page.pk), page.title)
        assert set(entry.details) == {"revision"}


def test_a_row_changed_in_its_screen_is_on_record(site, staff, editor_client, since):
    contact = ContactPoint.objects.for_site(site).first()
    address = f"/admin/snippets/embassy/contactpoint/edit/{contact.pk}/"
    form = editor_client.get(address, **HOST).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    names = {"label_en": "Desk", "label_fr": "", "through_en": "", "through_fr": ""}
    response = editor_client.post(address, data | names, **HOST)
    assert response.status_code == 302, response.context["form"].errors
    confirm_all(by=staff["approver"])
    for action, role in ((requested.ASKED, "public_affairs"), (requested.CONFIRMED, "approver")):
        (entry,) = since(action)
        assert (entry.target_type, entry.target_id) == ("embassy.contactpoint", str(contact.pk))
        assert (entry.by, entry.site, entry.kind) == (staff[role], site, "Contact point")
        assert entry.details == {"act": "change"}


def test_what_is_deleted_keeps_its_name_and_its_mission(home, staff, editor_client, since):
    page = NewsPage(title="To go", slug="to-go", date=timezone.localdate())
    under("news").add_child(instance=page)
    editor_client.post(f"/admin/pages/{page.pk}/delete/", **HOST)
    confirm_all(by=staff["approver"])
    (entry,) = since("wagtail.delete")
    assert (entry.target_label, entry.target_id) == ("To go", str(page.pk))
    assert entry.site.root_page_id == home.pk


def test_each_step_of_a_warning_is_on_record(staff, site, since):
    page = words_under_way(staff)
    lifecycle.submit(page, staff["duty_officer"], timezone.now())
    data = {"step": "approve", "read": Clearance.objects.get(page=page).reading}
    signed_in(staff["approver"]).post(f"/admin/warnings/{page.pk}/step/", data)
    (entry,) = since("advisories.approve")
    assert (entry.by, entry.target_label, entry.site) == (staff["approver"], "Roads closed", site)
    assert entry.details == {"act": "issue", "state": "issued"}
    (submitted,) = since("advisories.submit")
    assert submitted.by == staff["duty_officer"]


def test_a_step_that_is_refused_is_not_on_record(staff, since):
    page = words_under_way(staff)
    signed_in(staff["duty_officer"]).post(f"/admin/warnings/{page.pk}/step/", {"step": "approve"})
    assert not since("advisories.approve")


def test_nothing_that_people_wrote_is_copied(home, staff, since):
    log(
        home,
        "wagtail.comments.create",
        user=staff["approver"],
        data={"comment": {"text": "SECRET"}},
    )
    (entry,) = since("wagtail.comments.create")
    assert "SECRET" not in str(entry.__dict__)


def test_every_log_of_wagtail_is_copied():
    assert registry.get_log_entry_models() == {PageLogEntry, ModelLogEntry}


def written_at(home, at, uuid, revision) -> None:
    """Log an edit as the editor does that saves by itself."""
    log(home, "wagtail.edit", uuid=uuid, revision=revision, timestamp=at)


def test_saving_by_itself_is_on_record_every_ten_minutes(home, since):
    start, uuid, revision = timezone.now(), uuid4(), home.save_revision()
    for pause in (timedelta(), timedelta(seconds=5), audit.WINDOW - timedelta(microseconds=1)):
        written_at(home, start + pause, uuid, revision)
    assert len(since("wagtail.edit")) == 1
    written_at(home, start + audit.WINDOW, uuid, revision)
    assert len(since("wagtail.edit")) == 2


def test_another_act_upon_the_same_words_is_on_record_at_once(home, since):
    start, revision = timezone.now(), home.save_revision()
    for _time in range(2):
        written_at(home, start, uuid4(), revision)
    assert len(since("wagtail.edit")) == 2


# The Django admin


def test_a_change_of_an_account_is_on_record(staff, site, since):
    account = staff["section_editor"]
    fields = {"email": account.email, "first_name": "Aminata", "last_name": "E", "is_active": "on"}
    groups = list(account.groups.values_list("pk", flat=True))
    response = signed_in(staff["administrator"]).post(
        f"/django-admin/embassy/user/{account.pk}/change/",
        {**fields, "mission": site.pk, "groups": groups},
    )
    assert response.status_code == 302, response.context["adminform"].errors
    (entry,) = since(audit.CHANGED)
    assert (entry.by, entry.site, entry.kind) == (staff["administrator"], site, "Account")
    assert (entry.target_id, entry.target_label) == (str(account.pk), "Aminata E")
    assert entry.details == {"fields": ["First name", "Last name"]}


def test_a_new_account_is_on_record_without_its_token(staff, site, since):
    data = {"email": "new@bamako.example", "mission": site.pk}
    signed_in(staff["administrator"]).post("/django-admin/embassy/user/add/", data)
    account = User.objects.get(email="new@bamako.example")
    for action in (audit.ADDED, "accounts.invited"):
        (entry,) = since(action)
        assert (entry.target_id, entry.by) == (str(account.pk), staff["administrator"])
    assert account.invitations.get().digest not in str(entry.__dict__)


def test_reference_data_count_for_the_mission_of_who_changed_them(staff, site, since):
    row = Indicator.objects.first()  # no row of a mission
    said = [{"changed": {"fields": ["name"]}}]
    LogEntry.objects.log_actions(staff["administrator"].pk, [row], CHANGE, said)
    (entry,) = since(audit.CHANGED)
    assert (entry.site, entry.target_type) == (site, "advisories.indicator")


def test_several_are_not_deleted_at_once_which_would_leave_no_trace(staff, site):
    root = User.objects.create_superuser("root@bamako.example", "x", mission=site)
    listed = signed_in(root).get("/django-admin/advisories/indicator/").content.decode()
    assert "delete_selected" not in listed


# Signing in


@pytest.mark.parametrize("role", ["approver", "administrator"])
def test_signing_in_and_out_are_on_record(client, real_sessions, staff, site, since, role):
    signing.sign_in(client, staff[role], PASSWORD)
    (entry,) = since(audit.SIGNED_IN)
    assert (entry.by, entry.site) == (staff[role], site)
    client.post("/account/sign-out/", **HOST)
    (entry,) = since(audit.SIGNED_OUT)
    assert (entry.by, entry.site) == (staff[role], site)


def test_a_failed_sign_in_names_the_account(client, staff, site, since):
    typed = f" {staff['approver'].email.upper()} "
    signing.give_password(client, typed, "wrong-words")
    (entry,) = since(audit.SIGN_IN_FAILED)
    assert (entry.by, entry.site, entry.details) == (None, site, {})
    assert (entry.target_id, entry.kind) == (str(staff["approver"].pk), "Account")
    assert "wrong-words" not in str(entry.__dict__)


def test_a_wrong_code_after_the_right_password_is_a_failure_too(
    client, real_sessions, staff, site, since
):
    person = staff["approver"]
    signing.give_password(client, person.email, PASSWORD)
    signing.give_code(client, signing.wrong_code(signing.secret_of(person)))
    (entry,) = since(audit.SIGN_IN_FAILED)
    assert (entry.by, entry.site, entry.target_id) == (None, site, str(person.pk))
    assert entry.details == {"step": "second factor"}
    assert not since(audit.SIGNED_IN)


def test_a_lock_is_on_record_once_and_what_is_no_account_is_not(client, staff, site, since):
    person = staff["approver"]
    for typed in (person.email, "x@y.example"):
        for _time in range(7):
            signing.give_password(client, typed, "wrong-words")
    (entry,) = since(LOCKED)
    assert (entry.by, entry.site, entry.target_id) == (None, site, str(person.pk))


def test_what_is_no_account_is_kept_as_a_mark_only(client, site, since):
    for typed in ("my-password@x.example", "My-Password@x.example ", "another@x.example"):
        signing.give_password(client, typed, "wrong-words")
    first, again, other = since(audit.SIGN_IN_FAILED)
    assert first.details == again.details != other.details
    assert (first.by, first.target_id, first.site) == (None, "", site)
    assert "my-password" not in str([entry.__dict__ for entry in (first, again)]).lower()


def test_a_failure_is_of_the_mission_whose_account_it_is(client, staff, site, dakar, since):
    for typed in (staff["approver"].email, "x@y.example"):
        sent = {"login": typed, "password": "x"}
        client.post("/account/sign-in/", sent, HTTP_HOST="dakar.localhost")
    known, unknown = since(audit.SIGN_IN_FAILED)
    assert (known.site, unknown.site) == (site, dakar)


# What staff saw


def test_opening_an_editor_a_desk_or_an_account_is_on_record(staff, site, since):
    page = words_under_way(staff)
    officer, keeper = signed_in(staff["duty_officer"]), signed_in(staff["administrator"])
    for client, address in (
        (officer, f"/admin/pages/{page.pk}/edit/?x=SECRET"),
        (officer, f"/admin/warnings/{page.pk}/"),
        (officer, f"/admin/pages/{page.pk}/view_draft/"),
        (officer, f"/admin/pages/{page.pk}/history/"),
        (officer, "/admin/deliveries/"),
        (keeper, f"/django-admin/embassy/user/{staff['approver'].pk}/change/"),
        (keeper, "/django-admin/embassy/user/"),
    ):
        assert client.get(address).status_code == 200, address
    seen = since(audit.SEEN)
    assert [audit_screens.screen_name(entry.details["screen"]) for entry in seen] == [
        *("editor", "desk", "draft", "history", "Deliveries", "editor", "List of accounts")
    ]
    assert {entry.site for entry in seen} == {site}
    assert [entry.target_id for entry in seen[:4]] == [str(page.pk)] * 4
    assert seen[0].target_type == "advisories.alertpage"
    assert (seen[5].target_id, seen[5].by) == (str(staff["approver"].pk), staff["administrator"])
    assert "SECRET" not in str([entry.__dict__ for entry in seen])


def test_what_was_not_shown_is_not_on_record(staff, site, dakar, since):
    page, client = words_under_way(staff), signed_in(staff["section_editor"])
    assert client.get(f"/admin/pages/{dakar.root_page_id}/edit/").status_code == 404
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code in (302, 403)
    assert client.get("/django-admin/embassy/user/").status_code == 403
    assert client.get("/admin/").status_code == 200  # names nothing
    assert client.get(f"/admin/pages/{site.root_page_id}/").status_code == 200  # on the way
    client.post(f"/admin/pages/{site.root_page_id}/edit/", {})
    assert Client(**HOST).get(f"/admin/pages/{page.pk}/edit/").status_code == 302
    assert not since(audit.SEEN)


def test_pings_and_parts_of_pages_are_not_on_record(staff, since):
    page, client = words_under_way(staff), signed_in(staff["duty_officer"])
    assert client.get(f"/admin/warnings/{page.pk}/live/").status_code in (200, 405)
    assert client.get("/admin/choose-page/").status_code == 200
    assert not since(audit.SEEN)


def test_going_back_to_a_screen_is_on_record_after_ten_minutes(home, staff, since):
    match, at = resolve(f"/admin/pages/{home.pk}/edit/"), timezone.now()
    inside = timedelta(minutes=10) - timedelta(microseconds=1)
    for pause in (timedelta(), timedelta(seconds=1), inside):
        audit_screens.note_seen(staff["approver"], match, at + pause)
    assert len(since(audit.SEEN)) == 1
    audit_screens.note_seen(staff["approver"], match, at + timedelta(minutes=10))
    assert len(since(audit.SEEN)) == 2


def test_another_person_thing_or_screen_is_on_record_at_once(home, staff, since):
    at = timezone.now()
    for who, address in (
        ("approver", f"/admin/pages/{home.pk}/edit/"),
        ("consular", f"/admin/pages/{home.pk}/edit/"),
        ("approver", f"/admin/pages/{home.pk}/history/"),
        ("approver", f"/admin/pages/{under('news').pk}/edit/"),
    ):
        audit_screens.note_seen(staff[who], resolve(address), at)
    assert len(since(audit.SEEN)) == 4


def test_public_pages_ask_nothing_more_for_it(home, client, staff, since):
    client.get("/", **HOST)
    with CaptureQueriesContext(connection) as asked:
        client.get("/", **HOST)
    assert not [query for query in asked.captured_queries if "audit" in query["sql"]]
    middleware = audit_screens.AuditMiddleware(lambda request: "page")
    request = client.get("/", **HOST).wsgi_request
    del request.user  # so that asking who reads would fail
    with CaptureQueriesContext(connection) as asked:
        assert middleware(request) == "page"
    assert not asked.captured_queries
    signed_in(staff["approver"]).get("/")
    assert not since(audit.SEEN)


# Exports


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_each_export_is_on_record(staff, site, since, kind):
    client = signed_in(staff["approver"])
    for _time in range(2):
        response = client.get(f"/admin/reports/site-history/?export={kind}")
        assert response.status_code == 200 and b"".join(response)
    first, second = since(audit.EXPORTED)
    assert (first.by, first.site, second.site) == (staff["approver"], site, site)
    assert first.details == {"screen": "wagtailadmin_reports:site_history"}


def test_the_export_of_the_audit_is_on_record_and_in_it(staff, since):
    response = signed_in(staff["approver"]).get("/admin/reports/audit/?export=csv")
    text = b"".join(response).decode()
    (entry,) = since(audit.EXPORTED)
    assert entry.details == {"screen": "audit"}
    assert f"{entry.pk}," in text


# Names


def test_every_act_has_a_name(site, staff):
    for action in ("wagtail.edit", "advisories.approve", audit.SEEN):
        assert audit.name_of(action) != action
    assert audit.name_of("of an app that was taken out") == "of an app that was taken out"


def test_an_app_names_its_own_acts(monkeypatch):
    monkeypatch.setattr(audit, "ACTIONS", dict(audit.ACTIONS))
    audit.name_action("accounts.second_factor_reset", "Second factor reset")
    assert audit.name_of("accounts.second_factor_reset") == "Second factor reset"
