"""Which country a title of the Department's feed is about: the feed has names and no ISO codes."""

import re
import unicodedata
from functools import cache

from embassy.countries import COUNTRIES

# How the Department names states that `COUNTRIES` calls otherwise. What is about several at once
# ("… - See Summaries", French West Indies) stays without a code: its level is not any one's.
ALSO_CALLED = {
    "Burma": "MM",
    "Cabo Verde": "CV",
    "Democratic Republic of the Congo": "CD",
    "Federated States of Micronesia": "FM",
    "Holy See": "VA",
    "Hong Kong": "HK",
    "Kingdom of Denmark": "DK",
    "Kyrgyz Republic": "KG",
    "Macau": "MO",
    "Mexico Travel Advisory": "MX",
    "Republic of the Congo": "CG",
    "Saint Vincent and the Grenadines": "VC",
    "Turkey": "TR",
}


def plain(name: str) -> str:
    """Give a name in small plain letters: accents, signs and a leading "the" do not count."""
    letters = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    words = re.sub(r"[\W_]+", " ", letters).split()
    words = ["saint" if word == "st" else word for word in words]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


@cache
def codes() -> dict[str, str]:
    """Give the ISO code of every name we know, the names plain."""
    found = {plain(names["en"]): code for code, names in COUNTRIES.items()}
    return found | {plain(name): code for name, code in ALSO_CALLED.items()}


def code_of(name: str) -> str:
    """Give a country's ISO code by its name, or nothing."""
    return codes().get(plain(name), "")


def key_of(name: str) -> str:
    """Give what a country is known by: its code, or else its plain name."""
    return code_of(name) or plain(name)[:200]
