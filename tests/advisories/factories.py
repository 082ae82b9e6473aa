"""Makes warnings in the states that tests need."""

from datetime import datetime, timedelta

from django.utils import timezone
from wagtail.models import Page

from advisories import lifecycle
from advisories.models import (
    AlertContact,
    AlertIndexPage,
    AlertKind,
    AlertPage,
    AlertText,
    Clearance,
    Issue,
    Webhook,
)
from advisories.vocabulary import Act
from embassy.demo import home, quoting
from embassy.demo.contacts import DUTY
from embassy.fields import Texts


def issue(page):
    """Issue an alert as it stands, as a command would."""
    page.save_issued_words()
    return lifecycle.put_on_record(page, timezone.now())


def end(page, act: Act, staff: dict, note: Texts | None = None) -> Issue:
    """End an alert as two officers do, with a sentence in each of its languages."""
    note = note or Texts(en="It is over.", fr="C’est fini.")
    lifecycle.end(page, staff["duty_officer"], timezone.now(), act, note)
    seen = Clearance.objects.get(page=page).reading
    return lifecycle.approve(page, staff["approver"], timezone.now(), seen)


def alert(
    effective: datetime,
    expires: datetime | None,
    title: str = "Roads closed",
    below: Page | None = None,
    **fields,
):
    """Make and issue an alert with an English text, of the demo mission unless told `below`."""
    page = unsaved(effective, expires, title, **fields)
    if below is not None:
        page.contact_rows = []  # those of the demo mission are not another's to quote
    index(below or home()).add_child(instance=page)
    issue(page)
    return page


def draft(effective: datetime, expires: datetime, by, title: str = "Roads closed", **fields):
    """Make a draft that somebody wrote."""
    page = unsaved(effective, expires, title, **fields)
    page.live = False
    index(home()).add_child(instance=page)
    page.save_revision(user=by)
    return page


def index(below: Page) -> AlertIndexPage:
    """Give the list of alerts of a mission, by its home page."""
    return AlertIndexPage.objects.child_of(below).get()


def unsaved(effective: datetime, expires: datetime | None, title: str, **fields) -> AlertPage:
    """Give an alert that is complete, with an English text and a number to call."""
    machine = {
        "category": "Security",
        "urgency": "Immediate",
        "severity": "Severe",
        "certainty": "Observed",
        "response_type": "Avoid",
    }
    page = AlertPage(
        title=title,
        told_staff="same",
        kind=AlertKind.objects.get(code="security-alert"),
        effective=effective,
        expires=expires,
        **(machine | fields),
    )
    page.texts = [
        AlertText(
            language="en",
            title=title,
            location="Bamako",
            event="Roads are closed.",
            actions="- Avoid the center.",
            assistance="Call the embassy.",
        )
    ]
    page.contact_rows = quoting(AlertContact, DUTY)
    return page


def approved(page, staff: dict):
    """Let two people issue what stands on a page."""
    now = timezone.now()
    lifecycle.submit(page, staff["duty_officer"], now)
    seen = Clearance.objects.get(page_id=page.pk).reading
    return lifecycle.approve(page, staff["approver"], now, seen)


def new_issue(staff: dict, title: str = "Roads closed", **fields):
    """Write an alert and let two people issue it."""
    now = timezone.now()
    times = (now - timedelta(hours=1), now + timedelta(hours=6))
    page = draft(*times, by=staff["duty_officer"], title=title, **fields)
    return approved(page, staff)


def webhook(site, address: str, **fields) -> Webhook:
    """Make a webhook."""
    fields = {"name": address} | fields
    return Webhook.objects.create(site=site, address=address, **fields)


def issue_alone(page, by, at, reason: str):
    """Break the glass, as somebody who has just read the words."""
    clearance = lifecycle.clearance_of(page)
    return lifecycle.break_glass(page, by, at, reason, lifecycle.under_way(page, clearance))
