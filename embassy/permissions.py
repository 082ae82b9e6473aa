"""Who may touch the rows of a mission: rights are granted site by site."""

from django.apps import apps
from wagtail.models import Site
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import register_permission_policy

from embassy.models.scoped import Scoped


def scoped_models() -> list[type]:
    """Give every model whose rows belong to one mission."""
    return [model for model in apps.get_models() if issubclass(model, Scoped)]


def sites_of(user) -> "list[Site]":
    """Give the missions an account works for: those in which it has a role."""
    if user.is_superuser:
        return list(Site.objects.select_related("root_page"))
    return list(
        Site.objects.filter(mission_roles__group__in=user.groups.all())
        .select_related("root_page")
        .distinct()
    )


for model in scoped_models():
    register_permission_policy(model, SitePermissionPolicy(model), exact_class=True)
