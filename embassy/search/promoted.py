"""What staff put first: pages for certain words, as far as readers find them at all."""

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Site

from embassy.models import PromotedResult
from embassy.search.scope import Scope

SHOWN = 3


def promoted_for(site: Site, scope: Scope, words: str) -> QuerySet[PromotedResult]:
    """Give the rows of public pages that staff put first for some words, in their order."""
    rows = PromotedResult.objects.for_site(site).asked_for(words, scope.language)
    return rows.filter(Exists(scope.pages().filter(pk=OuterRef("page_id"))))


def promoted_pages(site: Site, scope: Scope, words: str) -> QuerySet:
    """Give the keys of public pages that staff put first for some words, in their order."""
    return promoted_for(site, scope, words).values_list("page_id", flat=True)[:SHOWN]
