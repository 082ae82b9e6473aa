"""Which pages come first, in two steps: all by their titles, the best by their whole texts.

A word may be on every third page, and ranking by the whole text reads all of it.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import CombinedExpression
from modelsearch.backends.database.postgres.weights import get_sql_weights

from embassy.search.scope import Scope

LISTED = 500  # hits that are ranked by their whole text and listed

# The hits are found once, and then counted by type and put into order.
BEST = """
WITH
    first (pages) AS MATERIALIZED (SELECT ARRAY({first})),
    hits (entry, kind, page, fit, at) AS MATERIALIZED ({hits})
SELECT
    (SELECT jsonb_object_agg(kind, number)
     FROM (SELECT kind, count(*) AS number FROM hits GROUP BY kind) AS counted),
    ARRAY(
        SELECT entry FROM hits, first
        WHERE (%s::int[] IS NULL OR kind = ANY(%s)) AND page <> ALL(pages)
        ORDER BY fit DESC, at DESC, page DESC LIMIT %s
    ),
    (SELECT pages FROM first)
"""
NO_PAGE = ("SELECT 0 WHERE false", ())


@dataclass(frozen=True)
class Hits:
    """How many pages of each type (by its number) have all the words, and the best entries.

    `first` are the pages that are wanted before all, which are not among these entries.
    """

    counts: dict[int, int] = field(default_factory=dict)
    entries: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)

    def total(self, types: Collection[int] | None = None) -> int:
        """Count the hits of some types, or of all."""
        return sum(n for kind, n in self.counts.items() if types is None or kind in types)


def best_hits(
    scope: Scope, words: str, types: list[int] | None = None, first: QuerySet | None = None
) -> Hits:
    """Count the pages with all the words, and give the index entries of the most promising.

    All are ordered by their titles, the newest first among equals. Only pages of some types are
    given, where they are named, and those whose keys come `first` stand apart.
    """
    asked = scope.asked(words)
    hits = scope.pages_with(words).annotate(fit=title_rank(asked)).order_by()
    hits = hits.values_list(
        *("index_entries__pk", "content_type_id", "pk", "fit", "last_published_at")
    )
    sql, params = hits.query.sql_with_params()
    before, its = NO_PAGE if first is None else first.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(BEST.format(first=before, hits=sql), [*its, *params, types, types, LISTED])
        counted, entries, pages = cursor.fetchone()
    counts = json.loads(counted or "{}")
    return Hits({int(kind): number for kind, number in counts.items()}, entries, pages)


def title_rank(asked: SearchQuery) -> CombinedExpression:
    """Rank a page by its title, a short one higher, as Wagtail does."""
    rank = SearchRank(F("index_entries__title"), asked, weights=get_sql_weights())
    return rank * F("index_entries__title_norm")


def whole_rank(asked: SearchQuery) -> CombinedExpression:
    """Rank a page by its title and all else of its text."""
    body = SearchRank(F("index_entries__body"), asked, weights=get_sql_weights())
    return title_rank(asked) + body
