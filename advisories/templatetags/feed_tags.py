"""What the staff's screens say of the Department's feed: how old its copy is, what came from it."""

from datetime import datetime, timedelta

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from advisories import lifecycle
from advisories.desk import sites_at_desk
from advisories.importing import comparison
from advisories.importing.drafts import LANGUAGE, advice_on, page_of
from advisories.models import CountryAdvice, FeedCopy, FeedDraft, FeedRefusal, Issued
from advisories.vocabulary import State
from embassy.language.languages import language_name
from embassy.mission.belonging import site_of
from embassy.models import MissionSettings

register = template.Library()


@register.inclusion_tag("advisories/desk/feed.html", takes_context=True)
def state_of_feed(context) -> dict:
    """Give the last good copy with its age, what was refused since, and the reader's countries.

    `apart` has the advisories that are published in other words than the Department's.
    """
    copy = FeedCopy.objects.latest_good()
    missions = [MissionSettings.for_site(site) for site in sites_at_desk(context["request"].user)]
    found = [advice for mission in missions if (advice := advice_on(mission))]
    pages = [page for mission in missions if (page := page_of(mission))]
    return {
        "copy": copy,
        "is_stale": copy is not None and is_stale(copy, timezone.now()),
        "refusal": FeedRefusal.objects.after(copy),
        "advice": {advice.pk: advice for advice in found}.values(),
        "apart": [page for page in pages if told_apart(page, FeedDraft.objects.last_of(page))],
    }


def is_stale(copy: FeedCopy, at: datetime) -> bool:
    """Whether the last good copy was seen so long ago that staff should know."""
    return at - copy.seen_at > timedelta(hours=settings.ADVISORY_FEED["stale_hours"])


@register.inclusion_tag("advisories/desk/from_feed.html")
def draft_from_feed(page, clearance) -> dict:
    """Give the item that the words under way came from, or a newer one that they keep out.

    `apart` is an item of the very issue that is published in other words; `changes` says how the
    one or the other differs from what is published.
    """
    last = FeedDraft.objects.last_of(page)
    apart = last if told_apart(page, last) else None
    under_way = clearance.state != State.ISSUED
    from_feed = last and last.revision and last.after == lifecycle.last_number(page)
    draft = last if from_feed and under_way else None
    newer = newer_than(page, draft) if under_way else None
    return {
        "draft": draft,
        "left_out": [language_name(code) for code in draft.left_out] if draft else [],
        "newer": newer,
        "apart": apart,
        "changes": changes_of(page, draft or apart),
    }


def told_apart(page, last: FeedDraft | None) -> bool:
    """Whether the last item taken up made no draft, and nothing was issued since."""
    made_none = last is not None and last.revision is None
    return made_none and last.after == lifecycle.last_number(page)


def changes_of(page, item: FeedDraft | None) -> dict:
    """Give how an item differs from what is published; nothing where either is not there."""
    row = Issued.objects.current_of(page).filter(language=LANGUAGE).first()
    if row is None or item is None or not item.body or comparison.is_published(item, row):
        return {}
    return comparison.differences(item, row, get_language())


def newer_than(page, draft: FeedDraft | None) -> CountryAdvice | None:
    """Give an item about a page's country that is newer than its words, if there is one."""
    if page.issued_kind != Issued.Kind.ADVISORY:
        return None
    advice = advice_on(MissionSettings.for_site(site_of(page)))
    if advice is None or (draft and draft.sha256 == advice.sha256):
        return None
    row = Issued.objects.current_of(page).first()
    seen = FeedDraft.objects.filter(page_id=page.pk, sha256=advice.sha256).exists()
    issued_on = row.content["reviewed_on"] if row else ""
    return None if seen or advice.published_on.isoformat() <= issued_on else advice
