"""The demo mission's staff: an account for every role."""

from embassy.demo.registry import demo_site, part_of_demo
from embassy.models import MissionRole, User

PASSWORD = "bamako-2300"

STAFF = [
    ("section_editor", "editor@bamako.example", "Awa", "Editor"),
    ("public_affairs", "press@bamako.example", "Oumar", "Press"),
    ("consular", "consul@bamako.example", "Fanta", "Consul"),
    ("duty_officer", "duty@bamako.example", "Sekou", "Duty"),
    ("approver", "approver@bamako.example", "Mariam", "Approver"),
    ("administrator", "admin@bamako.example", "Issa", "Admin"),
]


@part_of_demo(90, "staff")
def staff() -> int:
    """Make an account for every role."""
    site = demo_site()
    made = 0
    for role, email, first_name, last_name in STAFF:
        if User.objects.filter(email=email).exists():
            continue
        user = User.objects.create_user(
            email, PASSWORD, first_name=first_name, last_name=last_name, mission=site
        )
        user.groups.add(MissionRole.objects.get(site=site, role=role).group)
        made += 1
    return made


def sign_ins() -> list[tuple[str, str, str]]:
    """Give (role, mail address, password) of the demo staff."""
    return [(role, email, PASSWORD) for role, email, _first, _last in STAFF]
