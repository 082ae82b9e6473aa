"""What is searched: every thing in the words under which it is found.

A page is indexed by its language's rules (word stems, no accents), a warning, which holds the
texts of several languages, by the rules of each, and anything else word for word.
"""

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchQuery
from django.utils.functional import cached_property
from django.utils.translation import override
from modelsearch.backends.database.postgres.postgres import (
    IndexEntry,
    ObjectIndexer,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.backends.database.postgres.weights import get_weight
from modelsearch.query import Phrase, PlainText
from modelsearch.utils import ADD
from wagtail.fields import RichTextField
from wagtail.models import Locale
from wagtail.search.index import BaseField, FilterField, SearchField

from embassy.search import words
from embassy.search.languages import ANY_LANGUAGE, CONFIGS, config_for
from embassy.search.scope import in_all_languages
from embassy.texts.sentences import in_sentences, one_after_another, read


@dataclass(frozen=True)
class Rules:
    """What `ObjectIndexer` asks a backend for."""

    config: str
    autocomplete_config: str = ANY_LANGUAGE


class Index(PostgresIndex):
    """Wagtail's index, with each thing indexed by the rules of its own language."""

    def add_items(self, model, objs) -> None:
        """Index things of one model; what was indexed of them before is replaced."""
        if not model.get_search_fields():
            return
        languages = dict(Locale.objects.values_list("pk", "language_code"))
        objs = list(objs)
        entries = [entry_of(obj, language_of(obj, languages)) for obj in objs]
        self.entries.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=[
                *("title", "title_norm", "body", "autocomplete", "title_text", "body_text")
            ],
        )
        self._refresh_title_norms()
        words.remember(objs, entries, languages)

    def delete_stale_entries(self) -> None:
        """Forget what is gone, as everything is about to be indexed again."""
        words.forget_all()
        super().delete_stale_entries()


def language_of(obj, languages: dict[int, str]) -> str | None:
    """Give the one language a thing is in, by its locale's number; None where there is no one."""
    if in_all_languages(type(obj)):
        return None
    return languages.get(getattr(obj, "locale_id", None))


def configs_of(obj, language: str | None) -> list[str]:
    """Give the configurations by which a thing in a language, in all or in none is indexed."""
    if in_all_languages(type(obj)):
        return list(CONFIGS.values())
    return [config_for(language or "")]


class Indexer(ObjectIndexer):
    """Writes what stands apart on a page as sentences, so that excerpts can be read.

    A thing in several languages has an indexer for each; what they read of it is read once, into
    `texts`.
    """

    def __init__(self, obj, rules: Rules, texts: dict[BaseField, list]):
        super().__init__(obj, rules)
        self.search_fields = [f for f in self.search_fields if not isinstance(f, FilterField)]
        self.texts = texts

    def prepare_value(self, value) -> str:
        """Join the texts of a block."""
        if isinstance(value, list | dict):
            parts = value.values() if isinstance(value, dict) else value
            return one_after_another(self.prepare_value(part) for part in parts)
        return super().prepare_value(value)

    def prepare_field(self, obj, field):
        """Give the texts of a field, which for each part of the entry are asked for again."""
        if obj is not self.obj:
            return self.texts_of(obj, field)
        if field not in self.texts:
            self.texts[field] = list(self.texts_of(obj, field))
        return self.texts[field]

    def texts_of(self, obj, field):
        """Read the texts of a field; of rich text its sentences."""
        column = getattr(type(obj), field.field_name, None)
        column = getattr(column, "field", None)
        if isinstance(field, SearchField) and isinstance(column, RichTextField):
            yield field, get_weight(field.boost), in_sentences(getattr(obj, field.field_name) or "")
        else:
            yield from super().prepare_field(obj, field)

    @cached_property
    def body_text(self) -> str:
        """Everything but the title, field after field."""
        found = [one for field in self.search_fields for one in self.prepare_field(self.obj, field)]
        fields = [(field, text) for field, _weight, text in found if isinstance(field, SearchField)]
        texts = (text for field, text in fields if field.field_name != "title")
        return read(one_after_another(texts))


def entry_of(obj, language: str | None) -> IndexEntry:
    """Give a thing's unsaved index entry, in words of its one language where it has one.

    Whoever saves it, and in whatever language their screen is.
    """
    texts: dict[BaseField, list] = {}
    indexers = [Indexer(obj, Rules(config), texts) for config in configs_of(obj, language)]
    with override(language):
        return IndexEntry(
            content_type=ContentType.objects.get_for_model(obj),
            object_id=indexers[0].id,
            title=ADD([indexer.title for indexer in indexers]),
            body=ADD([indexer.body for indexer in indexers]),
            autocomplete=indexers[0].autocomplete,
            title_text=indexers[0].title_text,
            body_text=indexers[0].body_text,
        )


class QueryCompiler(PostgresSearchQueryCompiler):
    """Looks for words by the rules of every language, as staff search all languages at once."""

    def build_tsquery_content(self, query, config=None, invert=False):
        """Join the query of each configuration: any may match, or none when it is inverted."""
        if not isinstance(query, PlainText | Phrase):
            return super().build_tsquery_content(query, config=config, invert=invert)
        each = [
            super(QueryCompiler, self).build_tsquery_content(query, config=name, invert=invert)
            or SearchQuery("", config=name)  # only hyphens: Wagtail gives None, which breaks
            for name in (*CONFIGS.values(), ANY_LANGUAGE)
        ]
        return reduce(and_ if invert else or_, each)


class SearchBackend(PostgresSearchBackend):
    """Wagtail's PostgreSQL backend, by the rules of our languages and without accents."""

    index_class = Index
    query_compiler_class = QueryCompiler

    def __init__(self, params: dict):
        super().__init__(params)
        self.autocomplete_config = ANY_LANGUAGE
