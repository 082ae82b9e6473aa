"""Offices and officials."""

from .office_parts import OfficeContact, OfficeDocument
from .offices import OfficeIndexPage, OfficePage
from .officials import OfficialIndexPage, OfficialPage, Term
from .posts import Post, Vacancy
from .questions import Question

__all__ = [
    "OfficeContact",
    "OfficeDocument",
    "OfficeIndexPage",
    "OfficePage",
    "OfficialIndexPage",
    "OfficialPage",
    "Post",
    "Question",
    "Term",
    "Vacancy",
]
