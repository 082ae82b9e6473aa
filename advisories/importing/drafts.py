"""Drafts of the missions' advisories from the last good copy, for people to check and approve.

A draft says what the item says and nothing else: its level, its day, its English words. What the
feed does not have (indicators, contact points) stays as it was; texts in other languages, which
would be old words under new advice, are left out.

An item is compared with the one taken up before it: people sort and shorten words, and that is no
change of the Department's. The same substance with a later day is a review of what is published,
in the mission's own words and all its languages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext, override
from wagtail.admin.models import EditingSession
from wagtail.coreutils import find_available_slug
from wagtail.models import Revision

from advisories import lifecycle
from advisories.importing import comparison
from advisories.importing.names import key_of
from advisories.importing.words import words_of
from advisories.models import (
    AdvisoryContact,
    AdvisoryText,
    CountryAdvice,
    FeedCopy,
    FeedDraft,
    Issue,
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
                kind, sentence = draft_for(mission, copy, at)
        except Settled as settled:
            kind, sentence = settled.kind, str(settled)
        except Refused as refused:
            kind, sentence = "left alone", f"{refused} Nothing was touched."
        except ValidationError as error:
            kind, sentence = "failed", "; ".join(error.messages)
        yield Outcome(mission.name.in_language(LANGUAGE), kind, sentence)


def draft_for(mission: MissionSettings, copy: FeedCopy, at: datetime) -> tuple[str, str]:
    """Make one mission's draft and give (kind, sentence); raises Settled when nothing is made."""
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
        return "draft", f"A first draft, Level {advice.level}, dated {advice.published_on}."
    row = Issued.objects.current_of(page).filter(language=LANGUAGE).first()
    last = FeedDraft.objects.last_of(page)
    refuse_known(page, advice, last)
    refuse_at_work(page, at)
    if last is None and is_published_otherwise(advice, row):
        keep(page, advice, None, at)
        return "differs", told_apart(advice, row)
    with lifecycle.words_from_feed(page, own=last and last.revision):
        words = revised(page, advice, row, last)
        keep(page, advice, words, at)
    return "draft", drafted(advice, words, row)


def drafted(advice: CountryAdvice, words: TravelAdvisoryPage, row: Issued | None) -> str:
    """Say what a draft is, and how it differs from what is published."""
    said = f"A draft of an update, Level {advice.level}, dated {advice.published_on}."
    if words.changed_on < words.reviewed_on:
        return f"{said} It is a review: nothing of substance changed."
    if row is None or comparison.is_published(advice, row):
        return said
    return f"{said} It {comparison.statement(advice, row)}"


def is_published_otherwise(advice: CountryAdvice, row: Issued | None) -> bool:
    """Whether an item is of the very issue that is published, in words of the mission's own."""
    same_issue = row is not None and comparison.is_same_issue(advice, row)
    return same_issue and not comparison.is_published(advice, row)


def told_apart(advice: CountryAdvice, row: Issued) -> str:
    """Say how an item that makes no draft differs from what is published."""
    said = comparison.statement(advice, row)
    return f"The item dated {advice.published_on} {said} No draft was made."


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
    """Stop at an item that was taken up already, or is older than what there is."""
    row = Issued.objects.current_of(page).first()
    if last and last.sha256 == advice.sha256:
        if last.revision is None and last.after == lifecycle.last_number(page):
            raise Settled("differs", told_apart(advice, row))
        raise Settled("same", f"The item dated {advice.published_on} was taken up before.")
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


def revised(
    page, advice: CountryAdvice, row: Issued | None, last: FeedDraft | None
) -> TravelAdvisoryPage:
    """Give the page with the item's words, or with its own when the item changes nothing.

    Raises Settled when there is nothing to draft.
    """
    words = page.get_latest_revision_as_object()
    published = row is not None and comparison.is_published(advice, row)
    again = row is not None and comparison.says_the_same(advice, last)
    if again and not published and last.after == lifecycle.last_number(page):
        if page.latest_revision_id == last.revision:  # the draft it made, which nobody touched
            again = False
        elif last.revision is not None:
            raise Settled("differs", told_apart(advice, row))
    if published or again:
        return reviewed(page, advice, row)
    fill(words, advice)
    return words


def reviewed(page, advice: CountryAdvice, row: Issued) -> TravelAdvisoryPage:
    """Give what is published with the item's day; raises Settled when it is of no later one."""
    if row.content["reviewed_on"] >= advice.published_on.isoformat():
        raise Settled("same", "Nothing of substance changed in what the Department says.")
    issue = Issue.objects.of(page).first()
    words = Revision.objects.get(pk=issue.revision).as_object()
    words.reviewed_on = advice.published_on
    words.changed_on = date.fromisoformat(row.content["changed_on"])
    own = [(source.block_type, source.value) for source in words.sources]
    others = [one for one in own if not advice.link or one[1]["address"] != advice.link]
    words.sources = [("source", source_of(advice)), *others]
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
        "language": LANGUAGE,
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


def keep(page, advice: CountryAdvice, words: TravelAdvisoryPage | None, at: datetime) -> None:
    """Note that an item was taken up; its words, if any, become a draft that nobody wrote."""
    languages = {row.language for row in Issued.objects.current_of(page)} if words else set()
    kept = {text.language for text in words.texts.all()} if words else set()
    FeedDraft.objects.create(
        page_id=page.pk,
        after=lifecycle.last_number(page),
        revision=words.save_revision().pk if words else None,
        title=advice.title,
        link=advice.link,
        published_on=advice.published_on,
        level=advice.level,
        body=advice.body,
        sha256=advice.sha256,
        other_level=advice.other_level,
        left_out=sorted(languages - kept),
        at=at,
    )
