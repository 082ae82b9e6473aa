"""Small feeds of the project's own, in the shape of the Department's."""

import json
from html import escape

NAMES = {
    1: "Exercise Normal Precautions",
    2: "Exercise Increased Caution",
    3: "Reconsider Travel",
    4: "Do Not Travel",
}
COUNTRIES = [
    *("Mali", "Albania", "Algeria", "Andorra", "Angola", "Argentina", "Armenia", "Australia"),
    *("Austria", "Bahrain", "Barbados", "Belgium", "Belize", "Benin", "Bhutan", "Bolivia"),
    *("Botswana", "Brazil", "Bulgaria", "Burundi", "Cambodia", "Cameroon", "Canada", "Chad"),
    *("Chile", "Colombia", "Croatia", "Cuba", "Cyprus", "Denmark", "Ecuador", "Egypt"),
    *("Estonia", "Ethiopia", "Fiji", "Finland", "France", "Gabon", "Germany", "Ghana"),
]
"""Forty of them, so that a tenth is four."""

BODY = (
    "<p><strong><em>There was no change to the level.</em></strong></p>\n"
    "<p><strong>Take care</strong> in {country} due to <strong>crime</strong>.</p>\n"
    "<p><strong>Crime<br />\n</strong>Crime is common. {more}</p>\n"
    "<ul>\n<li>Stay at home.</li>\n<li>Do not go out.</li>\n</ul>\n"
    "<p><strong>If you decide to travel to {country}:</strong></p>\n"
    '<ul>\n<li>Enroll in <a href="https://step.example.gov/">STEP</a>.</li>\n</ul>'
)


def entry(country: str = "Mali", level: int = 4, more: str = "", **parts: str) -> dict[str, str]:
    """Give an item; `parts` (title, link, published, body) replace what it would have."""
    return {
        "title": f"{country} - Level {level}: {NAMES.get(level, 'Stay Away')}",
        "link": f"https://travel.example.gov/{country.lower().replace(' ', '-')}.html",
        "published": "Mon, 08 Jun 2026",
        "body": BODY.format(country=country, more=more),
    } | parts


def world(**changed: dict) -> list[dict[str, str]]:
    """Give an item for each of forty countries; `changed` says what is different for which."""
    return [entry(country, **{"level": 2, **changed.get(country, {})}) for country in COUNTRIES]


def rss(*entries: dict[str, str]) -> bytes:
    """Write RSS as the Department does."""
    items = "".join(
        f"<item><title>{escape(e['title'])}</title><link>{escape(e['link'])}</link>"
        f"<pubDate>{e['published']}</pubDate><description>{escape(e['body'])}</description>"
        f"</item>\n"
        for e in entries
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
    return f"{head}<title>Travel Advisories</title>\n{items}</channel></rss>".encode()


def as_json(*entries: dict[str, str]) -> bytes:
    """Write the Department's JSON."""
    rows = [
        {
            "Title": e["title"],
            "Link": e["link"],
            "Category": ["ML"],
            "Summary": e["body"],
            "id": e["link"],
            "Published": "2026-06-07T20:00:00-04:00",
            "Updated": "2026-06-07T20:00:00-04:00",
        }
        for e in entries
    ]
    return json.dumps(rows).encode()
