"""Offices and officials."""

from .office_parts import OfficeContact, OfficeDocument
from .offices import OfficeIndexPage, OfficePage
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
