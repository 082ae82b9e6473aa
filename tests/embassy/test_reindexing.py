"""The index follows the program: what is newly searched is found after the next migration."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_migrate
from modelsearch.backends.database.postgres.postgres import IndexEntry
from wagtail.search import index

from embassy.models import ContentPage
from embassy.search import reindexing
from embassy.search.view import search_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(home) -> ContentPage:
    """A page whose address says what its words do not."""
    made = ContentPage(title="Nothing", slug="baobab")
    home.add_child(instance=made)
    made.save_revision().publish()
    return made


def migrated() -> None:
    """Tell what `migrate` tells at its end."""
    sender = apps.get_app_config("embassy")
    reindexing.follow_the_program(sender=sender, using="default", verbosity=0)


def found(site, word: str) -> int:
    """Count what a reader finds."""
    return search_site(site, "en", word, 1)["total"]


def more_is_searched(monkeypatch, **how) -> None:
    """Let the address of a page be searched, too."""
    more = [*ContentPage.search_fields, index.SearchField("slug", **how)]
    monkeypatch.setattr(ContentPage, "search_fields", more)


def test_a_field_that_is_newly_searched_is_found_after_migrating(site, page, monkeypatch):
    migrated()
    more_is_searched(monkeypatch)
    assert found(site, "baobab") == 0
    migrated()
    assert found(site, "baobab") == 1


@pytest.mark.parametrize("name", ["search_fields", "CONFIGS", "RULES"])
def test_whatever_shapes_the_index_changes_its_stamp(db, monkeypatch, name):
    before = reindexing.shape_of_index()
    if name == "search_fields":
        more_is_searched(monkeypatch)
        between = reindexing.shape_of_index()
        more_is_searched(monkeypatch, boost=2)
        assert reindexing.shape_of_index() not in (before, between)
    else:
        changed = {"CONFIGS": {"en": "simple"}, "RULES": reindexing.RULES + 1}
        monkeypatch.setattr(reindexing, name, changed[name])
        assert reindexing.shape_of_index() != before


def test_nothing_is_indexed_again_while_it_is_the_same(page):
    migrated()
    IndexEntry.objects.all().delete()
    migrated()
    assert not IndexEntry.objects.exists()


def test_nothing_is_indexed_between_migrations(page, monkeypatch):
    migrated()
    stamp = reindexing.shape_indexed()
    more_is_searched(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'embassy' AND name ="
            " (SELECT max(name) FROM django_migrations WHERE app = 'embassy')"
        )
    migrated()
    assert reindexing.shape_indexed() == stamp


def test_an_index_that_stopped_halfway_is_done_again(page, monkeypatch):
    migrated()
    more_is_searched(monkeypatch)
    monkeypatch.setattr(reindexing, "call_command", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        migrated()
    assert reindexing.shape_indexed() != reindexing.shape_of_index()
    monkeypatch.setattr(reindexing, "call_command", call_command)
    migrated()
    assert reindexing.shape_indexed() == reindexing.shape_of_index()


def test_migrate_itself_leaves_the_stamp(db):
    assert reindexing.shape_indexed() == reindexing.shape_of_index()
    sender = apps.get_app_config("embassy")
    assert reindexing.follow_the_program in post_migrate._live_receivers(sender)[0]


@pytest.mark.parametrize("is_new", [True, False])
def test_a_new_database_is_not_told_that_something_changed(page, monkeypatch, is_new):
    more_is_searched(monkeypatch)
    if is_new:
        IndexEntry.objects.all().delete()
    said = StringIO()
    call_command("migrate", stdout=said)
    assert (reindexing.AGAIN in said.getvalue()) != is_new
    assert IndexEntry.objects.exists()
