"""What staff put first: pages for certain words, as far as readers find them at all."""

from wagtail.models import Site

from embassy.models import PromotedResult
from embassy.search.scope import Scope

SHOWN = 3


def promoted_pages(site: Site, scope: Scope, words: str) -> list[int]:
    """Give the keys of public pages that staff put first for some words, in their order."""
    rows = PromotedResult.objects.for_site(site).asked_for(words, scope.language)
    wanted = list(dict.fromkeys(rows.values_list("page_id", flat=True)))
    if not wanted:
        return []
    public = set(scope.pages().filter(pk__in=wanted).values_list("pk", flat=True))
    return [pk for pk in wanted if pk in public][:SHOWN]
