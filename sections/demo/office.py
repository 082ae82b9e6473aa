"""What the demo content says of an office."""

from dataclasses import dataclass

from embassy.demo.contacts import SWITCHBOARD
from embassy.demo.words import Block
from sections.models import OfficePage

AGENCY, SECTION, OFFICE = OfficePage.Kind.AGENCY, OfficePage.Kind.SECTION, OfficePage.Kind.OFFICE


@dataclass(frozen=True)
class Office:
    """One office and the offices below it; contacts and head are named by their English words."""

    title: str
    summary: str
    kind: str = SECTION
    slug: str = ""
    also_known_as: str = ""
    body: tuple[Block, ...] = ()
    services: tuple[str, ...] = ()
    ways_to_ask: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    contacts: tuple[str, ...] = (SWITCHBOARD,)
    address: str = ""
    head: str = ""
    questions_to: str = ""
    documents: tuple[dict, ...] = ()
    below: tuple["Office", ...] = ()
