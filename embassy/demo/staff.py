"""The demo mission's staff: an account for every role, and a second administrator."""

from functools import partial

from embassy.demo.records import demo_site, once
from embassy.demo.registry import part_of_demo
from embassy.models import MissionRole, User

PASSWORD = "bamako-2300"

STAFF = [
    ("section_editor", "editor@bamako.example", "Awa", "Editor"),
    ("public_affairs", "press@bamako.example", "Oumar", "Press"),
    ("consular", "consul@bamako.example", "Fanta", "Consul"),
    ("duty_officer", "duty@bamako.example", "Sekou", "Duty"),
    ("approver", "approver@bamako.example", "Mariam", "Approver"),
    ("administrator", "admin@bamako.example", "Issa", "Admin"),
    ("administrator", "keeper@bamako.example", "Ramata", "Keeper"),
    ("break_glass", "chief@bamako.example", "Kadia", "Chief"),
]
BESIDE = {"break_glass": ["duty_officer"]}  # who may issue alone writes what is issued


@part_of_demo(90, "staff")
def staff() -> int:
    """Make the accounts; one that was deleted stays so."""
    return sum(
        once(
            key_of(role, email),
            email,
            make=partial(account, role, email, first_name, last_name),
            same=User.objects.filter(email=email).first,
        )
        for role, email, first_name, last_name in STAFF
    )


def key_of(role: str, email: str) -> str:
    """Give the key of an account: its role, and for the second of a role the address as well."""
    first = next(mail for code, mail, *_names in STAFF if code == role)
    return f"account:{role}" if email == first else f"account:{role}:{email}"


def account(role: str, email: str, first_name: str, last_name: str) -> User:
    """Make the account of a role."""
    site = demo_site()
    user = User.objects.create_user(
        email, PASSWORD, first_name=first_name, last_name=last_name, mission=site, is_demo=True
    )
    roles = MissionRole.objects.filter(site=site, role__in=[role, *BESIDE.get(role, [])])
    user.groups.set([found.group for found in roles])
    return user


def sign_ins() -> list[tuple[str, str, str]]:
    """Give (role, mail address, password) of the demo staff."""
    return [(role, email, PASSWORD) for role, email, _first, _last in STAFF]
