"""Which pages come first, in two steps: all by their titles, the best by their whole texts.

A word may be on every third page, and ranking by the whole text reads all of it.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F
from django.db.models.expressions import CombinedExpression
from modelsearch.backends.database.postgres.weights import get_sql_weights

from embassy.search.scope import Scope

LISTED = 500  # hits that are ranked by their whole text and listed

# The hits are found once, and then counted by type and put into order.
BEST = """
WITH hits (entry, kind, page, fit, at) AS MATERIALIZED ({hits})
SELECT
    (SELECT jsonb_object_agg(kind, number)
     FROM (SELECT kind, count(*) AS number FROM hits GROUP BY kind) AS counted),
    ARRAY(
        SELECT entry FROM hits
        WHERE (%s::int[] IS NULL OR kind = ANY(%s)) AND page <> ALL(%s)
        ORDER BY fit DESC, at DESC, page DESC LIMIT %s
    )
"""


@dataclass(frozen=True)
class Hits:
    """How many pages of each type (by its number) have all the words, and the best entries."""

    counts: dict[int, int] = field(default_factory=dict)
    entries: list[int] = field(default_factory=list)

    def total(self, types: Collection[int] | None = None) -> int:
        """Count the hits of some types, or of all."""
        return sum(n for kind, n in self.counts.items() if types is None or kind in types)


def best_hits(
    scope: Scope, words: str, types: list[int] | None = None, besides: Collection[int] = ()
) -> Hits:
    """Count the pages with all the words, and give the index entries of the most promising.

    All are ordered by their titles, the newest first among equals. Only pages of some types are
    given, where they are named, and none of those `besides` which others are wanted.
    """
    asked = scope.asked(words)
    hits = scope.pages_with(words).annotate(fit=title_rank("index_entries__", asked)).order_by()
    hits = hits.values_list(
        *("index_entries__pk", "content_type_id", "pk", "fit", "last_published_at")
    )
    sql, params = hits.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            BEST.format(hits=sql), [*params, types, types, [*map(int, besides)] or [0], LISTED]
        )
        counted, entries = cursor.fetchone()
    counts = json.loads(counted or "{}")
    return Hits({int(kind): number for kind, number in counts.items()}, entries)


def title_rank(prefix: str, asked: SearchQuery) -> CombinedExpression:
    """Rank by the title, a short one higher, as Wagtail does."""
    rank = SearchRank(F(f"{prefix}title"), asked, weights=get_sql_weights())
    return rank * F(f"{prefix}title_norm")


def whole_rank(asked: SearchQuery) -> CombinedExpression:
    """Rank an index entry by its title and all else of its text."""
    return title_rank("", asked) + SearchRank(F("body"), asked, weights=get_sql_weights())
