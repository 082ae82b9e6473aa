"""How terms of office read."""

from django import template
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from embassy.language import french
from sections.models import Term

register = template.Library()


@register.filter
def post_text(term: Term) -> str:
    """Name the post that was held, and say when it was held for somebody else."""
    # Translators: a post with "acting" after it: "Ambassador (acting)".
    return _("%(post)s (acting)") % {"post": term.post.title} if term.acting else str(term.post)


@register.filter
def post_inside(term: Term) -> str:
    """Name the post that was held as it stands behind a name."""
    text = post_text(term)
    return french.inside(text) if (get_language() or "").startswith("fr") else text


@register.filter
def term_text(term: Term) -> str:
    """Say when a post was held, as far as the sources tell."""
    words = {
        "begins": formats.date_format(term.begins, "DATE_FORMAT") if term.begins else "",
        "ends": formats.date_format(term.ends, "DATE_FORMAT") if term.ends else "",
        "seen": formats.date_format(term.seen_on, "DATE_FORMAT") if term.seen_on else "",
        "source": term.source,
    }
    if term.begins and term.ends:
        return _("%(begins)s to %(ends)s") % words
    if term.begins:
        return _("since %(begins)s") % words if term.still else _("from %(begins)s") % words
    if term.ends:
        return _("until %(ends)s") % words
    if term.seen_on and term.source:
        return _("in post on %(seen)s (%(source)s)") % words
    if term.seen_on:
        return _("in post on %(seen)s") % words
    if term.source:
        return _("named without a date (%(source)s)") % words
    return _("named without a date")
