"""Warnings and what they refer to."""

from .advisory import AdvisoryContact, AdvisoryText, TravelAdvisoryPage
from .alert import AlertContact, AlertIndexPage, AlertPage, AlertText
from .clearance import Clearance, Writer
from .country import CountryContact, CountryIndexPage, CountryInfoPage
from .delivery import Delivery
from .incident import Incident
from .issue import Confirmation, Issue
from .issued import Issued
from .preset import AlertPreset
from .reference import AlertKind, Indicator
from .webhook import Webhook

__all__ = [
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
    "CountryContact",
    "CountryIndexPage",
    "CountryInfoPage",
    "Delivery",
    "Incident",
    "Indicator",
    "Issue",
    "Issued",
    "TravelAdvisoryPage",
    "Webhook",
    "Writer",
]
