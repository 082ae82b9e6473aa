"""Drafts of the missions' advisories from the last good copy, for people to check and approve.

A draft says what the item says and nothing else: its level, its day, its English words. What the
feed does not have (indicators, contact points) stays as it was; texts in other languages, which
would be old words under new advice, are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext, override
from wagtail.admin.models import EditingSession
from wagtail.coreutils import find_available_slug

from advisories import lifecycle
from advisories.changes import same_words
from advisories.importing.names import key_of
from advisories.importing.words import words_of
from advisories.models import (
    AdvisoryContact,
    AdvisoryText,
    CountryAdvice,
    FeedCopy,
    FeedDraft,
    Issued,
    TravelAdvisoryPage,
)
from embassy.approval import Refused
from embassy.fields import Texts
from embassy.models import ContactPoint, MissionSettings

LANGUAGE = "en"  # what the Department writes in
PUBLISHER = "U.S. Department of State"
AT_WORK = timedelta(minutes=2)  # an open editor reports more often


@dataclass(frozen=True)
class Outcome:
    """What became of one mission's advisory; `kind` is what the summary counts by."""

    mission: str
    kind: str
    sentence: str


class Settled(Exception):
    """Raised where there is nothing to draft; says which kind of outcome it is, and why."""

    def __init__(self, kind: str, sentence: str):
        super().__init__(sentence)
        self.kind = kind


def make_drafts(copy: FeedCopy, at: datetime) -> Iterator[Outcome]:
    """Make the draft of every mission that needs one, and say of each what was done."""
    for mission in MissionSettings.objects.select_related("site__root_page").order_by("pk"):
        try:
            with transaction.atomic(), override(LANGUAGE):
                kind, sentence = "draft", draft_for(mission, copy, at)
        except Settled as settled:
            kind, sentence = settled.kind, str(settled)
        except Refused as refused:
            kind, sentence = "left alone", f"{refused} Nothing was touched."
        except ValidationError as error:
            kind, sentence = "failed", "; ".join(error.messages)
        yield Outcome(mission.name.in_language(LANGUAGE), kind, sentence)


def draft_for(mission: MissionSettings, copy: FeedCopy, at: datetime) -> str:
    """Make one mission's draft; raises Settled when there is nothing to make."""
    advice = advice_on(mission)
    country = mission.host_state.in_language(LANGUAGE)
    if advice is None:
        raise Settled("not in the feed", f"Nothing was ever taken on {country}.")
    if advice.copy_id != copy.pk:
        seen = f"{advice.copy.seen_at:%Y-%m-%d %H:%M} UTC"
        raise Settled("not in the feed", f"No item on {country} was taken; the last one on {seen}.")
    page = page_of(mission)
    if page is None:
        begin(mission, advice, at)
        return f"A first draft, Level {advice.level}, dated {advice.published_on}."
    last = FeedDraft.objects.last_of(page)
    refuse_known(page, advice, last)
    refuse_at_work(page, at)
    with lifecycle.words_from_feed(page, own=last and last.revision):
        words = revised(page, advice)
        keep(page, advice, words, at)
    said = f"A draft of an update, Level {advice.level}, dated {advice.published_on}."
    if words.changed_on < words.reviewed_on:
        said += " It is a review: nothing of substance changed."
    return said


def advice_on(mission: MissionSettings) -> CountryAdvice | None:
    """Give what is held of a mission's host state: by its code, or else by its English name."""
    found = CountryAdvice.objects.select_related("copy")
    name = mission.host_state.get(LANGUAGE, "")
    by_code = found.filter(code=mission.host_state_code).first()
    return by_code or (found.filter(key=key_of(name)).first() if name else None)


def page_of(mission: MissionSettings) -> TravelAdvisoryPage | None:
    """Give the mission's advisory, in whichever language's tree it stands."""
    homes = mission.site.root_page.get_translations(inclusive=True)
    for home in homes.order_by("path"):
        page = TravelAdvisoryPage.objects.descendant_of(home).first()
        if page:
            return page
    return None


