"""Makes warnings in the states that tests need."""

from datetime import datetime

from wagtail.models import Page

from advisories.models import AlertIndexPage, AlertKind, AlertPage, AlertText
from embassy.demo import home


def alert(
    effective: datetime,
    expires: datetime | None,
    title: str = "Roads closed",
    below: Page | None = None,
    **fields,
):
    """Make and publish an alert with an English text, of the demo mission unless told `below`."""
    parent = AlertIndexPage.objects.child_of(below or home()).get()
    page = AlertPage(
        title=title,
        kind=AlertKind.objects.get(code="security-alert"),
        effective=effective,
        expires=expires,
        category="Security",
        urgency="Immediate",
        severity="Severe",
        certainty="Observed",
        response_type="Avoid",
        **fields,
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
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
