"""Search over everything public of a mission, and the words under which things are indexed.

A page is indexed by its language's rules (word stems, no accents), a warning, which holds the
texts of several languages, by the rules of each, and anything else word for word.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    SearchVectorField,
)
from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count, F, Func, Q, Window
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from modelsearch.backends.database.postgres.postgres import (
    IndexEntry,
    ObjectIndexer,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.backends.database.postgres.weights import get_sql_weights, get_weight
from modelsearch.query import Phrase, PlainText
from modelsearch.utils import ADD
from wagtail.fields import RichTextField
from wagtail.models import Locale, Page, Site, get_page_models
from wagtail.query import PageQuerySet
from wagtail.search.index import BaseField, FilterField, SearchField

from embassy.languages import with_prefix
from embassy.pages import BasePage, open_to_all
from embassy.sentences import in_sentences, on_one_line, one_after_another

CONFIGS = {"en": "en_unaccent", "fr": "fr_unaccent"}
ANY_LANGUAGE = "simple_unaccent"

PER_PAGE = 10
LONGEST = 200  # characters of a query that are searched for
LISTED = 500  # hits that are ranked by their whole text and listed
EXCERPT_FROM = 20_000  # characters of a page's text in which an excerpt is looked for
NOTHING_IN_PART = gettext_lazy(
    "Only the first %(count)d characters were searched for, and nothing was found for them."
)
MARKS = ("\ue000", "\ue001")  # private characters around a found word, until HTML is escaped


def config_for(language: str) -> str:
    """Give the text search configuration of a language."""
    return CONFIGS.get(language, ANY_LANGUAGE)


# How things are indexed, and how staff find them.


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
        self.entries.bulk_create(
            [entry_of(obj, language_of(obj, languages)) for obj in objs],
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=[
                *("title", "title_norm", "body", "autocomplete", "title_text", "body_text")
            ],
        )
        self._refresh_title_norms()


def language_of(obj, languages: dict[int, str]) -> str | None:
    """Give the one language a thing is in, by its locale's number; None where there is no one."""
    if getattr(obj, "in_all_languages", False):
        return None
    return languages.get(getattr(obj, "locale_id", None))


def configs_of(obj, language: str | None) -> list[str]:
    """Give the configurations by which a thing in a language, in all or in none is indexed."""
    if getattr(obj, "in_all_languages", False):
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
        return one_after_another(text for field, text in fields if field.field_name != "title")


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


# What readers find.


@dataclass(frozen=True)
class Result:
    """A page found, as it is shown."""

    title: str
    url: str
    type_name: str
    excerpt: SafeString
    date: date | None


@dataclass(frozen=True)
class Scope:
    """What of a mission a reader of one language can find."""

    language: str
    root: Page
    home: Page | None  # in the reader's language, where there is one

    def pages(self) -> PageQuerySet:
        """Give the public pages: the language's own tree, and pages that are in all languages."""
        models = [model for model in get_page_models() if in_all_languages(model)]
        types = ContentType.objects.get_for_models(*models).values()
        where = Q(path__startswith=self.root.path, content_type__in=types)
        if self.home:
            where |= Q(path__startswith=self.home.path)
        not_over = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
        return open_to_all(Page.objects.filter(where, not_over))

    def address(self, page: Page) -> str:
        """Give a page's address on the mission's site, in the reader's language."""
        is_own = self.home and page.path.startswith(self.home.path)
        top = self.home if is_own else self.root
        return with_prefix("/" + page.url_path.removeprefix(top.url_path), self.language)


def search_site(site: Site, language: str, query: str, page: str | int) -> dict:
    """Find what is public of a mission in a language.

    Gives `query` as it was searched for, `results` (a paginator's page of `Result`), `total`
    (of which the first LISTED are listed) and `error`, a sentence or nothing.
    """
    text = cleaned(query)
    words = text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] or text[:LONGEST]
    scope = scope_of(site, language)
    total, best = best_hits(scope, words) if words else (0, [])
    results = Paginator(best, PER_PAGE).get_page(page)
    results.object_list = shown(scope, words, best, results) if best else []
    error = "" if total and text == words else complaint(query, text, words, total, language)
    return {"query": words, "results": results, "total": total, "error": error}


def cleaned(query: str) -> str:
    """Give a query without what no database takes: NUL, other control signs, half characters."""
    text = unicodedata.normalize("NFC", query.encode("utf-8", "ignore").decode())
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


def scope_of(site: Site, language: str) -> Scope:
    """Give what a reader of a language can find of a mission."""
    root = site.root_page
    homes = root.get_translations(inclusive=True).live()
    return Scope(language, root, homes.filter(locale__language_code=language).first())


def in_all_languages(model: type) -> bool:
    """Tell whether one page of this class serves every language."""
    return getattr(model, "in_all_languages", False)


def tsquery(words: str, language: str) -> SearchQuery:
    """Give the database's query for all of some words; no sign among them is an operator."""
    return SearchQuery(words, config=config_for(language), search_type="plain")


