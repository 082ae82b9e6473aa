"""The demo mission's relations page, its fact sheet and its news."""

from relations.demo import fact_sheet, news, overview  # noqa: F401
