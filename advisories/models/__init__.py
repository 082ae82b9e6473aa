"""Warnings and what they refer to."""

from .advisory import TravelAdvisoryPage
from .advisory_parts import AdvisoryArea, AdvisoryContact, AdvisoryText
from .alert import AlertPage
from .alert_index import AlertIndexPage
from .alert_parts import AlertContact, AlertText
from .clearance import Clearance, Writer
from .country import CountryContact, CountryIndexPage, CountryInfoPage
from .delivery import Delivery
from .feed import CountryAdvice, FeedCopy, FeedDraft, FeedRefusal
from .incident import Incident
from .issue import Confirmation, Issue
from .issued import Issued
from .preset import AlertPreset
from .reference import AlertKind, Indicator
from .webhook import Webhook

__all__ = [
    "AdvisoryArea",
    "AdvisoryContact",
    "AdvisoryText",
    "AlertContact",
    "AlertIndexPage",
    "AlertKind",
    "AlertPage",
    "AlertPreset",
    "AlertText",
    "Clearance",
    "Confirmation",
    "CountryAdvice",
    "CountryContact",
    "CountryIndexPage",
    "CountryInfoPage",
    "Delivery",
    "FeedCopy",
    "FeedDraft",
    "FeedRefusal",
    "Incident",
    "Indicator",
    "Issue",
    "Issued",
    "TravelAdvisoryPage",
    "Webhook",
    "Writer",
]
