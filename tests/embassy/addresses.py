"""Every address of the staff pages, and of what opens private ones, with values for its parameters.

They are as the URLconf has them.
Nothing is named here by hand but what a word in an address may stand for: an address made tomorrow
is walked tomorrow.
"""

from collections.abc import Iterator
from itertools import product

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, get_resolver
from django.utils.regex_helper import normalize
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from embassy.mission.permissions import scoped_models

WALKED = ("admin/", "django-admin/", "_util/")
WORDS = {
    "filter_spec": ["max-100x100"],
    "action_name": ["copy", "move", "publish", "approve", "revert_to_page_revision"],
    "revision_id_b": ["live"],
    "url": ["x/"],
    "uidb64": ["x"],
    "token": ["x"],
    "picture": ["x"],
    "language": ["fr"],
    "path": ["x"],
}
NAMES_OF_MODELS = {
    *("app_label", "model_name", "app_name", "content_type_app_name", "content_type_model_name"),
    *("content_type_id", "action"),
}


def addresses() -> Iterator[tuple[str, list[str]]]:
    """Give every address that is walked as (format, names of its parameters)."""
    for pattern, params in below(get_resolver().url_patterns, "", []):
        if pattern.startswith(WALKED):
            yield f"/{pattern}", params


def below(patterns, prefix: str, before: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Give the addresses below a prefix."""
    for entry in patterns:
        text, params = normalize(entry.pattern.regex.pattern)[0]
        whole, names = prefix + text, [*before, *params]
        if isinstance(entry, URLPattern):
            yield whole, names
        else:
            yield from below(entry.url_patterns, whole, names)


def models_of_missions() -> list[type]:
    """Give the models that a word in an address may stand for."""
    names = [
        *("wagtailcore.Page", "wagtailcore.Site", "wagtailcore.Collection", "auth.Group"),
        *("embassy.MissionImage", "embassy.MissionDocument", "embassy.User"),
        *("embassy.MissionSettings", "embassy.ContentPage", "embassy.HomePage", "taggit.Tag"),
    ]
    return [*(apps.get_model(name) for name in names), *scoped_models()]


def ids_in(params: list[str]) -> list[str]:
    """Give the parameters of an address that stand for a thing, not for a kind of thing."""
    return [name for name in params if name not in NAMES_OF_MODELS]


def fillings(params: list[str], numbers: list[int]) -> Iterator[dict]:
    """Give values for the parameters of an address: each number for each that is an id."""
    if "action" in params:
        yield from bulk_actions()
        return
    ids = ids_in(params)
    models = [name for name in params if name not in ids]
    choices = [WORDS.get(name, numbers) for name in ids]
    for kind, values in product(models_of_missions() if models else [None], product(*choices)):
        filled = dict(zip(ids, values, strict=True))
        yield filled | {name: word_for(name, kind) for name in models}


def bulk_actions() -> Iterator[dict]:
    """Give every bulk action there is."""
    bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")
    for app, by_model in bulk_action_registry.actions.items():
        for model, actions in by_model.items():
            for action in actions:
                yield {"app_label": app, "model_name": model, "action": action}


def word_for(name: str, model: type) -> str | int:
    """Give what stands for a model in an address."""
    if name == "content_type_id":
        return ContentType.objects.get_for_model(model).pk
    return model._meta.model_name if name.endswith("model_name") else model._meta.app_label
