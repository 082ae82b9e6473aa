"""The demo mission: the U.S. Embassy in Bamako as its sources tell it, and its staff.

Facts and figures are those of the sources; the sentences are our own; what no source says is left
out. Everything here is made once, recorded (see `records.py`), and never overwritten.
"""

from embassy.demo import (  # noqa: F401
    contacts,
    french,
    front_page,
    mission,
    pages,
    put_first,
    staff,
)
from embassy.demo.records import HOSTNAME, Gone, demo_site, made, once
from embassy.demo.registry import (
    contact,
    fill_once,
    home,
    page_once,
    part_of_demo,
    parts,
    place_after,
    quoting,
    told_of_account,
    under,
    ways_in,
)
from embassy.demo.staff import sign_ins

__all__ = [
    "HOSTNAME",
    "Gone",
    "contact",
    "demo_site",
    "fill_once",
    "home",
    "made",
    "once",
    "page_once",
    "part_of_demo",
    "parts",
    "place_after",
    "quoting",
    "sign_ins",
    "told_of_account",
    "under",
    "ways_in",
]
