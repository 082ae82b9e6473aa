"""Reading the HTML of a feed's item into blocks of plain runs, which is all that is kept of it.

Nothing of the original markup passes through: what is not a paragraph, a heading, a list, bold,
italic, a line break or a link to a public address is dropped, its words kept. What only machines
read (scripts, styles, frames) is dropped whole.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from embassy.texts.invisible import without_invisible

BREAK = "\x00"  # cannot come from outside: control characters are taken out first
SPACES = re.compile(r"[ \t\r\n\f]+")
MARKS = {"b": "b", "strong": "b", "i": "i", "em": "i"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LISTS = {"ul", "ol"}
DEEPEST_LIST = 3
BLOCKS = HEADINGS | {
    *("p", "div", "section", "article", "header", "footer", "blockquote", "pre", "hr", "dl", "dt"),
    *("dd", "table", "caption", "tr", "td", "th", "center", "figure", "figcaption", "form"),
}
DROPPED = {
    *("script", "style", "template", "iframe", "object", "svg", "math", "noscript", "textarea"),
    *("select", "head", "title", "audio", "video"),
}
TRACKING = re.compile(r"utm_\w+|s_cid|gclid|fbclid|msclkid|mc_cid|mc_eid|icid|ocid", re.I)
INTERNAL = {"sbu", "local", "localhost", "internal", "intranet", "lan", "corp", "home", "test"}


class Unclear(Exception):
    """Markup that does not end, so that nobody can say which words are shown."""


@dataclass(frozen=True)
class Run:
    """A piece of text in one manner; a line break is a run of its own."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


