"""The home pages of a mission: one for each language that has pages, read with its settings."""

from wagtail.models import Locale, Page, Site

from embassy.models import HomePage, MissionSettings


def home_in(site: Site, language: str) -> Page:
    """Give a mission's home page in a language, or else that of its first language.

    It knows where it stands in the tree; the rest of it is read when it is asked for. Kept on the
    `Site` object, which lives for one request.
    """
    if not hasattr(site, "_homes"):
        site._homes = [home_of(row) for row in MissionSettings.for_site(site).homes]
    for home in site._homes:
        if home.locale.language_code == language and home.live:
            return home
    own = (home for home in site._homes if home.pk == site.root_page_id)
    return next(own, site.root_page)


def home_of(row: dict) -> HomePage:
    """Make a home page of what was read with the settings (`models.mission.homes`)."""
    known = {**row, "page_ptr_id": row["id"]}
    names = [field.attname for field in HomePage._meta.concrete_fields if field.attname in known]
    home = HomePage.from_db(None, names, [known[name] for name in names])
    home.locale = Locale(pk=row["locale_id"], language_code=row["language"])
    return home
