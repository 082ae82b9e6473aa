"""docs/warnings.md says of steps what the tables in the code say, and names tests that exist."""

import re
from pathlib import Path

from advisories.vocabulary import TRANSITIONS, Right
from embassy.roles import ROLES

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = ROOT / "docs" / "warnings.md"
ABOUT = {None: "", False: " (words)", True: " (an end)"}
RIGHTS = {right: right.value.removesuffix("_issue") for right in Right}


def holders(right: Right) -> set[str]:
    """Give the roles that hold a right on warnings."""
    name = RIGHTS[right]
    return {code for code, role in ROLES.items() if name in role.facts.get("advisories.issue", ())}


def table() -> str:
    """Write the table of steps: from where, to where, and for each role whether it may."""
    codes = list(ROLES)
    lines = ["| step | from | to | " + " | ".join(codes) + " |"]
    lines.append("| --- | --- | --- |" + " --- |" * len(codes))
    for name, step in TRANSITIONS.items():
        may = ["" if code not in holders(step.right) else "yes" for code in codes]
        if step.by_another:
            may = [word and "wrote none of it" for word in may]
        states = ", ".join(state.value for state in step.sources) + ABOUT[step.of_end]
        lines.append(f"| {name} | {states} | {step.target.value} | " + " | ".join(may) + " |")
    return "\n".join(lines)


def test_the_table_of_steps_is_that_of_the_code():
    assert table() in DOCUMENT.read_text()


def test_every_named_test_exists():
    text = DOCUMENT.read_text()
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", text)
    assert len(named) >= 12
    for file, name in named:
        assert f"def {name}(" in (ROOT / file).read_text(), f"{file}::{name}"
