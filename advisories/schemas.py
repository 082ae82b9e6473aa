"""The shapes of warnings as data, for the API and its description."""

from datetime import date, datetime
from typing import Any

from ninja import Schema

from embassy.api import ByLanguage


class IssueOut(Schema):
    """An act of issuing."""

    number: int
    act: str
    identifier: str
    verification_code: str
    issued: datetime


class QuotedContact(Schema):
    """A contact point as the warning quotes it."""

    label: str
    display: str
    e164: str | None
    extension: str
    callable_from: str
    through: str
    hours: str


class BlockOut(Schema):
    """One of the four blocks of an alert."""

    name: str
    heading: str
    text: str


class PlaceOut(Schema):
    """A place an alert names; a region also by its code in ISO 3166-2."""

    code: str
    iso_code: str
    names: ByLanguage
    latitude: float
    longitude: float


class AlertText(Schema):
    """What an alert says in one language."""

    headline: str
    act_name: str
    kind_name: str
    note: str
    blocks: list[BlockOut]
    contacts: list[QuotedContact]


class AlertOut(IssueOut):
    """An alert as it was last issued; codes are those of CAP 1.2, the country is ISO 3166-1."""

    id: int
    tag: str
    country: str
    state: str
    kind: str
    first_issued: datetime
    effective: datetime
    expires: datetime | None
    category: str
    urgency: str
    severity: str
    certainty: str
    response_type: str
    places: list[PlaceOut]
    url: str
    cap: str | None
    texts: dict[str, AlertText]


class PastIssue(IssueOut):
    """An earlier issue at its lasting address."""

    url: str
    cap: str | None


class AlertInFull(AlertOut):
    """An alert with everything that was issued of it, the latest first."""

    issues: list[PastIssue]


class IndicatorOut(Schema):
    """A risk indicator."""

    code: str
    name: str


class AdviceOut(Schema):
    """What an advisory says under one heading."""

    heading: str
    html: str


class AreaLevel(Schema):
    """The level of a part of the country, by its code."""

    code: str
    iso_code: str
    level: int


class AreaText(Schema):
    """What an advisory says of an area in one language."""

    code: str
    name: str
    level: int
    level_name: str
    note: str


class AdvisoryText(Schema):
    """What an advisory says in one language."""

    title: str
    level_name: str
    indicators: list[IndicatorOut]
    summary_html: str
    posture_html: str
    staff_rules_html: str
    advice: list[AdviceOut]
    areas: list[AreaText]
    changes: Any
    contacts: list[QuotedContact]


class AdvisoryOut(IssueOut):
    """A travel advisory as it was last issued; the country is ISO 3166-1."""

    schema_version: int
    id: int
    tag: str
    country: str
    level: int
    indicators: list[str]
    reviewed_on: date
    changed_on: date
    review_due: date
    review_overdue: bool
    areas: list[AreaLevel]
    url: str
    texts: dict[str, AdvisoryText]


class AdvisoryInFull(AdvisoryOut):
    """A travel advisory with everything that was issued of it, the latest first."""

    issues: list[PastIssue]
