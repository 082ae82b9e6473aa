"""Compiles each .po file under locale/ whose .mo file is missing or older; prints what it did."""

import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def main() -> None:
    """Compile what is out of date, or name the file that cannot be read."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        new = compiled.with_suffix(".mo.new")
        try:
            polib.pofile(str(source)).save_as_mofile(str(new))
        except (OSError, ValueError) as error:
            sys.exit(f"{source.relative_to(LOCALE.parent)}: {error}")
        new.replace(compiled)  # a running server never reads half a file
        print(source.relative_to(LOCALE.parent))


if __name__ == "__main__":
    main()
