"""What administrators find on the first page of the Django admin, and who has a passkey."""

from allauth.mfa.models import Authenticator
from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from accounts.keepers import administrators_of, left_alone, looked_after_by
from accounts.models import RoleRequest
from accounts.raising_mail import sentence_of
from embassy.approval import of_both
from embassy.mission.permissions import sites_administered_by
from embassy.models import User

register = template.Library()


def sites_kept_by(user: User) -> list[Site]:
    """Give the missions of which somebody is an administrator."""
    if not user.is_authenticated:
        return []
    return [s for s in sites_administered_by(user) if administrators_of(s).filter(pk=user.pk)]


@register.simple_tag
def roles_to_confirm(user: User) -> list[dict]:
    """Give the requests an administrator may confirm: neither their own nor about themself."""
    waiting = RoleRequest.objects.waiting(timezone.now()).filter(site__in=sites_kept_by(user))
    others = waiting.exclude(asked_by=user.pk).exclude(account=user.pk)
    found = others.select_related("role", "account", "asked_by")
    return [{"request": request, "sentence": sentence_of(request)} for request in found]


@register.simple_tag
def keeps_mail() -> bool:
    """Whether mail is kept on this machine, where the letters to those invited can be read."""
    return settings.MAILBOX is not None


@register.simple_tag
def alone_in(user: User) -> list[str]:
    """Say in which of an administrator's missions there is no second one."""
    return [words for site in sites_kept_by(user) for words in left_alone(site)]


@register.simple_tag
def roles_that_meet(user: User) -> list[dict]:
    """Name the accounts of an administrator's missions that hold roles nobody has together.

    Who has a role elsewhere too is not theirs to change.
    """
    open_ones = of_both().filter(mission__in=sites_kept_by(user), is_active=True)
    found = open_ones.distinct().order_by("email")
    mine = set(looked_after_by(user).values_list("pk", flat=True)) if found else set()
    words = _(
        "%(who)s is administrator and holds another role. Take one away. Until then this account "
        "approves nothing."
    )
    return [
        {"account": one, "sentence": words % {"who": one.email}, "is_mine": one.pk in mine}
        for one in found
    ]


@register.simple_tag
def has_passkey(user: User) -> bool:
    """Whether an account can prove itself by a passkey."""
    found = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    return found.exists()
