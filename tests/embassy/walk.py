"""Walks every address of the URLconf with another mission's ids, as somebody of this one.

Nothing is named here by hand but what a word in an address may stand for: an address made tomorrow
is walked tomorrow.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import product

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils.regex_helper import normalize
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from embassy.permissions import scoped_models
from tests.embassy.neighbors import MARK, OURS, SEARCH, THEIRS, Neighbor

STAFF_PAGES = ("admin/", "django-admin/")
TURNED_AWAY = {403, 404, 405}
REFUSED = TURNED_AWAY | {302, 400}
WORDS = {
    "filter_spec": ["max-100x100"],
    "action_name": ["copy", "move", "publish", "approve", "revert_to_page_revision"],
    "revision_id_b": ["live"],
    "url": ["x/"],
    "uidb64": ["x"],
    "token": ["x"],
    "path": ["x"],
}
NAMES_OF_MODELS = {
    *("app_label", "model_name", "app_name", "content_type_app_name", "content_type_model_name"),
    *("content_type_id", "action"),
}
# What forms, filters, choosers and bulk actions read ids from.
ASKED = [
    *("id", "childOf", "tag", "mission", "uploaded_by_user", "workflow", "content_type", "task"),
    *("parent_page_id", "target_pages[]", "collection_id", "collection", "site", "user", "owner"),
    *("edited_by", "locked_by", "requested_by", "finished_by"),
    *("child_of", "descendant_of", "ancestor_of", "translation_of"),
]
POSTED = [
    *("id", "site", "mission", "groups", "group", "page", "schedule", "root_page", "next_page"),
    *("_selected_action", "destination_page_id"),
    *("collection", "new_parent_page", "chooser", "parent_page", "target_pages[]", "user"),
    *("revision_id", "overwrite_revision_id"),
]


def streams_of(model: type) -> list[StreamField]:
    """Give the stream fields of a model; a form without them breaks off before it is checked."""
    return [field for field in model._meta.get_fields() if isinstance(field, StreamField)]


STREAMS = {field.name for model in get_page_models() for field in streams_of(model)}
FORM = {
    **{f"{name}-count": "0" for name in sorted(STREAMS)},
    "title": "x",
    "slug": "x-y-z",
    "new_title": "x",
    "new_slug": "x-y-z",
    "new_parent_page": OURS,
    "external-link-chooser-url": "https://example.org/",
    "copy_subpages": "on",
    "action": "delete_selected",
    "is_superuser": "on",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
}


@dataclass(frozen=True)
class Leak:
    """A way through: who asked for what, and what came back."""

    role: str
    request: str
    what: str


def addresses() -> Iterator[tuple[str, list[str]]]:
    """Give every address of the staff pages as (format, names of its parameters)."""
    for pattern, params in below(get_resolver().url_patterns, "", []):
        if pattern.startswith(STAFF_PAGES):
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


def fillings(params: list[str], numbers: list[int]) -> Iterator[dict]:
    """Give values for the parameters of an address: each number for each that is an id."""
    models = [name for name in params if name in NAMES_OF_MODELS]
    if "action" in params:
        yield from bulk_actions()
        return
    kinds = models_of_missions() if models else [None]
    ids = [name for name in params if name not in models]
    choices = [WORDS.get(name, numbers) for name in ids]
    for kind, values in product(kinds, product(*choices)):
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


class Walk:
    """One person's walk through the staff pages, with the ids of the mission next door.

    A thorough walk finds out which of several ids an address refuses, so that one that is refused
    does not hide one that is not.
    """

    def __init__(self, user, role: str, theirs: Neighbor, thorough: bool = True):
        self.role, self.theirs, self.thorough = role, theirs, thorough
        self.client = Client(raise_request_exception=False, HTTP_HOST="localhost")
        self.client.force_login(user)
        self.signed_in = deepcopy(self.client.cookies)
        self.leaks: list[Leak] = []
        self.asked = self.opened = 0
        self.before = state_of(theirs)

    def everywhere(self) -> list[Leak]:
        """Ask for everything, and give the ways through."""
        for address, params in addresses():
            ids = [name for name in params if name not in NAMES_OF_MODELS]
            for filled in fillings(params, [THEIRS, self.theirs.draft.pk]) if ids else ():
                self.ask(address % filled)
                self.ask(address % filled, post=True)
            for filled in fillings(params, [OURS]):
                self.with_their_ids(address % filled)
            if len(ids) > 1:
                self.with_a_part_of_theirs(address, params, ids[0])
        assert self.ask("/admin/account/") == (403 if self.role == "administrator" else 200)
        return self.leaks

    def with_a_part_of_theirs(self, address: str, params: list[str], first: str) -> None:
        """Ask for something of ours with a part of theirs, like our page with their revision."""
        for filled in fillings(params, [THEIRS]):
            mixed = address % (filled | {first: OURS})
            self.ask(mixed)
            self.ask(mixed, post=True)

    def with_their_ids(self, address: str) -> None:
        """Ask for something of ours with their ids in the query and in the form."""
        ours = {}
        if "/bulk/" in address:
            ours = {"id": OURS}
            self.ask(address, {"id": THEIRS}, post=True)
            self.ask(address, {"id": "all"})
            self.ask(address, {"id": "all", "childOf": OURS}, post=True)
        self.with_each(address, POSTED, ours, post=True)
        if self.ask(address, ours) in {302, 403, 405}:
            return
        self.ask(address, {"q": SEARCH, "term": SEARCH})
        self.with_each(address, ASKED, ours, post=False)

    def with_each(self, address: str, names: list[str], ours: dict, post: bool) -> None:
        """Give all ids at once; where that is refused, the others must be asked with as well."""
        status = self.ask(address, ours | dict.fromkeys(names, THEIRS), post=post)
        if not self.thorough or status not in {400, 404}:
            return
        if self.ask(address, ours, post=post) not in TURNED_AWAY:
            self.with_halves(address, names, ours, post)

    def with_halves(self, address: str, names: list[str], ours: dict, post: bool) -> None:
        """While several ids are refused, ask with one half of them, and with the other."""
        half = len(names) // 2
        for part in (names[:half], names[half:]):
            status = self.ask(address, ours | dict.fromkeys(part, THEIRS), post=post)
            if status in {400, 404} and len(part) > 1:
                self.with_halves(address, part, ours, post)

    def ask(self, address: str, query: dict | None = None, post: bool = False) -> int:
        """Ask once, look at the answer and at the mission next door, and undo what was done."""
        self.asked += 1
        with transaction.atomic():
            if post:
                response = self.client.post(address, FORM | (query or {}), query_params=query)
            else:
                response = self.client.get(address, query)
            self.look(response, f"{'POST' if post else 'GET'} {address} {query or ''}")
            transaction.set_rollback(True)
        self.client.cookies = deepcopy(self.signed_in)  # one of the addresses signs out
        self.opened += response.status_code == 200
        sent_to_sign_in = "/login/" in response.headers.get("Location", "")
        return 403 if sent_to_sign_in else response.status_code

    def look(self, response, request: str) -> None:
        """Note a failure of the server, and any word of the mission next door."""
        if response.status_code not in REFUSED | {200, 304}:
            why = f"answered {response.status_code}: {getattr(response, 'exc_info', None)}"
            self.leaks.append(Leak(self.role, request, why))
        content = b"".join(response) if response.streaming else response.content
        told = [content.decode(errors="replace"), str(response.cookies), str(response.headers)]
        if any(MARK.lower() in text.lower() for text in told):
            self.leaks.append(Leak(self.role, request, "told"))
        was_done = request.startswith("POST") and response.status_code not in TURNED_AWAY
        if was_done and state_of(self.theirs) != self.before:
            self.leaks.append(Leak(self.role, request, "changed"))


def state_of(theirs: Neighbor) -> list:
    """Give a digest of everything that belongs to a mission, table by table, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(digests(theirs)))
        return cursor.fetchall()


def digests(theirs: Neighbor) -> Iterator[str]:
    """Give a query for every table that has rows of a mission."""
    columns = {"site_id": theirs.site.pk, "mission_id": theirs.site.pk, "collection_id": THEIRS}
    columns |= {"page_id": THEIRS, "group_id": THEIRS, "user_id": theirs.user.pk}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.label in ("sessions.Session",):
            continue
        own = {field.column for field in model._meta.local_fields}
        tests = [f"{name}={value}" for name, value in columns.items() if name in own]
        if model is Page:
            tests.append(f"path LIKE '{theirs.site.root_page.path}%'")
        key = model._meta.pk
        if key.get_internal_type() in ("AutoField", "BigAutoField", "OneToOneField"):
            tests.append(f"{key.column} BETWEEN {THEIRS} AND {THEIRS + 2000}")
        if tests:
            table = model._meta.db_table
            yield (
                f"SELECT '{table}', md5(string_agg(t::text, '' ORDER BY t::text)) "
                f"FROM {table} t WHERE {' OR '.join(tests)}"
            )
