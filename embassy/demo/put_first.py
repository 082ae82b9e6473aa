"""What the demo mission puts first in search: the page that answers, for words it does not have."""

from wagtail.models import Page

from embassy.demo.french import FRENCH, in_french
from embassy.demo.records import Gone, demo_site, once
from embassy.demo.registry import part_of_demo, under
from embassy.models import PromotedResult

FIRST = [
    (
        "citizen-services",
        "passport, arrested, evacuation, notary, stolen bag",
        "passeport, arrestation, évacuation, notaire, sac volé",
    ),
    (
        "visas",
        "student visa, tourist visa, work visa, green card",
        "visa étudiant, visa touriste, visa travail, carte verte",
    ),
    (
        "travel-advisory",
        "safety, danger, travel ban, travel warning",
        "sécurité, danger, interdiction de voyager, conseils aux voyageurs",
    ),
    (
        "contact",
        "directions, how to get there, address, phone number, telephone",
        "itinéraire, comment venir, adresse, numéro de téléphone, téléphone",
    ),
]


@part_of_demo(89, "promoted search results")
def put_first() -> int:
    """Put pages first for words under which readers look for them, in both languages."""
    return sum(
        put_once(place, slug, language, words)
        for place, (slug, english, french) in enumerate(FIRST, start=1)
        for language, words in (("en", english), (FRENCH, french))
    )


def put_once(place: int, slug: str, language: str, words: str) -> int:
    """Put a page first in a language unless it ever was; one that is not in it is left out."""
    site = demo_site()

    def make() -> PromotedResult:
        page = in_language(under(slug), language)
        return PromotedResult.objects.create(
            site=site, language=language, words=words, page=page, sort_order=place
        )

    rows = PromotedResult.objects.for_site(site).filter(language=language, words=words)
    return once(f"first:{slug}:{language}", words, make, rows.first)


def in_language(page: Page, language: str) -> Page:
    """Give a page as readers of a language find it; raises Gone if it is not in it."""
    if language != FRENCH or page.specific_class.in_all_languages:
        return page
    if found := in_french(page):
        return found
    raise Gone(f"{page.title} ({language})")
