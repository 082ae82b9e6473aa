"""Makes what tests need beyond the demo site: another mission, its people, pages in bulk."""

from wagtail.models import Site

from embassy.mission.missions import Plan, create
from embassy.models import MissionRole, User

PASSWORD = "correct horse battery"


def second_mission(language: str = "fr") -> Site:
    """Make the mission in Dakar."""
    return create(
        Plan(
            hostname="dakar.localhost",
            name="Ambassade des États-Unis à Dakar",
            sending_state="États-Unis d’Amérique",
            host_state="Sénégal",
            host_state_code="SN",
            city="Dakar",
            time_zone="Africa/Dakar",
            language=language,
        )
    )


def mission_east() -> Site:
    """Make the mission in Nairobi, three hours ahead of UTC all year."""
    return create(
        Plan(
            hostname="nairobi.localhost",
            name="U.S. Embassy in Nairobi",
            sending_state="United States of America",
            host_state="Kenya",
            host_state_code="KE",
            city="Nairobi",
            time_zone="Africa/Nairobi",
        )
    )


def person(site: Site, role: str, email: str = "") -> User:
    """Make an account with a role of a mission."""
    address = email or f"{role}@{site.hostname}.example"
    user = User.objects.create_user(address, PASSWORD, mission=site)
    user.groups.add(MissionRole.objects.get(site=site, role=role).group)
    return user
