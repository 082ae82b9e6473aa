"""The French pages of the demo mission, as tests find them."""

from wagtail.models import Locale, Page


def french() -> Locale:
    """Give the locale."""
    return Locale.objects.get(language_code="fr")


def in_french(page: Page) -> Page:
    """Give what a page is in French."""
    return page.get_translation(french()).specific


def take_away(page: Page) -> None:
    """Delete what a page is in French, with all below it."""
    in_french(page).delete()
