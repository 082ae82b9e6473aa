"""Which pages come first, in two steps: all by their titles, the best by their whole texts.

A word may be on every third page, and ranking by the whole text reads all of it.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, IntegerField, QuerySet
from django.db.models.expressions import CombinedExpression, RawSQL
from django.db.models.functions import Cast
from modelsearch.backends.database.postgres.postgres import IndexEntry
from modelsearch.backends.database.postgres.weights import get_sql_weights

from embassy.search.scope import Scope

LISTED = 500  # hits that are ranked by their whole text and listed

# The hits are found once, and then counted by type and put into order.
BEST = """
WITH
    first (pages) AS MATERIALIZED (SELECT ARRAY({first})),
    hits (entry, kind, page, fit, at) AS MATERIALIZED ({hits}),
    best (entry) AS MATERIALIZED (
        SELECT entry FROM hits, first
        WHERE (%s::int[] IS NULL OR kind = ANY(%s)) AND page <> ALL(pages)
        ORDER BY fit DESC, at DESC, page DESC LIMIT %s
    )
SELECT
    (SELECT jsonb_object_agg(kind, number)
     FROM (SELECT kind, count(*) AS number FROM hits GROUP BY kind) AS counted),
    ARRAY({ranked}),
    (SELECT pages FROM first)
"""
NO_PAGE = ("SELECT 0 WHERE false", ())


@dataclass(frozen=True)
class Hits:
    """How many pages of each type (by its number) have all the words, and the keys of the best.

    `first` are the keys of pages that are wanted before all, which are not among the best.
    """

    counts: dict[int, int] = field(default_factory=dict)
    best: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)

    def total(self, types: Collection[int] | None = None) -> int:
        """Count the hits of some types, or of all."""
        return sum(n for kind, n in self.counts.items() if types is None or kind in types)


def best_hits(
    scope: Scope, words: str, types: list[int] | None = None, first: QuerySet | None = None
) -> Hits:
    """Count the pages with all the words, and give the most promising, the best of them first.

    Which these are is said by their titles, and among equals by which is newest. Only pages of some
    types are given, where they are named, and those whose keys come `first` stand apart.
    """
    asked = scope.asked(words)
    hits = scope.pages_with(words).annotate(fit=title_rank("index_entries__", asked)).order_by()
    hits = hits.values_list(
        *("index_entries__pk", "content_type_id", "pk", "fit", "last_published_at")
    )
    before, its = NO_PAGE if first is None else first.query.sql_with_params()
    found, theirs = hits.query.sql_with_params()
    ranked, own = ranked_by_whole_texts(asked).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            BEST.format(first=before, hits=found, ranked=ranked),
            [*its, *theirs, types, types, LISTED, *own],
        )
        counted, *keys = cursor.fetchone()
    counts = json.loads(counted or "{}")
    return Hits({int(kind): number for kind, number in counts.items()}, *keys)


def ranked_by_whole_texts(asked: SearchQuery) -> QuerySet:
    """Query the keys of the most promising pages by their titles and all else of their texts."""
    entries = IndexEntry.objects.filter(pk__in=RawSQL("SELECT entry FROM best", ()))
    whole = title_rank("", asked) + SearchRank(F("body"), asked, weights=get_sql_weights())
    page = Cast("object_id", IntegerField())
    return entries.order_by(whole.desc(), "-pk").values_list(page, flat=True)


def title_rank(prefix: str, asked: SearchQuery) -> CombinedExpression:
    """Rank by the title, a short one higher, as Wagtail does."""
    rank = SearchRank(F(f"{prefix}title"), asked, weights=get_sql_weights())
    return rank * F(f"{prefix}title_norm")
