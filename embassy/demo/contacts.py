"""The demo mission's contact points, each as its source gives it; those of 2012 are retired."""

from datetime import time
from functools import partial

from wagtail.models import Site

from embassy.demo import sources
from embassy.demo.records import demo_site, made, once, recorded
from embassy.demo.registry import part_of_demo
from embassy.fields import Texts
from embassy.models import (
    ContactPoint,
    MissionSettings,
    Schedule,
    SchedulePeriod,
    ServiceHours,
)
from embassy.vocabulary import CallableFrom, Channel, Purpose

DUTY = "Emergencies after hours"
SWITCHBOARD = "Embassy switchboard"
CONSULAR_MAIL = "Consular Section, by mail"
DEFENSE_ATTACHE = "Senior Defense Official / Defense Attaché"
OPERATIONS = "Operations Coordinator"
SECURITY_COOPERATION = "Chief, Office of Security Cooperation"
FROM_THE_STATES = "Safety information, toll-free in the United States"
FROM_ABROAD = "Safety information, from other countries"
CONSULAR_2012 = "Consular Section (2012)"
DUTY_2012 = "Embassy duty officer (2012)"
DUTY_2012_SECOND = "Embassy duty officer, second line (2012)"
MALI_IN_WASHINGTON = "Embassy of Mali in Washington, D.C. (2015)"

SWITCHBOARD_NUMBER = "+223 2070 2300"
WEEKDAYS = range(5)

MARINE_GUARD = Texts(
    en="Ask the Marine Guard for the embassy duty officer.",
    fr="Demandez l’agent de permanence à la garde des Marines.",
)

TODAY = [
    {
        "purpose": Purpose.DUTY,
        "label": Texts(en=DUTY, fr="Urgences en dehors des heures de bureau"),
        "value": "+223 6675 2860",
        "source": sources.ADVISORY,
    },
    {
        "purpose": Purpose.CITIZENS,
        "label": Texts(en=SWITCHBOARD, fr="Standard de l’ambassade"),
        "value": SWITCHBOARD_NUMBER,
        "source": sources.ADVISORY,
    },
    {
        "purpose": Purpose.CONSULAR,
        "channel": Channel.MAIL,
        "label": Texts(en=CONSULAR_MAIL, fr="Section consulaire, par courriel"),
        "value": "ConsularBamako@state.gov",
        "source": sources.ADVISORY,
    },
]

DEFENSE = [
    ("2570", DEFENSE_ATTACHE, "Haut responsable de la défense / attaché de défense"),
    ("2572", OPERATIONS, "Coordonnateur des opérations"),
    ("2585", SECURITY_COOPERATION, "Chef du Bureau de coopération en matière de sécurité"),
]

INFORMATION = [
    {
        "label": Texts(
            en=FROM_THE_STATES, fr="Informations de sécurité, appel gratuit depuis les États-Unis"
        ),
        "value": "+1 888 407 4747",
        "callable_from": CallableFrom.SENDING,
    },
    {
        "label": Texts(en=FROM_ABROAD, fr="Informations de sécurité, depuis les autres pays"),
        "value": "+1 202 501 4444",
        "callable_from": CallableFrom.ABROAD,
    },
]

FORMER = [
    {
        "purpose": Purpose.CONSULAR,
        "label": Texts(en=CONSULAR_2012, fr="Section consulaire (2012)"),
        "value": "+223 20 70 25 05",
    },
    {
        "purpose": Purpose.DUTY,
        "label": Texts(en=DUTY_2012, fr="Agent de permanence (2012)"),
        "value": "+223 20 70 23 01",
        "through": MARINE_GUARD,
    },
    {
        "purpose": Purpose.DUTY,
        "label": Texts(en=DUTY_2012_SECOND, fr="Agent de permanence, seconde ligne (2012)"),
        "value": "+223 20 70 23 02",
        "through": MARINE_GUARD,
    },
]

OTHERS = [
    {
        "purpose": Purpose.OFFICE,
        "label": Texts(en=MALI_IN_WASHINGTON, fr="Ambassade du Mali à Washington (2015)"),
        "value": "+1 202 332 2249",
        "source": sources.FACT_SHEET,
    },
]


HOURS = "hours:safety-information"
HOURS_NAME = "Safety and security information by phone"


@part_of_demo(15, "contact points")
def contacts() -> int:
    """Make the ways to reach the mission, each with what its source says."""
    site = demo_site()
    made_now = once(HOURS, HOURS_NAME, partial(make_hours, site), partial(same_hours, site))
    for order, row in enumerate(contact_rows(), start=1):
        label = row["label"]["en"]
        make = partial(make_contact, site, order * 10, row)
        made_now += once(f"contact:{label}", label, make, partial(same_contact, site, row))
    return made_now


def make_contact(site: Site, order: int, row: dict) -> ContactPoint:
    """Make a contact point; the safety information lines keep their hours."""
    hours = {"schedule": made(HOURS)} if row["purpose"] == Purpose.INFORMATION else {}
    told = {"source": sources.in_each_language(row["source"])}
    return ContactPoint.objects.create(site=site, sort_order=order, **row | told, **hours)


def same_contact(site: Site, row: dict) -> ContactPoint | None:
    """Recognize a contact point by its label, or by a number that nothing else has."""
    others = ContactPoint.objects.for_site(site).exclude(pk__in=recorded(ContactPoint))
    number = {"value": row["value"], "extension": row.get("extension", "")}
    named = others.filter(label__en=row["label"]["en"])
    return named.first() or others.filter(**number).first()


def make_hours(site: Site) -> Schedule:
    """Make the hours of the safety information lines, a service of the mission."""
    eastern = Schedule.objects.create(
        site=site,
        name=Texts(en=HOURS_NAME, fr="Informations de sécurité par téléphone"),
        time_zone="America/New_York",
        holiday_calendars=["US"],
        source=sources.MESSAGE,
        source_dated=sources.DATE_OF_MESSAGE,
    )
    for day in WEEKDAYS:
        SchedulePeriod.objects.create(schedule=eastern, weekday=day, opens=time(8), closes=time(20))
    mission = MissionSettings.objects.get(site=site)
    mission.service_hours = [ServiceHours(schedule=eastern)]
    mission.save()
    return eastern


def same_hours(site: Site) -> Schedule | None:
    """Recognize the hours by their name."""
    return Schedule.objects.for_site(site).filter(name__en=HOURS_NAME).first()


def contact_rows() -> list[dict]:
    """Give the contact points of the sources in their order."""
    defense = [
        {
            "purpose": Purpose.OFFICE,
            "label": Texts(en=english, fr=french),
            "value": SWITCHBOARD_NUMBER,
            "extension": extension,
            "source": sources.OFFICES,
        }
        for extension, english, french in DEFENSE
    ]
    lines = {"purpose": Purpose.INFORMATION, "source": sources.MESSAGE}
    information = [{**lines, **row} for row in INFORMATION]
    former = [{**row, "source": sources.MESSAGE, "retired": True} for row in FORMER]
    return [*TODAY, *defense, *information, *former, *OTHERS]
