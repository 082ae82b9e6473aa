"""The home pages of a mission: one for each language that has pages, all read in one query."""

from wagtail.models import Page, Site

from embassy.models import HomePage


def home_in(site: Site, language: str) -> Page:
    """Give a mission's home page in a language, or else that of its first language.

    Kept on the `Site` object, which lives for one request.
    """
    if not hasattr(site, "_homes"):
        homes = HomePage.objects.translation_of(site.root_page, inclusive=True)
        site._homes = list(homes.select_related("locale"))
    for home in site._homes:
        if home.locale.language_code == language and home.live:
            return home
    own = (home for home in site._homes if home.pk == site.root_page_id)
    return next(own, site.root_page)
