"""How the demo puts its warnings on record: as they were issued, by none of its accounts."""

from django.utils import timezone

from advisories import lifecycle


def put_on_record(page) -> None:
    """Store a warning's words and issue them."""
    page.save_revision()
    lifecycle.put_on_record(page, timezone.now())
