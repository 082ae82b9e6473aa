"""Every page type: where it may stand, and that its demo page can be read, edited and previewed."""

import pytest
from django.apps import apps
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase

from advisories.models import Clearance
from embassy.models import User
from embassy.pages import BasePage
from tests.editor import plain, posted, stored
from tests.two_people import posted_and_approved

PARENTS = {
    "embassy.HomePage": {"wagtailcore.Page"},
    "embassy.ContentPage": {"embassy.HomePage", "embassy.ContentPage"},
    "sections.OfficeIndexPage": {"embassy.HomePage"},
    "sections.OfficePage": {"sections.OfficeIndexPage", "sections.OfficePage"},
    "sections.OfficialIndexPage": {"embassy.HomePage"},
    "sections.OfficialPage": {"sections.OfficialIndexPage"},
    "relations.RelationsPage": {"embassy.HomePage"},
    "relations.FactSheetIndexPage": {"embassy.HomePage"},
    "relations.FactSheetPage": {"relations.FactSheetIndexPage"},
    "relations.FactSheetEdition": {"relations.FactSheetPage"},
    "relations.NewsIndexPage": {"embassy.HomePage"},
    "relations.NewsPage": {"relations.NewsIndexPage"},
    "relations.EventPage": {"relations.NewsIndexPage"},
    "advisories.AlertIndexPage": {"embassy.HomePage"},
    "advisories.AlertPage": {"advisories.AlertIndexPage"},
    "advisories.TravelAdvisoryPage": {"embassy.HomePage"},
    "advisories.CountryIndexPage": {"embassy.HomePage"},
    "advisories.CountryInfoPage": {"advisories.CountryIndexPage"},
}
NOT_IN_DEMO = {"relations.EventPage"}


def page_types() -> list[type]:
    """Give every page type of ours."""
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def test_every_page_type_is_listed_here():
    assert {model._meta.label for model in page_types()} == set(PARENTS)


@pytest.mark.parametrize("label", sorted(PARENTS))
def test_page_type_stands_only_where_it_belongs(label):
    model = apps.get_model(label)
    parents = {parent._meta.label for parent in model.allowed_parent_page_models()}
    assert parents == PARENTS[label]


class DemoPages(WagtailPageTestCase):
    """One page of each type, through Wagtail's own editor and preview."""

    def setUp(self):
        self.client.defaults["HTTP_HOST"] = "localhost"
        self.client.force_login(User.objects.get(email="press@bamako.example"))

    def one_of_each(self) -> list[Page]:
        """Give the first demo page of each type."""
        found = []
        for model in page_types():
            page = model.objects.filter(live=True).first()
            if page is None:
                assert model._meta.label in NOT_IN_DEMO, model
            else:
                found.append(page)
        return found

    def test_pages_can_be_read(self):
        for page in self.one_of_each():
            with self.subTest(page=page):
                self.assertPageIsRoutable(page)
                self.assertPageIsRenderable(page)

    def test_what_the_editor_posts_is_what_is_stored(self):
        user = User.objects.get(email="press@bamako.example")
        for page in self.one_of_each():
            with self.subTest(page=page):
                Clearance.objects.filter(page=page).update(state="draft")
                before = words_of(page)
                address, data = f"/admin/pages/{page.pk}/edit/", posted(page, user)
                if page.approved_by:
                    second = User.objects.get(email="approver@bamako.example")
                    response = posted_and_approved(self.client, address, data, second, page)
                else:
                    response = self.client.post(address, data)
                assert response.status_code == 302, errors_of(response)
                after = type(page).objects.get(pk=page.pk)
                assert after.latest_revision_id != page.latest_revision_id
                if hasattr(after, "clearance"):  # written, and not yet in the page's own row
                    after = after.get_latest_revision_as_object()
                assert words_of(after) == before

    def test_pages_can_be_previewed(self):
        user = User.objects.get(email="press@bamako.example")
        for page in self.one_of_each():
            with self.subTest(page=page):
                data = {**posted(page, user), "title": "Changed in the preview"}
                self.assertPageIsPreviewable(page, post_data=data)


