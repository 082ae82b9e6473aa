"""Pages go out by two people: who wrote any word since they were public does not let them out."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from embassy import publishing
from embassy.approval import Refused, second_person_needed
from embassy.models import ContentPage, PageWriter, User
from embassy.models.workflow import SecondPersonTask, reading_of
from embassy.publishing import waiting
from tests.editor import posted
from tests.two_people import approved_on_desk, as_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(home):
    """A page that readers see, made by a program."""
    made = ContentPage(title="Visas", slug="visa-hours", locale=home.locale)
    home.add_child(instance=made)
    made.save_revision().publish()
    return ContentPage.objects.get(pk=made.pk)


def write(page, by, title: str):
    """Store another title as somebody."""
    now = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    now.title = title
    return now.save_revision(user=by, log_action=True)


def public(page) -> str:
    """Give the title readers see."""
    return ContentPage.objects.get(pk=page.pk).title


def read(page) -> str:
    """Give what somebody has read who opens the page's desk now."""
    return reading_of(ContentPage.objects.get(pk=page.pk).latest_revision)


def test_smoke(page, staff):
    write(page, staff["section_editor"], "Visas on Monday")
    publishing.submit(page, staff["section_editor"])
    assert public(page) == "Visas"
    desk = Client(HTTP_HOST="localhost")
    desk.force_login(staff["public_affairs"])
    shown = desk.get(f"/admin/publishing/{page.pk}/")
    assert "Approve and publish" in shown.content.decode()
    assert desk.get("/admin/").status_code == 200
    assert desk.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    publishing.approve(page, staff["public_affairs"], read(page))
    assert public(page) == "Visas on Monday"
    assert not PageWriter.objects.of(page).exists()