@dataclass
class Block:
    """A paragraph ("p"), a heading ("h"), or an item of a list ("ul", "ol") with its depth."""

    kind: str
    depth: int = 0
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words alone, line breaks as spaces."""
        return SPACES.sub(" ", "".join(r.text for r in self.runs).replace(BREAK, " ")).strip()


def public_address(href: str, base: str) -> str:
    """Give a link's address without what counts readers; nothing when it leads to no public page.

    `base` is the item's own address, for links that are written relative to it.
    """
    try:
        parts = urlsplit(urljoin(base, SPACES.sub("", without_invisible(href))))
        host = (parts.hostname or "").rstrip(".")
        parts.port  # noqa: B018 (raises for a bad one)
    except ValueError:
        return ""
    if parts.scheme == "mailto" and re.fullmatch(r"[\w.+-]+@[\w.-]+\.\w+", parts.path):
        return f"mailto:{parts.path}"
    last = host.rpartition(".")[2]
    public = "." in host and last.isalpha() and last not in INTERNAL and "@" not in parts.netloc
    if parts.scheme not in ("http", "https") or not public:
        return ""
    if not TRACKING.search(parts.query):
        return parts.geturl()
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in query if not TRACKING.fullmatch(name)]
    return parts._replace(query=urlencode(kept)).geturl()


class BlockParser(HTMLParser):
    """Turns markup into blocks as it comes, without ever building a tree."""

    def __init__(self, base: str):
        super().__init__(convert_charrefs=True)
        self.base = base
        self.blocks: list[Block] = []
        self.block: Block | None = None
        self.lists: list[str] = []
        self.marks: list[str] = []
        self.links: list[str] = []
        self.dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a mark or a link."""
        if self.dropped or tag in DROPPED:
            self.dropped += [tag] if tag in DROPPED else []
        elif tag in LISTS:
            self.lists.append(tag)
            self.block = None
        elif tag == "li":
            self.block = self.new_item()
        elif tag in BLOCKS:
            self.new_block("h" if tag in HEADINGS else "p")
        elif tag == "br":
            self.add(BREAK)
        elif tag == "a":
            self.links.append(public_address(dict(attrs).get("href") or "", self.base))
        elif tag in MARKS:
            self.marks.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what is open; an end without its beginning counts for nothing."""
        if self.dropped:
            if tag in self.dropped:
                del self.dropped[len(self.dropped) - 1 - self.dropped[::-1].index(tag) :]
        elif tag in LISTS and self.lists:
            self.lists.pop()
            self.block = None
        elif tag in BLOCKS and not self.lists:
            self.block = None
        elif tag == "a" and self.links:
            self.links.pop()
        elif tag in self.marks:
            self.marks.reverse()
            self.marks.remove(tag)
            self.marks.reverse()

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if not self.dropped:
            self.add(without_invisible(data))

    def new_item(self) -> Block:
        """Begin an item of a list, or of no list that was opened."""
        depth = min(max(len(self.lists) - 1, 0), DEEPEST_LIST)
        self.blocks.append(Block(self.lists[-1] if self.lists else "ul", depth))
        return self.blocks[-1]

    def new_block(self, kind: str) -> None:
        """Begin a paragraph; within an item of a list it is only a new line."""
        if not self.lists:
            self.block = Block(kind)
            self.blocks.append(self.block)
        elif self.block and self.block.text:
            self.add(BREAK)

    def add(self, text: str) -> None:
        """Add words to the open block, beginning a paragraph where there is none."""
        if self.block is None:
            if text == BREAK or not text.strip():
                return
            self.block = self.new_item() if self.lists else Block("p")
            if not self.lists:
                self.blocks.append(self.block)
        marks = frozenset(MARKS[mark] for mark in self.marks)
        href = self.links[-1] if self.links else ""
        self.block.runs.append(Run(text, marks, href))


def blocks_of(html: str, base: str) -> list[Block]:
    """Give the blocks of an item that have words; raises Unclear when the markup does not end."""
    parser = BlockParser(base)
    parser.feed(html)
    parser.close()
    if parser.dropped:
        raise Unclear
    for block in parser.blocks:
        block.runs = tidy(block.runs)
    return [block for block in parser.blocks if block.text]


def tidy(runs: Iterable[Run]) -> list[Run]:
    """Join runs of one manner, one space for many, none at the ends and around line breaks."""
    found: list[Run] = []
    after_space = True
    for run in runs:
        text = SPACES.sub(" ", run.text)
        text = text.lstrip(" ") if after_space or run.text == BREAK else text
        if not text or (text == BREAK and not found):
            continue
        if text == BREAK and found[-1].text != BREAK:
            found[-1] = Run(found[-1].text.rstrip(" "), found[-1].marks, found[-1].href)
        after_space = text == BREAK or text.endswith(" ")
        last = found[-1] if found else None
        if last and BREAK not in (text, last.text) and (last.marks, last.href) == run_manner(run):
            found[-1] = Run(last.text + text, last.marks, last.href)
        else:
            found.append(Run(text, *run_manner(run)))
    return trimmed(found)


def run_manner(run: Run) -> tuple[frozenset[str], str]:
    """Give what a run looks like."""
    return run.marks, run.href


def trimmed(runs: list[Run]) -> list[Run]:
    """Take blank runs and line breaks off the end."""
    while runs and not runs[-1].text.replace(BREAK, " ").strip():
        runs.pop()
    if runs:
        runs[-1] = Run(runs[-1].text.rstrip(), *run_manner(runs[-1]))
    return runs


def render(blocks: Iterable[Block]) -> str:
    """Write blocks as rich text is stored: p, ul, ol, li, b, i, br and a with an address."""
    parts: list[str] = []
    stack: list[str] = []
    for block in blocks:
        if block.kind in LISTS:
            parts += open_item(stack, block)
            parts.append(inline(block.runs))
        else:
            parts += close_lists(stack, 0)
            parts.append(f"<p>{inline(block.runs)}</p>")
    return "".join([*parts, *close_lists(stack, 0)])


def open_item(stack: list[str], block: Block) -> list[str]:
    """Give the tags that lead from the lists that are open to a new item."""
    depth = min(block.depth, len(stack))
    parts = close_lists(stack, depth + 1)
    if len(stack) == depth + 1 and stack[-1] != block.kind:
        parts += close_lists(stack, depth)
    if len(stack) == depth + 1:
        return [*parts, "</li><li>"]
    stack.append(block.kind)
    return [*parts, f"<{block.kind}><li>"]


def close_lists(stack: list[str], depth: int) -> list[str]:
    """Give the tags that close all lists below a depth."""
    parts = []
    while len(stack) > depth:
        parts.append(f"</li></{stack.pop()}>")
    return parts


def inline(runs: Iterable[Run]) -> str:
    """Write runs, everything escaped."""
    parts = []
    for run in runs:
        text = "<br/>" if run.text == BREAK else escape(run.text, quote=False)
        if run.text != BREAK:
            for mark in sorted(run.marks, reverse=True):
                text = f"<{mark}>{text}</{mark}>"
            if run.href:
                text = f'<a href="{escape(run.href)}">{text}</a>'
        parts.append(text)
    return "".join(parts)
