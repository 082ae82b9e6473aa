"""Search follows facts: when one changes, pages that show it are indexed again.

It follows the program, too: when other things of a page are searched than before, `migrate` ends by
indexing all of it again. What was indexed last stands as a comment on the index's table.
"""

import hashlib
import json
import sys
from collections.abc import Iterator

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import TextField
from django.db.models.functions import Cast
from django.db.models.signals import post_migrate, post_save
from django.dispatch import receiver
from modelsearch.backends.database.postgres.postgres import IndexEntry
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.search import index

from embassy.models import ContactPoint, MissionSettings
from embassy.pages import QUOTES_ADDRESS, BodyMixin
from embassy.search.languages import ANY_LANGUAGE, CONFIGS

RULES = 4
"""To be raised when the same fields are indexed in another way (`search/`, or a property)."""


AGAIN = "  Indexing all pages for search again: what is searched has changed …\n"


@receiver(post_save, sender=ContactPoint, dispatch_uid="embassy.search.reindexing.contact")
def follow_a_changed_number(instance, **kwargs) -> None:
    """Index again, after the commit, the pages that quote the contact point."""
    transaction.on_commit(lambda: index_again([*quoting(instance), *homes_of(instance.site)]))


@receiver(post_save, sender=MissionSettings, dispatch_uid="embassy.search.reindexing.mission")
def follow_a_changed_address(instance, **kwargs) -> None:
    """Index again, after the commit, the pages that show the mission's address."""
    site = instance.site
    transaction.on_commit(lambda: index_again([*with_address(site), *homes_of(site)]))


def index_again(pages: list[Page]) -> None:
    """Index pages with what they show now."""
    for page in pages:
        index.insert_or_update_object(page)


def quoting(contact: ContactPoint) -> Iterator[Page]:
    """Give the pages whose texts or rows refer to a contact point."""
    kind = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.get_references_to(contact).filter(base_content_type=kind)
    numbers = set(references.values_list("object_id", flat=True))
    yield from Page.objects.filter(pk__in=numbers).specific()


def homes_of(site: Site) -> Iterator[Page]:
    """Give the home pages of a mission."""
    yield from site.root_page.get_translations(inclusive=True).specific()


def with_address(site: Site) -> Iterator[Page]:
    """Give the pages of a mission in whose body its address is quoted."""
    stored = Cast("body", TextField())
    for home in site.root_page.get_translations(inclusive=True):
        for model in apps.get_models():
            if issubclass(model, BodyMixin):
                pages = model.objects.descendant_of(home).annotate(stored=stored)
                yield from pages.filter(stored__contains=f'"type": "{QUOTES_ADDRESS}"')


@receiver(
    post_migrate, sender=apps.get_app_config("embassy"), dispatch_uid="embassy.search.reindexing"
)
def follow_the_program(using: str, verbosity: int = 1, **kwargs) -> None:
    """Index everything again if the program has other fields to search than the index has.

    Not between migrations, when tables may lack what the program asks of them.
    """
    executor = MigrationExecutor(connections[using])
    if using != "default" or executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    shape = shape_of_index()
    if shape_indexed() == shape:
        return
    if verbosity and IndexEntry.objects.exists():
        kwargs.get("stdout", sys.stdout).write(AGAIN)
    call_command("update_index", verbosity=0)
    with connections[using].cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE {IndexEntry._meta.db_table} IS %s", [shape])


def shape_of_index() -> str:
    """Give a digest of what is indexed of each model, and by which configurations."""
    models = sorted(index.get_indexed_models(), key=lambda model: model._meta.label)
    fields = {model._meta.label: described(model.get_search_fields()) for model in models}
    whole = json.dumps([RULES, ANY_LANGUAGE, CONFIGS, fields], default=str)
    return f"indexed: {hashlib.sha256(whole.encode()).hexdigest()}"


def described(fields: list) -> list:
    """Give search fields as plain data, those of related models within them."""
    found = []
    for field in fields:
        if isinstance(field, index.RelatedFields):
            found.append([type(field).__name__, field.field_name, described(field.fields)])
        else:
            kept = [getattr(field, "boost", None), sorted(field.kwargs.items())]
            found.append([type(field).__name__, field.field_name, *kept])
    return sorted(found, key=str)


def shape_indexed() -> str:
    """Give the digest under which everything was indexed last; nothing if it never was."""
    with connections["default"].cursor() as cursor:
        table = IndexEntry._meta.db_table
        cursor.execute("SELECT obj_description(%s::regclass, 'pg_class')", [table])
        return cursor.fetchone()[0] or ""