def best_hits(scope: Scope, words: str) -> tuple[int, list[int]]:
    """Count the pages with all the words and give the index entries of the most promising.

    A word may be on every third page, and ranking by the whole text reads all of it. So all hits
    are ordered by their title, the newest first among equals, and only the best are ranked.
    """
    asked = tsquery(words, scope.language)
    whole = Func(
        F("index_entries__title"),
        F("index_entries__body"),
        function="search_words",
        output_field=SearchVectorField(),
    )
    hits = (
        scope.pages()
        .annotate(words=whole, total=Window(Count("*")))
        .filter(words=asked)
        .order_by(title_rank("index_entries__", asked).desc(), "-last_published_at", "-pk")
        .values_list("total", "index_entries__pk")[:LISTED]
    )
    rows = list(hits)
    return (rows[0][0] if rows else 0), [entry for _total, entry in rows]


def title_rank(prefix: str, asked: SearchQuery):
    """Rank by the title, a short one higher, as Wagtail does."""
    rank = SearchRank(F(f"{prefix}title"), asked, weights=get_sql_weights())
    return rank * F(f"{prefix}title_norm")


def shown(scope: Scope, words: str, best: list[int], results: ResultPage) -> list[Result]:
    """Rank the best hits by their whole text and give those of one page of results."""
    asked = tsquery(words, scope.language)
    whole = title_rank("", asked) + SearchRank(F("body"), asked, weights=get_sql_weights())
    rows = (
        IndexEntry.objects.filter(pk__in=best)
        .order_by(whole.desc(), "-pk")
        .values_list("object_id", excerpt_for(asked, scope.language))
    )
    excerpts = {int(pk): text for pk, text in rows[results.start_index() - 1 : results.end_index()]}
    pages = with_own_fields(excerpts)
    read_ahead(pages.values())
    return [result(scope, pages[pk], excerpts[pk]) for pk in excerpts if pk in pages]


def excerpt_for(asked: SearchQuery, language: str) -> SearchHeadline:
    """Give what cuts an excerpt out of a text; PostgreSQL does so for the rows shown only."""
    return SearchHeadline(
        Left("body_text", EXCERPT_FROM),
        asked,
        config=config_for(language),
        start_sel=MARKS[0],
        stop_sel=MARKS[1],
        max_fragments=1,
        max_words=35,
        min_words=15,
    )


def read_ahead(pages: Iterable[Page]) -> None:
    """Let each kind of page read at once what its pages show in lists."""
    kinds: dict[type, list[Page]] = {}
    for page in pages:
        kinds.setdefault(type(page), []).append(page)
    for kind, alike in kinds.items():
        if hasattr(kind, "read_ahead"):
            kind.read_ahead(alike)


def with_own_fields(keys) -> dict[int, Page]:
    """Give pages by key, in one query; specific where their class has something of its own."""
    names = {
        model: model._meta.pk.remote_field.get_accessor_name()
        for model in get_page_models()
        if shows_own_fields(model)
    }
    pages = Page.objects.select_related("locale", *names.values()).in_bulk(list(keys))
    for pk, page in pages.items():
        if page.specific_class in names:
            pages[pk] = getattr(page, names[page.specific_class])
            pages[pk].locale = page.locale
    return pages


def shows_own_fields(model: type) -> bool:
    """Tell whether a page class shows a date or texts per language, kept in its own table."""
    own_date = issubclass(model, BasePage) and model.dated is not BasePage.dated
    return own_date or in_all_languages(model)


def result(scope: Scope, page: Page, excerpt: str) -> Result:
    """Give a page as it is shown; one that is in all languages words itself in the reader's."""
    title, text = page.title, highlighted(excerpt)
    if in_all_languages(type(page)):
        title = page.title_in(scope.language)
        text = escape(page.summary_in(scope.language)) or text
    return Result(
        title=title,
        url=scope.address(page),
        type_name=str(getattr(page.specific_class, "type_name", "")),
        excerpt=text,
        date=getattr(page, "dated", None),
    )


def highlighted(excerpt: str) -> SafeString:
    """Give an excerpt as HTML, each found word in a `mark` element, all else escaped."""
    start, stop = MARKS
    text = on_one_line(excerpt)
    plain = re.sub(f"[{start}{stop}]", "", text)
    if plain and not plain[0].isupper():
        text = f"… {text}"
    if plain and plain[-1] not in ".!?":
        text = f"{text} …"
    marked = re.sub(f"{start}([^{start}{stop}]*){stop}", r"<mark>\1</mark>", escape(text))
    return mark_safe(re.sub(f"[{start}{stop}]", "", marked))


def complaint(query: str, text: str, words: str, total: int, language: str) -> str:
    """Give a sentence when a query could not be searched for as it was written, else nothing."""
    if total:
        return _("Only the first %(count)d characters were searched for.") % {"count": LONGEST}
    if not query.strip():
        return ""
    if words and has_words(words, language):
        return NOTHING_IN_PART % {"count": LONGEST} if words != text else ""
    return _("Write a name or a word to search for; “the”, “and” and signs alone find nothing.")


def has_words(words: str, language: str) -> bool:
    """Tell whether anything of a query is left to search for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT numnode(plainto_tsquery(%s::regconfig, %s)) > 0", [config_for(language), words]
        )
        return cursor.fetchone()[0]
