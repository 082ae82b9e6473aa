"""What the staff's screens say of the Department's feed: how old its copy is, what came from it."""

from datetime import datetime, timedelta

from django import template
from django.conf import settings
from django.utils import timezone

from advisories import lifecycle
from advisories.desk import sites_at_desk
from advisories.importing.drafts import advice_on
from advisories.models import CountryAdvice, FeedCopy, FeedDraft, FeedRefusal, Issued
from advisories.vocabulary import State
from embassy.belonging import site_of
from embassy.languages import language_name
from embassy.models import MissionSettings

register = template.Library()


@register.inclusion_tag("advisories/desk/feed.html", takes_context=True)
def state_of_feed(context) -> dict:
    """Give the last good copy with its age, what was refused since, and the reader's countries."""
    copy = FeedCopy.objects.latest_good()
    missions = [MissionSettings.for_site(site) for site in sites_at_desk(context["request"].user)]
    found = [advice for mission in missions if (advice := advice_on(mission))]
    return {
        "copy": copy,
        "is_stale": copy is not None and is_stale(copy, timezone.now()),
        "refusal": FeedRefusal.objects.after(copy),
        "advice": {advice.pk: advice for advice in found}.values(),
    }


def is_stale(copy: FeedCopy, at: datetime) -> bool:
    """Whether the last good copy was seen so long ago that staff should know."""
    return at - copy.seen_at > timedelta(hours=settings.ADVISORY_FEED["stale_hours"])


@register.inclusion_tag("advisories/desk/from_feed.html")
def draft_from_feed(page, clearance) -> dict:
    """Give the item that the words under way came from, or a newer one that they keep out."""
    draft = FeedDraft.objects.last_of(page)
    under_way = clearance.state != State.ISSUED
    from_feed = draft and under_way and draft.after == lifecycle.last_number(page)
    newer = newer_than(page, draft if from_feed else None) if under_way else None
    return {
        "draft": draft if from_feed else None,
        "left_out": [language_name(code) for code in draft.left_out] if from_feed else [],
        "newer": newer,
    }


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
