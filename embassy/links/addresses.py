"""Which addresses right below a home page the service keeps, so that no page takes one."""

from functools import cache

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from wagtail.models import Page

from embassy.mission.belonging import site_of

HOME_DEPTH = 2


def is_kept(slug: str, parent) -> bool:
    """Whether a page with this slug below this parent could never be reached."""
    if parent is None or parent.depth != HOME_DEPTH:
        return False
    return (slug or "").lower() in kept_words() or is_shared(slug, parent)


def is_shared(slug: str, home) -> bool:
    """Whether a page that is one record in all languages has this address below every home."""
    site = site_of(home)
    if site is None or site.root_page_id == home.pk:
        return False
    shared = Page.objects.child_of(site.root_page).filter(slug=slug or "").first()
    return shared is not None and getattr(shared.specific_class, "in_all_languages", False)


@cache
def kept_words() -> frozenset[str]:
    """Give the first words of the service's own addresses, and the prefixes of languages."""
    folders = [settings.STATIC_URL, settings.MEDIA_URL]
    words = {address.strip("/") for address in folders if address.startswith("/")}
    words |= {code for code, _name in settings.LANGUAGES}
    return frozenset(words | set(words_of(get_resolver().url_patterns)))


def words_of(entries: list[URLPattern | URLResolver]):
    """Give the words of patterns that are one word and a slash: everything below is theirs."""
    for entry in entries:
        text = str(entry.pattern)
        if isinstance(entry.pattern, LocalePrefixPattern) or text == "":
            yield from words_of(entry.url_patterns)
        elif text.endswith("/") and text.count("/") == 1 and text[:-1].replace("-", "").isalnum():
            yield text[:-1]
