"""An item beside what was taken up before it and beside what is published.

Both ask for substance alone (`sameness`): what only looks different is no difference.
"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from advisories.changes import changes_between, same_words
from advisories.importing.words import words_of
from advisories.models import CountryAdvice, FeedDraft, Issued
from advisories.models.frozen_text import freeze_html


def content_of(item: CountryAdvice | FeedDraft) -> dict:
    """Give an item's level and words as an issue holds its own."""
    split = words_of(item.body, item.link)
    return {
        "level": item.level,
        "summary": freeze_html(split.summary),
        "posture": "",
        "staff_rules": "",
        "advice": [{"heading": one, "html": freeze_html(html)} for one, html in split.advice],
    }


def says_the_same(item: CountryAdvice, taken: FeedDraft | None) -> bool:
    """Whether an item says what another, taken up before, said; no when its words are not kept."""
    return bool(taken and taken.body) and same_words(content_of(taken), content_of(item))


def is_published(item: CountryAdvice, row: Issued) -> bool:
    """Whether the words of an item are those published."""
    return same_words(row.content, content_of(item))


def is_same_issue(item: CountryAdvice, row: Issued) -> bool:
    """Whether an item is of the day and the level of what is published."""
    days = (row.content["reviewed_on"], row.content["changed_on"])
    return item.published_on.isoformat() in days and item.level == row.content["level"]


def differences(item: CountryAdvice, row: Issued, language: str) -> dict:
    """Give what an item says otherwise than what is published, as `changes` does of issues.

    What the feed does not have (indicators, areas) is no difference.
    """
    found = changes_between(row.content, row.content | content_of(item), language)
    with override(language):
        elsewhere = _("The same words in another order, or with links to other addresses.")
    return found | {"sentence": found["sentence"] or elsewhere}


def statement(item: CountryAdvice, row: Issued) -> str:
    """Say, for the summary of an import, how an item differs from what is published."""
    return f"differs from what is published: {differences(item, row, 'en')['sentence']}"
