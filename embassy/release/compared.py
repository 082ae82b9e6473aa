"""How two versions of a text are compared: line by line, and told apart without colors."""

import re
from difflib import SequenceMatcher

from bs4 import BeautifulSoup
from django.db import models
from django.utils.formats import localize
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.admin.compare import (
    BlockComparison,
    FieldComparison,
    TextDiff,
    TextFieldComparison,
    register_comparison_class,
)
from wagtail.fields import RichTextField

from embassy.texts.sentences import in_lines

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

TAGS = {"addition": "ins", "deletion": "del"}
"""How Wagtail's comparisons mark words, and the element that says the same."""


def lines_compared(before: str, after: str) -> SafeString:
    """Compare rich text, each paragraph and item on a line of its own."""
    was, now = (TOKEN.findall(in_lines(text)) for text in (before or "", after or ""))
    # Wagtail's own `diff_text` marks short words, too, where they stay.
    matcher = SequenceMatcher(str.isspace, was, now, autojunk=False)
    changes = []
    for step, start, stop, new_start, new_stop in matcher.get_opcodes():
        if step == "equal":
            changes.append(("equal", "".join(was[start:stop])))
            continue
        sides = ("deletion", was[start:stop]), ("addition", now[new_start:new_stop])
        changes += [(mark, "".join(words)) for mark, words in sides if words]
    return on_lines(TextDiff(changes).to_html())


def on_lines(html: str) -> SafeString:
    """Give escaped text with its lines kept."""
    return mark_safe(html.replace("\n", "<br>"))


class PlainComparison(FieldComparison):
    """A day, a number or a yes or no in two versions; what was empty is left out."""

    def htmldiff(self) -> SafeString:
        """Give the old and the new as people write them."""
        before, after = in_words(self.val_a), in_words(self.val_b)
        if before == after:
            return escape(after)
        sides = ("deletion", before), ("addition", after)
        return TextDiff([(mark, words) for mark, words in sides if words]).to_html()


def in_words(value) -> str:
    """Give a value as people write it; nothing for what is empty."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else localize(value)


for _field in (models.BooleanField, models.DateField, models.TimeField, models.IntegerField):
    register_comparison_class(_field, comparison_class=PlainComparison)
for _field in (models.DecimalField, models.FloatField):
    register_comparison_class(_field, comparison_class=PlainComparison)


class RichTextComparison(TextFieldComparison):
    """A field of rich text in two versions."""

    def htmldiff(self) -> SafeString:
        """Give its lines with what changed in them."""
        return lines_compared(self.val_a, self.val_b)


class ProseComparison(BlockComparison):
    """A block of rich text in two versions."""

    def htmlvalue(self, val) -> SafeString:
        """Give its lines."""
        return on_lines(escape(in_lines(val.source)))

    def htmldiff(self) -> SafeString:
        """Give its lines with what changed in them."""
        return lines_compared(self.val_a.source, self.val_b.source)


register_comparison_class(RichTextField, comparison_class=RichTextComparison)


def marked(html: str) -> SafeString:
    """Give a comparison of Wagtail's with elements for its colors, and a word on whole blocks."""
    soup = BeautifulSoup(str(html), "html.parser")
    for mark, name in TAGS.items():
        for found in soup.find_all(class_=mark):
            if not found.get_text(strip=True) and not found.find("img"):
                found.decompose()
                continue
            if found.name == "div":
                found.insert(0, word_for(soup, mark))
            found.name = name
    for gone in soup.find_all("del"):
        if getattr(gone.next_sibling, "name", None) == "ins":
            gone.insert_after(" ")
    return mark_safe(str(soup))


def word_for(soup: BeautifulSoup, mark: str):
    """Give the word that stands above a whole block that is new or was taken out."""
    word = soup.new_tag("strong", attrs={"class": "comparison__word"})
    word.string = _("new") if mark == "addition" else _("taken out")
    return word
