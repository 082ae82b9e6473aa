"""Risk indicators and kinds of alert, under the names of today and of the years before 2018."""

from functools import partial

from django.db.models import Model

from advisories.models import AlertKind, Indicator
from advisories.vocabulary import Category
from embassy.demo import once, part_of_demo
from embassy.fields import Texts

INDICATORS = [
    ("C", "Crime", "Criminalité", ""),
    ("T", "Terrorism", "Terrorisme", ""),
    ("K", "Kidnapping or Hostage Taking", "Enlèvement ou prise d’otages", "April 9, 2019"),
    ("U", "Civil Unrest", "Troubles civils", ""),
    ("H", "Health", "Santé", ""),
    ("N", "Natural Disaster", "Catastrophe naturelle", ""),
    ("E", "Time-limited Event", "Événement limité dans le temps", ""),
    ("D", "Wrongful Detention", "Détention injustifiée", "2022"),
    ("O", "Other", "Autre", ""),
]

SINCE_2018 = "since January 2018"
BEFORE_2018 = "2012–2017"

KINDS = [
    ("Security Alert", "Alerte de sécurité", Category.SECURITY, SINCE_2018),
    ("Demonstration Alert", "Alerte manifestation", Category.SAFETY, SINCE_2018),
    ("Health Alert", "Alerte sanitaire", Category.HEALTH, SINCE_2018),
    ("Weather Alert", "Alerte météorologique", Category.MET, SINCE_2018),
    ("Natural Disaster Alert", "Alerte catastrophe naturelle", Category.GEO, SINCE_2018),
    ("Worldwide Caution", "Mise en garde mondiale", Category.SECURITY, ""),
    ("Message for U.S. Citizens", "Message aux citoyens américains", Category.SAFETY, ""),
    ("Emergency Message", "Message d’urgence", Category.SECURITY, BEFORE_2018),
    ("Security Message", "Message de sécurité", Category.SECURITY, BEFORE_2018),
]

LONGEST = {"Message for U.S. Citizens": 31 * 24, "Worldwide Caution": 365 * 24}
"""Hours that a kind lasts at most, where a week is too short."""


@part_of_demo(65, "risk indicators")
def indicators() -> int:
    """Make the letters of the risk indicators."""
    return sum(
        row_once(
            Indicator,
            f"indicator:{code}",
            code=code,
            name=Texts(en=english, fr=french),
            in_use_since=since,
            sort_order=order * 10,
        )
        for order, (code, english, french, since) in enumerate(INDICATORS, start=1)
    )


@part_of_demo(66, "kinds of alert")
def kinds() -> int:
    """Make the kinds of alert."""
    return sum(
        row_once(
            AlertKind,
            kind_key(code_of(english)),
            code=code_of(english),
            name=Texts(en=english, fr=french),
            category=category,
            in_use=used != BEFORE_2018,
            used_from_to=used,
            longest_hours=LONGEST.get(english, 7 * 24),
            sort_order=order * 10,
        )
        for order, (english, french, category, used) in enumerate(KINDS, start=1)
    )


def row_once(model: type[Model], key: str, **fields) -> int:
    """Make a row that is recognized by its code, once."""
    return once(
        key,
        fields["name"]["en"],
        make=partial(model.objects.create, **fields),
        same=model.objects.filter(code=fields["code"]).first,
    )


def kind_key(code: str) -> str:
    """Give the key of a kind of alert."""
    return f"kind:{code}"


def code_of(name: str) -> str:
    """Give the code of a kind: security-alert, message-for-us-citizens."""
    return name.lower().replace(".", "").replace(" ", "-")
