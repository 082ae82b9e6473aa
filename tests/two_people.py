"""What a test needs to publish as staff do: one account submits, another one approves."""

from django.test import Client
from wagtail.models import Page

from embassy.models.workflow import reading_of
from embassy.release.publishing import waiting

HOST = "localhost"


def as_submitted(data: dict) -> dict:
    """Give a form as it is posted with the button that submits, whatever button it named."""
    kept = {name: value for name, value in data.items() if not name.startswith("action-")}
    return kept | {"action-submit": "1"}


def approved_on_desk(page, by, read: str | None = None):
    """Approve on the page's desk what waits there, as somebody who has just read it."""
    desk = Client(HTTP_HOST=HOST)
    desk.force_login(by)
    latest = Page.objects.get(pk=page.pk).latest_revision
    data = {"step": "approve", "read": reading_of(latest) if read is None else read}
    return desk.post(f"/admin/publishing/{page.pk}/step/", data)


def posted_and_approved(client, address: str, data: dict, by, page=None):
    """Post an editor's form as one account and approve as another; give the editor's answer.

    The page is the one edited, or of a form for a new page the one that was made by it.
    """
    answer = client.post(address, as_submitted(data))
    if answer.status_code == 302:
        page = page or Page.objects.order_by("pk").last()
        assert waiting(page).exists(), "it was not submitted"
        assert approved_on_desk(page, by).status_code == 302, "it was not approved"
    return answer
