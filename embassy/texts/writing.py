"""What a colleague would say of a draft: hints that teach and forbid nothing.

Wagtail's own checks look at the preview in the browser (empty headings and links, contrast, words
and reading time). These look at what is stored: where, in which block, and what to do instead.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import phonenumbers
from bs4 import BeautifulSoup
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from embassy.links.choosers import DescribedImage
from embassy.links.page_links import parts_of
from embassy.mission.belonging import site_of
from embassy.models.contacts import ContactPoint
from embassy.models.mission import MissionSettings
from embassy.texts.numbers import e164_of
from embassy.texts.readability import reading_of
from embassy.texts.typed_numbers import phone_numbers_in
from embassy.vocabulary import Channel

EMPTY_WORDS = {
    *(
        "here",
        "click here",
        "click",
        "this",
        "this link",
        "link",
        "more",
        "read more",
        "learn more",
    ),
    *("ici", "cliquez ici", "cliquer ici", "ce lien", "lien", "plus", "lire la suite"),
    *("en savoir plus", "voir plus", "page", "website", "site", "site web"),
}
NAME_OF_FILE = re.compile(r"\.(jpe?g|png|gif|webp|avif)$|^(img|dsc|image|photo)[ _-]?\d+$", re.I)
BEGINS = re.compile(r"^(an? )?(image|picture|photo|photograph|photographie)s? (of|de|d’|d')", re.I)
LONG_WORDS = 150  # letters of words that stand for a picture
SHOWN = 60
PROSE = (blocks.RichTextBlock, blocks.TextBlock)


@dataclass(frozen=True)
class Remark:
    """A hint: what was seen, and what to do about it."""

    seen: str
    advice: str


@dataclass(frozen=True)
class Passage:
    """A stored value of a page: what kind of block it is in, and the value."""

    block: blocks.Block | None
    raw: object

    @property
    def soup(self) -> BeautifulSoup:
        """The value as markup."""
        return BeautifulSoup(str(self.raw or ""), "html.parser")

    @property
    def words(self) -> str:
        """The words of it that readers meet."""
        return str(self.raw.get("alt_text")) if isinstance(self.raw, dict) else self.soup.get_text()


def remarks_in_editor(page: Page) -> list[Remark]:
    """Give the hints on a draft for its editor; a warning has a checklist of its own."""
    if not page.is_shown_as_stored or page.pk is None:
        return []
    site = site_of(page)
    return remarks_on(page, MissionSettings.for_site(site) if site else None)


def remarks_on(page: Page, mission: MissionSettings | None) -> list[Remark]:
    """Give the hints on a draft as it stands, each once."""
    passages = list(passages_of(page))
    found = [
        *on_headings(passages),
        *on_pictures(passages),
        *on_links(passages),
        *on_numbers(passages, mission),
        *on_reading(passages, page.locale.language_code if page.locale_id else ""),
    ]
    return list(dict.fromkeys(found))


def remarks_on_translation(
    page: Page, original: Page, mission: MissionSettings | None, is_whole: bool
) -> list[Remark]:
    """Give the hints on what was translated so far, each once; a page not whole yet has no grade.

    What still has the words of the original is left out, and so are headings: their order comes
    from there.
    """
    both = zip(passages_of(page), passages_of(original), strict=False)
    passages = [mine for mine, theirs in both if mine.words != theirs.words]
    language = page.locale.language_code if is_whole else ""
    found = [
        *on_pictures(passages),
        *on_links(passages),
        *on_numbers(passages, mission),
        *on_reading(passages, language),
    ]
    return list(dict.fromkeys(found))


def remarks_on_text(html: str, mission: MissionSettings | None) -> list[Remark]:
    """Give the hints on one text by itself: its links, and numbers that were typed into it."""
    passages = [Passage(blocks.RichTextBlock(), html)]
    return list(dict.fromkeys([*on_links(passages), *on_numbers(passages, mission)]))


def passages_of(page: Page) -> Iterator[Passage]:
    """Give the texts, pictures and headings of a page in their order."""
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            stream = getattr(page, field.name)
            yield from passages_in(stream.stream_block, list(stream.raw_data))
        elif isinstance(field, RichTextField):
            yield Passage(blocks.RichTextBlock(), getattr(page, field.name))
        elif field.name == "summary":
            yield Passage(blocks.TextBlock(), getattr(page, field.name))


def passages_in(block: blocks.Block, raw) -> Iterator[Passage]:
    """Give the passages in a block's stored value."""
    if raw in (None, ""):
        return
    is_heading = block.name == "heading" and isinstance(raw, dict)
    if isinstance(block, (*PROSE, DescribedImage)) or is_heading:
        yield Passage(block, raw)
    else:
        for child, value in parts_of(block, raw):
            yield from passages_in(child, value)