def refuse_known(page, advice: CountryAdvice, last: FeedDraft | None) -> None:
    """Stop at an item that has made its draft already, or is older than what there is."""
    if last and last.sha256 == advice.sha256:
        raise Settled("same", f"The item dated {advice.published_on} has made its draft before.")
    row = Issued.objects.current_of(page).first()
    newest = last.published_on if last else None
    if row and not last:
        newest = datetime.fromisoformat(row.content["changed_on"]).date()
    if newest and advice.published_on < newest:
        raise Settled("older", f"The item dated {advice.published_on} is older than {newest}.")


def refuse_at_work(page, at: datetime) -> None:
    """Stop while somebody has the words open: what they store would go over newer ones."""
    about = {"content_type": ContentType.objects.get_for_model(page), "object_id": str(page.pk)}
    if EditingSession.objects.filter(**about, last_seen_at__gt=at - AT_WORK).exists():
        raise Settled("left alone", "Somebody has it open in the editor. Nothing was touched.")


def revised(page, advice: CountryAdvice) -> TravelAdvisoryPage:
    """Give the page with the item's words; raises Settled when they say what was issued."""
    words = page.get_latest_revision_as_object()
    row = Issued.objects.current_of(page).filter(language=LANGUAGE).first()
    fill(words, advice)
    if row is None:
        return words
    content = words.freeze(row.effective)[0].content
    if same_words(row.content, content):
        words.changed_on = datetime.fromisoformat(row.content["changed_on"]).date()
        if row.content["reviewed_on"] >= content["reviewed_on"]:
            raise Settled("same", "Nothing of substance changed: what is issued says the same.")
    return words


def fill(words: TravelAdvisoryPage, advice: CountryAdvice) -> None:
    """Put an item's words in place of those there were.

    The day is taken for that of a change too: whether anything changed is for a person to say.
    """
    split = words_of(advice.body, advice.link)
    old = {text.language: text for text in words.texts.all()}
    text = old.get(LANGUAGE) or AdvisoryText(language=LANGUAGE, sort_order=0)
    text.title, text.summary = advice.title, split.summary
    text.posture = text.staff_rules = ""
    text.advice = [("advice", {"heading": heading, "text": html}) for heading, html in split.advice]
    words.texts = [text]
    words.level = advice.level
    words.reviewed_on = words.changed_on = advice.published_on
    words.summary, words.summaries = "", Texts()  # lists begin with the issued words instead
    words.sources = [("source", source_of(advice))]


def source_of(advice: CountryAdvice) -> dict:
    """Give the item as a page lists its sources."""
    return {
        "title": advice.title,
        "publisher": PUBLISHER,
        "dated": formats.date_format(advice.published_on, "DATE_FORMAT"),
        "address": advice.link,
        "unverified": False,
    }


def begin(mission: MissionSettings, advice: CountryAdvice, at: datetime) -> None:
    """Make the page of a mission that has none, as a draft that nobody can see."""
    home = mission.site.root_page
    titles = Texts()
    for code in mission.languages:
        with override(code):
            titles[code] = gettext("Travel advisory")
    page = TravelAdvisoryPage(
        title=titles.in_language(mission.first_language),
        titles=titles,
        slug=find_available_slug(home, "travel-advisory"),
        locale=home.locale,
        live=False,
        show_in_menus=True,
    )
    fill(page, advice)
    contacts = ContactPoint.objects.for_site(mission.site).for_emergencies()
    page.contact_rows = [
        AdvisoryContact(contact=contact, sort_order=order) for order, contact in enumerate(contacts)
    ]
    home.add_child(instance=page)
    with lifecycle.words_from_feed(page, own=page.save_revision().pk):
        keep(page, advice, page, at)


def keep(page, advice: CountryAdvice, words: TravelAdvisoryPage, at: datetime) -> None:
    """Store words as a draft that nobody wrote, with the item it came from."""
    revision = words.save_revision()
    rows = Issued.objects.current_of(page)
    FeedDraft.objects.create(
        page_id=page.pk,
        after=lifecycle.last_number(page),
        revision=revision.pk,
        title=advice.title,
        link=advice.link,
        published_on=advice.published_on,
        level=advice.level,
        sha256=advice.sha256,
        other_level=advice.other_level,
        left_out=sorted({row.language for row in rows} - {LANGUAGE}),
        at=at,
    )
