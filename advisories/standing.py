"""What stands in a mission at a moment: read in one query, for the banner and for every cache."""

from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.fields.json import KT
from wagtail.models import Site

from advisories.models import Issued

LOOK_BACK = timedelta(minutes=1)  # the cache asks as of when the request came
COLUMNS = ("page_id", "kind", "language", "effective", "expires", "page__url_path")


def standing_rows(site: Site, at: datetime) -> list[dict]:
    """Give the warnings that hold at a moment or will, without their texts.

    Kept on the `Site` object, which lives for one request: banner and cache ask the same rows.
    """
    kept = getattr(site, "_standing_rows", None)
    if kept is None or kept[0] > at:
        since = at - LOOK_BACK
        rows = Issued.objects.for_site(site).current().not_over(since)
        found = rows.values(
            *COLUMNS,
            code=F("issue__code"),
            title=KT("content__title"),
            kind_name=KT("content__kind__name"),
            level=KT("content__level"),
            reviewed_on=KT("content__reviewed_on"),
            severity=KT("content__cap__severity"),
            urgency=KT("content__cap__urgency"),
        )
        kept = (since, list(found))
        site._standing_rows = kept
    return [row for row in kept[1] if row["expires"] is None or row["expires"] > at]