def words_of(page: Page) -> list[str]:
    """Give all that an editor wrote on a page: its fields, StreamFields and rows."""
    found = [f"{name}={value}" for name, value in sorted(stored(page).items())]
    for relation in page._meta.related_objects:
        if relation.get_accessor_name() in ROWS:
            rows = getattr(page, relation.get_accessor_name()).order_by("sort_order")
            found += [
                plain({k: str(v) for k, v in stored(row).items() if k != "id"}) for row in rows
            ]
    return found


ROWS = {"texts", "terms", "contact_rows", "document_rows"}


def errors_of(response) -> str:
    """Give the sentences with which the editor refused."""
    form = response.context["form"]
    rows = [formset.errors for formset in form.formsets.values()]
    return f"{form.errors} {rows}"


@pytest.mark.django_db
def test_page_cannot_be_moved_under_a_wrong_parent(editor_client, home):
    office = Page.objects.get(slug="press-office", locale__language_code="en")
    target = Page.objects.get(slug="news", locale__language_code="en")
    response = editor_client.post(
        f"/admin/pages/{office.pk}/move/{target.pk}/confirm/", HTTP_HOST="localhost"
    )
    assert response["Location"] == f"/admin/pages/{office.pk}/move/"
    told = editor_client.get(response["Location"], HTTP_HOST="localhost").content.decode()
    assert "cannot stand below" in told
    office.refresh_from_db()
    assert not office.is_child_of(target)


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["news", "sections-offices", "home-below"])
def test_who_may_not_move_a_page_is_told_so_in_one_sentence(client, home, staff, target):
    office = Page.objects.get(slug="press-office", locale__language_code="en")
    below = {
        "news": Page.objects.get(slug="news", locale__language_code="en"),  # where it cannot stand
        "sections-offices": office.get_parent(),  # where it stands already
        "home-below": home,
    }[target]
    client.force_login(staff["section_editor"])
    address = f"/admin/pages/{office.pk}/move/{below.pk}/confirm/"
    answer = client.post(address, HTTP_HOST="localhost", follow=True)
    [told] = [str(message) for message in answer.context["messages"]]
    moved = "permission to move “Press Office”: readers see it. Ask somebody who publishes pages"
    reasons = {"sections-offices": moved}
    assert reasons.get(target, f"“Press Office” cannot stand below “{below.title}”.") in told
    assert office.path == Page.objects.get(pk=office.pk).path


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["abc", "1e3", "-", "9" * 30])
def test_page_cannot_be_moved_or_copied_to_what_is_no_page(editor_client, home, sent):
    office = Page.objects.get(slug="press-office", locale__language_code="en")
    data = {"new_parent_page": sent, "new_title": "x", "new_slug": "x"}
    for screen in ("move", "copy"):
        address = f"/admin/pages/{office.pk}/{screen}/"
        assert editor_client.post(address, data, HTTP_HOST="localhost").status_code in (200, 404)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/fr/alerts/", "/fr/travel-advisory/"])
def test_warnings_answer_in_both_languages(client, path):
    english = client.get(path.removeprefix("/fr"), HTTP_HOST="localhost").content.decode()
    french = client.get(path, HTTP_HOST="localhost").content.decode()
    assert '<html lang="en"' in english and '<html lang="fr"' in french
    assert f'href="{path}"' in english or f'localhost{path}"' in english


@pytest.mark.django_db
def test_agency_and_section_cannot_be_moved_where_their_kind_does_not_stand(home):
    index = Page.objects.get(slug="sections-offices", locale__language_code="en").specific
    section = Page.objects.get(slug="management-section", locale__language_code="en").specific
    agency = Page.objects.get(slug="department-of-defense", locale__language_code="en").specific
    state = Page.objects.get(slug="department-of-state", locale__language_code="en").specific
    assert not section.can_move_to(index)
    assert section.can_move_to(agency)
    assert not agency.can_move_to(state)
