"""Excerpts: the words around what was found, cut by PostgreSQL and marked in safe HTML."""

import re
from collections.abc import Sequence

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db import connection
from django.db.models import Func, TextField
from django.db.models.functions import Left
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from embassy.search.asked import as_asked
from embassy.search.languages import config_for
from embassy.texts.sentences import on_one_line

EXCERPT_FROM = 20_000  # characters of a page's text in which an excerpt is looked for
MARKS = ("\ue000", "\ue001")  # private characters around a found word, until HTML is escaped
CUT_LONG, CUT_SHORT = 35, 15  # words
WHOLE_OR_CUT = """
SELECT ts_headline(config, summary, asked, %s), ts_headline(config, left(body, %s), asked, %s)
FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS given (summary, body, place),
    (SELECT %s::regconfig, {reads}(%s::regconfig, %s)) AS question (config, asked)
ORDER BY place
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


def excerpt_for(asked: SearchQuery, language: str) -> Cut:
    """Give what cuts an excerpt out of a page; PostgreSQL does so for the rows shown only."""
    whole = Left("index_entries__body_text", EXCERPT_FROM)
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


def marked_texts(
    texts: Sequence[tuple[str, str]], words: str, language: str, any_of: bool = False
) -> list[SafeString]:
    """Give pages' own words as HTML, each found word in a `mark` element.

    Of each page there is a summary and the words below it: the summary is given whole, unless the
    words asked stand in the others only; those are cut around them.
    """
    if not texts:
        return []
    config = config_for(language)
    marks = f"StartSel={MARKS[0]}, StopSel={MARKS[1]}"
    cut = f"MaxFragments=1, MaxWords={CUT_LONG}, MinWords={CUT_SHORT}, {marks}"
    columns = [list(column) for column in zip(*texts, strict=True)]
    options = [f"HighlightAll=true, {marks}", EXCERPT_FROM, cut]
    asked, kind = as_asked(words, language, any_of)
    with connection.cursor() as cursor:
        question = [*options, *columns, config, config, asked]
        cursor.execute(WHOLE_OR_CUT.format(reads=READS[kind]), question)
        return [the_telling(*row) for row in cursor.fetchall()]


def the_telling(summary: str, cut: str) -> SafeString:
    """Give the one of two marked texts that shows what was found, or else the summary."""
    if MARKS[0] in cut and MARKS[0] not in summary:
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
