"""The report of what readers say of pages: how many found each useful, and their words of why."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from embassy.approval import has_right
from embassy.auditing.audit_report import AT_ONCE, Line, plain_cell
from embassy.language.languages import language_name
from embassy.mission.belonging import sites_of
from embassy.models import Remark
from embassy.models.remarks import RemarkQuerySet

ON_A_PAGE = 50


def sites_read_by(user) -> list[Site]:
    """Give the missions whose remarks an account may read."""
    return [site for site in sites_of(user) if has_right(user, site, "embassy", "view_remark")]


def remarks_read_by(user) -> RemarkQuerySet:
    """Give the remarks an account may read; raises PermissionDenied where it reads none at all."""
    sites = sites_read_by(user)
    if not sites:
        raise PermissionDenied
    return Remark.objects.filter(site__in=sites)


def report(request: HttpRequest) -> HttpResponse:
    """List the pages with the counts of each, or give every remark as a file."""
    rows = remarks_read_by(request.user)
    if request.GET.get("export") == "csv":
        return as_file(rows)
    part = Paginator(rows.by_page(), ON_A_PAGE).get_page(request.GET.get("p"))
    part.object_list = [counted(row) for row in part.object_list]
    return TemplateResponse(request, "embassy/remarks/report.html", {"part": part})


def of_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """List the words of why on one page, the newest first."""
    rows = remarks_read_by(request.user).of_page(page_id)
    page = get_object_or_404(Page, pk=page_id)
    part = Paginator(rows.with_words().newest_first(), ON_A_PAGE).get_page(request.GET.get("p"))
    counts = rows.by_page().first()
    context = {"page_shown": page, "part": part, "counts": counts and counted(counts)}
    return TemplateResponse(request, "embassy/remarks/of_page.html", context)


def counted(row: dict) -> dict:
    """Add to the counts of a page how many of a hundred found it useful."""
    share = round(100 * row["useful"] / (row["useful"] + row["useless"]))
    language = language_name(row["page__locale__language_code"])
    return row | {"share": share, "language": language}


def as_file(rows: RemarkQuerySet) -> HttpResponse:
    """Give remarks as CSV, the newest first."""
    lines = lines_of(rows.newest_first(), get_language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"remarks-{timezone.now():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def lines_of(rows: RemarkQuerySet, language: str) -> Iterator[str]:
    """Give the lines of the file, of which the first names the columns."""
    writer = csv.writer(Line())
    with override(language):
        names = [_("Day"), _("Page"), _("Number"), _("Language"), _("Useful"), _("Why")]
        said = {True: _("Yes"), False: _("No")}
    yield "\ufeff" + writer.writerow(names)
    for row in rows.iterator(AT_ONCE):
        about = [row.day.isoformat(), row.page.title, row.page_id, row.language]
        yield writer.writerow([plain_cell(cell) for cell in [*about, said[row.is_useful], row.why]])


def erase(at: datetime, dry_run: bool = False) -> int:
    """Erase the words of why that are too old; the counts stay. Say how many it were."""
    rows = Remark.objects.with_words().older_than(first_kept(at))
    return rows.count() if dry_run else rows.update(why="")


def first_kept(at: datetime) -> date:
    """Give the first day of which words are still kept."""
    return timezone.localdate(at) - timedelta(days=settings.REMARKS["days"])
