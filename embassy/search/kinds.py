"""The kinds of pages a reader can narrow a search to; each page type says which is its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import get_page_models


class SearchKind(models.TextChoices):
    """Kinds of pages, what readers look for most first; the values stand in addresses."""

    WARNINGS = "warnings", _("Alerts and travel advisory")
    OFFICES = "offices", _("Sections & offices")
    OFFICIALS = "officials", _("Officials")
    NEWS = "news", _("News and events")
    FACT_SHEETS = "fact-sheets", _("Fact sheets")
    COUNTRY = "country", _("Country information")
    PAGES = "pages", _("Other pages")


@dataclass(frozen=True)
class KindFound:
    """A kind with how many pages of it were found; no `code` stands for all kinds."""

    code: str
    name: str
    count: int
    is_chosen: bool


def kind_of(model: type) -> str:
    """Give the kind of a page type."""
    return getattr(model, "search_kind", SearchKind.PAGES)


def types_by_kind() -> dict[str, list[int]]:
    """Give the numbers of the page types of each kind."""
    models_of: dict[str, list[type]] = {}
    for model in get_page_models():
        models_of.setdefault(kind_of(model), []).append(model)
    types = ContentType.objects.get_for_models(*get_page_models())
    return {kind: [types[model].pk for model in found] for kind, found in models_of.items()}


def chosen_types(kind: str) -> list[int] | None:
    """Give the numbers of a kind's page types; None for all kinds, or one there is not."""
    return types_by_kind()[kind] if kind in SearchKind.values else None


def kinds_found(counts: Mapping[int, int], chosen: str) -> list[KindFound]:
    """Give what a reader can narrow a search to; nothing where all found is of one kind."""
    by_kind = {
        kind: sum(counts.get(number, 0) for number in types)
        for kind, types in types_by_kind().items()
    }
    found = [
        KindFound(kind.value, str(kind.label), by_kind[kind], kind.value == chosen)
        for kind in SearchKind
        if by_kind.get(kind)
    ]
    if len(found) < 2 and not any(kind.is_chosen for kind in found):
        found = []
    every = KindFound(
        "", str(_("All pages")), sum(counts.values()), chosen not in SearchKind.values
    )
    return [every, *found] if found else []
