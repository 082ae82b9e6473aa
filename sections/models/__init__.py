"""Offices and officials."""

from .offices import (
    OfficeContact,
    OfficeDocument,
    OfficeIndexPage,
    OfficePage,
)
from .officials import OfficialIndexPage, OfficialPage, Term
from .posts import Post, Vacancy

__all__ = [
    "OfficeContact",
    "OfficeDocument",
    "OfficeIndexPage",
    "OfficePage",
    "OfficialIndexPage",
    "OfficialPage",
    "Post",
    "Term",
    "Vacancy",
]
