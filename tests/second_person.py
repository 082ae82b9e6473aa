"""Asks as one and confirms as another: what the staff's screens store waits for a second person."""

from django.test import Client
from django.utils import timezone

from embassy.models import MissionRole, RequestedAct, User

HOST = {"HTTP_HOST": "localhost"}


def another_person(site, besides: list[int]) -> User:
    """Give somebody of a mission who approves and wrote nothing of it; make one if need be."""
    role = MissionRole.objects.get(site=site, role="approver")
    found = User.objects.filter(is_active=True, groups=role.group).exclude(pk__in=besides).first()
    if found is None:
        found = User.objects.create_user(f"second{len(besides)}@{site.hostname}.example", "x")
        found.groups.add(role.group)
    return found


def confirm_all(by: User | None = None) -> list[str]:
    """Confirm, on its screen, all that waits, as somebody else; give what the screen said."""
    said = []
    for act in RequestedAct.objects.waiting(timezone.now()):
        browser = Client(**HOST)
        browser.force_login(by or another_person(act.site, act.writers))
        sent = {"step": "confirm", "read": act.reading}
        answer = browser.post(f"/admin/requested/{act.pk}/", sent, follow=True)
        said.append(answer.content.decode())
        act.refresh_from_db()
        assert act.outcome == RequestedAct.Outcome.CONFIRMED, said[-1]
    return said
