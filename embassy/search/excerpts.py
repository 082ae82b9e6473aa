"""Excerpts: the words around what was found, cut by PostgreSQL and marked in safe HTML."""

import re
from collections.abc import Collection, Mapping

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db import connection
from django.db.models import Func, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Left
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from modelsearch.backends.database.postgres.postgres import IndexEntry
from wagtail.models import get_page_models

from embassy.search.asked import as_asked
from embassy.search.languages import config_for
from embassy.search.scope import Scope
from embassy.texts.sentences import on_one_line

EXCERPT_FROM = 20_000  # characters of a page's text in which an excerpt is looked for
MARKS = ("\ue000", "\ue001")  # private characters around a found word, until HTML is escaped
CUT_LONG, CUT_SHORT = 35, 15  # words
# Of pages without words of their own the excerpt alone; of the others their summary and a part.
EXCERPTS = """
{indexed}
UNION ALL
SELECT page, ts_headline(config, summary, asked, %s), ts_headline(config, left(body, %s), asked, %s)
FROM unnest(%s::int[], %s::text[], %s::text[]) AS given (page, summary, body),
    (SELECT %s::regconfig, {reads}(%s::regconfig, %s)) AS question (config, asked)
"""
READS = {"plain": "plainto_tsquery", "websearch": "websearch_to_tsquery"}


class Cut(Func):
    """A text's excerpt, with “…” before it when what stands before it ends no sentence."""

    output_field = TextField()
    template = f"""(
        SELECT CASE WHEN before ~ '\\S' AND before !~ '[.!?…][»”"’)\\s]*$'
            THEN '… ' || cut ELSE cut END
        FROM (
            SELECT cut, left(
                whole, greatest(strpos(whole, translate(cut, '{"".join(MARKS)}', '')) - 1, 0)
            ) AS before
            FROM (SELECT %(expressions)s OFFSET 0) AS given (whole, cut)
        ) AS seen
    )"""


def excerpts_of(
    scope: Scope, words: str, pages: Collection[int], own: Mapping[int, tuple[str, str]]
) -> dict[int, SafeString]:
    """Give an excerpt of each page as HTML by its key, each found word in a `mark` element.

    Of some `pages` it is cut out of what is indexed of them; where the words are not in it, their
    beginning. Others have words of their `own`, a summary and the words below it: the summary is
    given whole, unless the words asked stand in the others only; those are cut around them.
    """
    if not pages and not own:
        return {}
    config, (asked, kind) = (
        config_for(scope.language),
        as_asked(words, scope.language, scope.any_of),
    )
    indexed, theirs = cut_of_index(scope, words, pages).query.sql_with_params()
    marks = f"StartSel={MARKS[0]}, StopSel={MARKS[1]}"
    cut = f"MaxFragments=1, MaxWords={CUT_LONG}, MinWords={CUT_SHORT}, {marks}"
    options = [f"HighlightAll=true, {marks}", EXCERPT_FROM, cut]
    columns = [list(own), *([texts[place] for texts in own.values()] for place in (0, 1))]
    with connection.cursor() as cursor:
        cursor.execute(
            EXCERPTS.format(indexed=indexed, reads=READS[kind]),
            [*theirs, *options, *columns, config, config, asked],
        )
        return {pk: the_telling(*texts) for pk, *texts in cursor.fetchall()}


def cut_of_index(scope: Scope, words: str, pages: Collection[int]) -> QuerySet:
    """Query the excerpts of some pages out of what is indexed of them."""
    types = ContentType.objects.get_for_models(*get_page_models()).values()
    numbers = [str(pk) for pk in pages] or [""]  # of no number Django makes no SQL
    entries = IndexEntry.objects.filter(content_type__in=types, object_id__in=numbers)
    key, nothing = Cast("object_id", IntegerField()), Value(None, TextField())
    return entries.values_list(key, nothing, excerpt_for(scope.asked(words), scope.language))


def excerpt_for(asked: SearchQuery, language: str) -> Cut:
    """Give what cuts an excerpt out of an index entry."""
    whole = Left("body_text", EXCERPT_FROM)
    headline = SearchHeadline(
        whole,
        asked,
        config=config_for(language),
        start_sel=MARKS[0],
        stop_sel=MARKS[1],
        max_fragments=1,
        max_words=CUT_LONG,
        min_words=CUT_SHORT,
    )
    return Cut(whole, headline)


def the_telling(summary: str | None, cut: str) -> SafeString:
    """Give the one of two marked texts that shows what was found, or else the summary."""
    if summary is None or (MARKS[0] in cut and MARKS[0] not in summary):
        return highlighted(cut)
    return marked(on_one_line(summary))


def highlighted(excerpt: str) -> SafeString:
    """Give an excerpt as HTML, each found word in a `mark` element, all else escaped."""
    start, stop = MARKS
    text = on_one_line(excerpt)
    plain = re.sub(f"[{start}{stop}]", "", text)
    if plain and not plain[0].isupper() and not plain.startswith("…"):
        text = f"… {text}"
    if plain and plain[-1] not in ".!?":
        text = f"{text} …"
    return marked(text)


def marked(text: str) -> SafeString:
    """Give a text with marks as HTML, all else in it escaped."""
    start, stop = MARKS
    html = re.sub(f"{start}([^{start}{stop}]*){stop}", r"<mark>\1</mark>", escape(text))
    return mark_safe(re.sub(f"[{start}{stop}]", "", html))
