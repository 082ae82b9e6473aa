"""The demo mission's home page: a welcome, and what people come for."""

from embassy.demo.registry import fill_once, part_of_demo, under
from embassy.demo.words import link, prose

SUMMARY = (
    "The U.S. Embassy in Bamako: alerts and travel advisory, visas, services for U.S. citizens, "
    "offices and officials, relations with Mali."
)
WELCOME = prose(
    "Several departments of the U.S. government work here on what connects Mali and the United "
    "States in politics, the economy and culture. The embassy helps U.S. citizens, processes "
    "non-immigrant visas, and explains U.S. policy, culture and society."
)

TILES = [
    ("Alerts", "What is in force now, what to do, and whom to call.", "alerts"),
    ("Visas", "Non-immigrant visas, and how to reach the Consular Section.", "visas"),
    (
        "U.S. citizen services",
        "Help in an emergency, consular services, and enrollment in STEP.",
        "citizen-services",
    ),
    ("Sections & offices", "What each office does, with its number.", "sections-offices"),
    ("Officials", "Who is known to hold which post, and on which day.", "officials"),
    ("U.S.–Mali relations", "A timeline since 1960, opinion polls and assistance.", "relations"),
    ("Fact sheet", "What the Department of State says of relations with Mali.", "fact-sheets"),
    ("News", "Announcements of the embassy.", "news"),
]


@part_of_demo(85, "home page")
def front_page() -> int:
    """Fill the home page; its tiles lead to pages, so it comes after them."""
    return fill_once("", words)


def words() -> dict:
    """Give what the home page says."""
    tiles = [("tile", tile(*row)) for row in TILES]
    return {"summary": SUMMARY, "welcome": WELCOME, "tiles": tiles}


def tile(title: str, text: str, slug: str) -> dict:
    """Give a way on to a page below home; the fact sheets lead straight to the one there is."""
    page = under(slug)
    if slug == "fact-sheets":
        page = page.get_children().live().first() or page
    return {"title": title, "text": text, "link": link("", page=page)}
