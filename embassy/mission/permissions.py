"""Who may touch what of a mission: rights are granted site by site, and nobody sees beyond."""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from taggit.models import Tag, TaggedItem
from wagtail.models import Collection, Page, Site, Task, Workflow
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail_localize.models import OverridableSegment, StringSegment, Translation

from embassy.mission.belonging import mission_of, sites_of
from embassy.models import MissionDocument, MissionImage, MissionSettings, User
from embassy.models.scoped import Scoped


def scoped_models() -> list[type]:
    """Give every model whose rows belong to one mission."""
    return [model for model in apps.get_models() if issubclass(model, Scoped)]


def sites_administered_by(user) -> list[Site]:
    """Give the missions whose accounts somebody looks after; another role there is not enough."""
    if user.is_superuser:
        return sites_of(user)
    keepers = user.groups.filter(permissions__codename="change_user")
    return list(Site.objects.filter(mission_roles__group__in=keepers).distinct())


def in_trees(sites: list[Site]) -> Q:
    """Say of pages that they stand in the trees of missions, in any language, or are the root."""
    trees = Q(depth=1)
    keys = [site.root_page.translation_key for site in sites]
    for path in Page.objects.filter(translation_key__in=keys).values_list("path", flat=True):
        trees |= Q(path__startswith=path)
    return trees


def in_folders(sites: list[Site]) -> Q:
    """Say of collections that they are those of missions, or in them, or the one all share."""
    folders = Q(depth=1)
    for mission in MissionSettings.objects.filter(site__in=sites).exclude(collection=None):
        folders |= Q(path__startswith=mission.collection.path)
    return folders


def in_collections(sites: list[Site]) -> Q:
    """Say of files that they lie in the collections of missions."""
    return Q(collection__in=Collection.objects.filter(in_folders(sites)))


def on_files(sites: list[Site]) -> Q:
    """Say of tags that they are on files of missions."""
    tagged = Q(pk__in=[])
    for model in (MissionImage, MissionDocument):
        kind = ContentType.objects.get_for_model(model)
        files = model.objects.filter(in_collections(sites)).values("pk")
        tagged |= Q(content_type=kind, object_id__in=files)
    return Q(pk__in=TaggedItem.objects.filter(tagged).values("tag"))


def of_workflows(sites: list[Site]) -> Q:
    """Say of workflows that they are those of missions."""
    ours = Workflow.objects.filter(workflow_tasks__task__secondpersontask__site__in=sites)
    return Q(pk__in=ours)


def of_translations(name: str) -> Callable[[list[Site]], Q]:
    """Say of what is kept of translations, by the way to its source, that it is of missions."""

    def are_of(sites: list[Site]) -> Q:
        ours = Page.objects.filter(in_trees(sites)).values("translation_key")
        return Q(**{f"{name}__in": ours})

    return are_of


# How to say of the rows of a model that they are those of missions, or everybody's.
BELONGING = [
    (Page, in_trees),
    (Site, lambda sites: Q(pk__in=[site.pk for site in sites])),
    (Collection, in_folders),
    ((MissionImage, MissionDocument), in_collections),
    (User, lambda sites: Q(mission=None) | Q(mission__in=sites)),
    (Group, lambda sites: Q(mission_role__site__in=sites)),
    (Tag, on_files),
    (Task, lambda sites: Q(secondpersontask__site__in=sites)),
    (Workflow, of_workflows),
    (Translation, of_translations("source__object")),
    ((StringSegment, OverridableSegment), of_translations("source__object")),
    ((Scoped, MissionSettings), lambda sites: Q(site__in=sites)),
]


def own(rows: QuerySet, user) -> QuerySet:
    """Keep of any rows what belongs to the missions an account works for, or to all."""
    if user.is_superuser:
        return rows
    for model, are_of in BELONGING:
        if issubclass(rows.model, model):
            return rows.filter(are_of(sites_of(user)))
    return rows


def is_foreign(model: type[Model], keys: list, user) -> bool:
    """Whether one of these ids is a thing of a mission the account does not work for."""
    if user.is_superuser:
        return False
    rows = model._base_manager.filter(pk__in=list(readable(model, keys)))
    ours = own(rows, user)
    if ours is not rows:
        return rows.exclude(pk__in=ours.values("pk")).exists()
    sites = sites_of(user)
    return any((mission := mission_of(row)) and mission not in sites for row in rows)


def readable(model: type[Model], keys: list) -> Iterator:
    """Give the ids the database would read in these texts; it reads “+12” and “1_2” as well."""
    for key in keys:
        try:
            yield model._meta.pk.to_python(key)
        except ValidationError:
            continue


for model in scoped_models():
    register_permission_policy(model, SitePermissionPolicy(model), exact_class=True)
