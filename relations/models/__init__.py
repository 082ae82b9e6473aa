"""Relations with the host state, fact sheets, news and events."""

from .fact_sheets import FactSheetEdition, FactSheetIndexPage, FactSheetPage
from .news import EventPage, NewsContact, NewsIndexPage, NewsPage
from .overview import RelationsPage

__all__ = [
    "EventPage",
    "FactSheetEdition",
    "FactSheetIndexPage",
    "FactSheetPage",
    "NewsContact",
    "NewsIndexPage",
    "NewsPage",
    "RelationsPage",
]