def on_headings(passages: list[Passage]) -> Iterator[Remark]:
    """Find a part of a section that stands in none, and headings without words."""
    in_section = False
    for passage in passages:
        if passage.block.name != "heading":
            continue
        words, level = passage.raw.get("text") or "", str(passage.raw.get("level"))
        if level == "3" and not in_section:
            yield Remark(
                _("The heading “%(words)s” is a part of a section, and no section comes before it.")
                % {"words": words},
                _("Readers who listen jump from heading to heading. Make it a section."),
            )
        in_section = in_section or level == "2"


def on_pictures(passages: list[Passage]) -> Iterator[Remark]:
    """Find pictures whose words say nothing to somebody who does not see them."""
    for passage in passages:
        if not isinstance(passage.block, DescribedImage) or not isinstance(passage.raw, dict):
            continue
        words = (passage.raw.get("alt_text") or "").strip()
        if passage.raw.get("decorative") or not passage.raw.get("image"):
            continue
        if not words or NAME_OF_FILE.search(words):
            yield Remark(
                _("A picture has no words that stand for it."),
                _("Say what it shows and why it is here, as you would on the telephone."),
            )
        elif BEGINS.match(words) or len(words) > LONG_WORDS:
            yield Remark(
                _("The words for a picture are “%(words)s”.") % {"words": cut(words)},
                _("One short sentence is enough. That it is a picture is said anyway."),
            )


def on_links(passages: list[Passage]) -> Iterator[Remark]:
    """Find links whose words do not say where they lead."""
    for passage in passages:
        if not isinstance(passage.block, blocks.RichTextBlock):
            continue
        for link in passage.soup.find_all("a"):
            words = " ".join(link.get_text().split())
            if words.lower().strip(" .:»«>") in EMPTY_WORDS or words.startswith(("http", "www.")):
                yield Remark(
                    _("A link says “%(words)s”.") % {"words": cut(words)},
                    _("Links are read by themselves, in lists. Let it say where it leads."),
                )


def on_numbers(passages: list[Passage], mission: MissionSettings | None) -> Iterator[Remark]:
    """Find phone numbers that were typed."""
    if mission is None:
        return
    phones = ContactPoint.objects.filter(site=mission.site_id, channel=Channel.PHONE)
    known = known_numbers(phones)
    for passage in passages:
        if not isinstance(passage.block, PROSE):
            continue
        for typed in phone_numbers_in(passage.soup.get_text(" "), known):
            seen = _("The number %(number)s is typed into the text.") % {"number": typed}
            if contacts := known.get(written_in_full(typed, mission.host_state_code)):
                yield Remark(seen, instead_of_typing(contacts, phones))
            else:
                words = _("Add it to the contact points and quote it, or it will be wrong one day.")
                yield Remark(seen, words)


def known_numbers(phones: Iterable[ContactPoint]) -> dict[str, list[ContactPoint]]:
    """Give by number the contact points that have it: those in use, or else the retired ones."""
    known: dict[str, list[ContactPoint]] = {}
    for contact in phones:
        known.setdefault(e164_of(contact.value), []).append(contact)
    return {
        number: [one for one in found if not one.retired] or found
        for number, found in known.items()
    }


def instead_of_typing(contacts: list[ContactPoint], phones: Iterable[ContactPoint]) -> str:
    """Say what to quote where a number was typed that these contact points have."""
    contact = contacts[0]
    if len(contacts) > 1 and not contact.retired:
        words = _("Several contact points have it: %(names)s. Quote the right one with the block.")
        return words % {"names": quoted(contacts)}
    if not contact.retired:
        words = _("It is the contact point “%(name)s”: quote that with the block for it.")
        return words % {"name": contact}
    same = [one for one in phones if not one.retired and one.purpose == contact.purpose]
    if not same:
        words = _("It is retired: nobody answers “%(name)s” any more. Take it out.")
        return words % {"name": contact}
    words = _(
        "It is retired: nobody answers “%(name)s” any more."
        " Quote what is in use, with the block for it: %(others)s."
    )
    return words % {"name": contact, "others": quoted(same)}


def quoted(contacts: list[ContactPoint]) -> str:
    """Name contact points in a sentence."""
    return ", ".join(_("“%(name)s”") % {"name": one} for one in contacts)


def written_in_full(typed: str, country: str) -> str:
    """Write a typed number as machines have it, read where its country's own are dialed."""
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def on_reading(passages: list[Passage], language: str) -> Iterator[Remark]:
    """Find a page that is hard to read."""
    texts = [p.soup.get_text("\n") for p in passages if isinstance(p.block, PROSE)]
    reading = reading_of("\n".join(texts), language)
    if reading is None or not reading.is_hard:
        return
    long = number_format(reading.words_per_sentence, 0)
    told = {"value": number_format(reading.value, 0), "words": long}
    if language == "fr":
        words = _("Reading ease is %(value)s of 100 (Kandel–Moles), %(words)s words a sentence.")
    else:
        words = _(
            "It takes %(value)s years of school (Flesch–Kincaid), with %(words)s words a sentence."
        )
    advice = _("Cut long sentences in two, and choose the words you would say to a neighbor.")
    yield Remark(words % told, advice)


def cut(words: str) -> str:
    """Shorten words to be quoted."""
    return Truncator(words).chars(SHOWN)
