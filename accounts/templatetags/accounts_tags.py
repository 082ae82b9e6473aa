"""What administrators find on the first page of the Django admin."""

from django import template
from django.utils import timezone

from accounts.keepers import administrators_of
from accounts.models import RoleRequest
from accounts.raising_mail import sentence_of
from embassy.models import User
from embassy.permissions import sites_administered_by

register = template.Library()


@register.simple_tag
def roles_to_confirm(user: User) -> list[dict]:
    """Give the requests an administrator may confirm: neither their own nor about themself."""
    if not user.is_authenticated:
        return []
    sites = [s for s in sites_administered_by(user) if administrators_of(s).filter(pk=user.pk)]
    waiting = RoleRequest.objects.waiting(timezone.now()).filter(site__in=sites)
    others = waiting.exclude(asked_by=user).exclude(account=user)
    found = others.select_related("role", "account", "asked_by")
    return [{"request": request, "sentence": sentence_of(request)} for request in found]
