"""Finds words copied from the source texts, of which the repository holds hashes, not the texts.

`python -m tests.copied TEXT…` writes the hashes of source texts anew.
"""

import ast
import hashlib
import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path

RUN = 9
"""How many words in a row are a copy, in words."""

SIZE = 5
"""How many bytes of a hash are kept: among ten thousand runs a false alarm is one in 30,000."""

ROOT = Path(__file__).resolve().parent.parent
HASHES = Path(__file__).with_name("source_runs.bin")
SENTENCE = re.compile(r"[^.:!?\n]+[.:!?](?=\s|$)")
SHORTEST = 5
"""A whole sentence of this many words is a copy, too."""


def words_in(text: str) -> list[str]:
    """Give the words of a text without markup, case and typography."""
    text = re.sub(r"<[^>]+>", " ", html.unescape(html.unescape(text)))
    text = text.lower().replace("’", "'").replace("u.s.", "us")
    return re.findall(r"\w+(?:[-.,]\w+)*", text.replace("'", ""))


def runs_in(text: str) -> Iterator[str]:
    """Give every run of words in a text, and every short sentence of it as a whole."""
    words = words_in(text)
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])
    plain = re.sub(r"<[^>]+>", " ", html.unescape(html.unescape(text))).replace("U.S.", "US")
    for sentence in SENTENCE.findall(plain):
        words = words_in(sentence)
        if SHORTEST <= len(words) < RUN:
            yield " ".join(words) + "."


def hash_of(run: str) -> bytes:
    """Give the short hash of a run of words."""
    return hashlib.sha256(run.encode()).digest()[:SIZE]


def hashes() -> set[bytes]:
    """Give the hashes of all runs of words of the sources."""
    data = HASHES.read_bytes()
    return {data[start : start + SIZE] for start in range(0, len(data), SIZE)}


def copied_in(text: str, known: set[bytes]) -> list[str]:
    """Give the runs of words of a text that a source has too."""
    return [run for run in runs_in(text) if hash_of(run) in known]


def texts_in(module: Path) -> Iterator[str]:
    """Give the texts a module writes down; what is added up counts as one, with its links."""
    seen: set[ast.AST] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if node in seen or not isinstance(node, (ast.BinOp, ast.JoinedStr, ast.Constant)):
            continue
        parts = [part for part in ast.walk(node) if isinstance(part, ast.Constant)]
        seen.update(ast.walk(node))
        parts = [part for part in parts if isinstance(part.value, str)]
        parts.sort(key=lambda part: (part.lineno, part.col_offset))
        yield " ".join(part.value for part in parts)


def main(paths: list[str]) -> None:
    """Write the hashes of source texts."""
    runs = {hash_of(run) for path in paths for run in runs_in(Path(path).read_text())}
    HASHES.write_bytes(b"".join(sorted(runs)))


if __name__ == "__main__":
    main(sys.argv[1:])
