"""What of a mission a reader of one language can find: what is public, and nothing else."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, Func, Q
from django.utils import timezone
from wagtail.models import Page, Site, get_page_models
from wagtail.query import PageQuerySet

from embassy.language.languages import with_prefix
from embassy.mission.homes import home_in
from embassy.models import MissionSettings
from embassy.pages import open_to_all
from embassy.search.asked import tsquery


@dataclass(frozen=True)
class Scope:
    """What of a mission a reader of one language can find."""

    language: str
    root: Page
    home: Page | None  # in the reader's language, where there is one
    time_zone: str  # the mission's
    any_of: bool = False  # whether one of the words asked is enough

    def pages(self) -> PageQuerySet:
        """Give the public pages: the language's own tree, and pages that are in all languages."""
        models = [model for model in get_page_models() if in_all_languages(model)]
        types = ContentType.objects.get_for_models(*models).values()
        where = Q(path__startswith=self.root.path, content_type__in=types)
        if self.home:
            where |= Q(path__startswith=self.home.path)
        not_over = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
        return open_to_all(Page.objects.filter(where, not_over))

    def pages_with(self, words: str) -> PageQuerySet:
        """Give the public pages that have the words asked, by the language's rules."""
        whole = Func(
            F("index_entries__title"),
            F("index_entries__body"),
            function="search_words",
            output_field=SearchVectorField(),
        )
        return self.pages().alias(words=whole).filter(words=self.asked(words))

    def asked(self, words: str) -> SearchQuery:
        """Give the database's query for some words: for all of them, or for any."""
        return tsquery(words, self.language, self.any_of)

    def address(self, page: Page) -> str:
        """Give a page's address on the mission's site, in the reader's language."""
        is_own = self.home and page.path.startswith(self.home.path)
        top = self.home if is_own else self.root
        return with_prefix("/" + page.url_path.removeprefix(top.url_path), self.language)


def scope_of(site: Site, language: str) -> Scope:
    """Give what a reader of a language can find of a mission."""
    home = home_in(site, language)
    is_own = home.live and home.locale.language_code == language
    zone = MissionSettings.for_site(site).time_zone
    return Scope(language, site.root_page, home if is_own else None, zone)


def in_all_languages(model: type) -> bool:
    """Tell whether one page of this class serves every language."""
    return getattr(model, "in_all_languages", False)
