"""What staff put first: pages for certain words, as far as readers find them at all."""

from django.db.models import Exists, OuterRef
from wagtail.models import Site

from embassy.models import PromotedResult
from embassy.search.scope import Scope

SHOWN = 3


def promoted_pages(site: Site, scope: Scope, words: str) -> list[int]:
    """Give the keys of public pages that staff put first for some words, in their order."""
    rows = PromotedResult.objects.for_site(site).asked_for(words, scope.language)
    public = Exists(scope.pages().filter(pk=OuterRef("page_id")))
    return list(rows.filter(public).values_list("page_id", flat=True)[:SHOWN])
