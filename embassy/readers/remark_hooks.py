"""Where the staff pages show what readers say of pages."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from embassy.readers import remark_report


@hooks.register("register_admin_urls")
def addresses() -> list:
    """Give the addresses of the report."""
    return [
        path("remarks/", remark_report.report, name="remarks_report"),
        path("remarks/<int:page_id>/", remark_report.of_page, name="remarks_of_page"),
    ]


class ToRemarks(MenuItem):
    """Shown to who may read remarks of any mission."""

    def is_shown(self, request) -> bool:
        """Ask for the right."""
        return bool(remark_report.sites_read_by(request.user))


@hooks.register("register_reports_menu_item")
def way_to_remarks() -> MenuItem:
    """Put the report among the reports."""
    title = _("Was this page useful?")
    return ToRemarks(title, reverse_lazy("remarks_report"), icon_name="comment", order=720)
