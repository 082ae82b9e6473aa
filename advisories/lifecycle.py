"""Every change of state of a warning; issuing writes the frozen rows that all faces read."""

from datetime import datetime

from django.db import transaction
from wagtail.models import Page
from wagtail.search import index

from advisories.models import Issued


@transaction.atomic
def issue(page, by, at: datetime) -> list[Issued]:
    """Freeze a warning as it stands, a row per language; the same words are not issued twice."""
    Page.objects.select_for_update().get(pk=page.pk)
    current = list(Issued.objects.current_of(page))
    rows = page.freeze(at)
    if {(r.language, r.sha256) for r in rows} == {(r.language, r.sha256) for r in current}:
        return current
    number = current[0].number + 1 if current else 1
    for row in rows:
        row.number, row.issued_by = number, by
        row.save()
    transaction.on_commit(lambda: index.insert_or_update_object(page))
    return rows
