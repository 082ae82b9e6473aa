"""Warnings and what they refer to."""

from .advisory import AdvisoryContact, AdvisoryText, TravelAdvisoryPage
from .alert import AlertContact, AlertIndexPage, AlertPage, AlertText
from .country import CountryContact, CountryIndexPage, CountryInfoPage
from .issued import Issued
from .reference import AlertKind, Indicator

__all__ = [
    "AdvisoryContact",
    "AdvisoryText",
    "AlertContact",
    "AlertIndexPage",
    "AlertKind",
    "AlertPage",
    "AlertText",
    "CountryContact",
    "CountryIndexPage",
    "CountryInfoPage",
    "Indicator",
    "Issued",
    "TravelAdvisoryPage",
]
