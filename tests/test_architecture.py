"""The house's arrows: the other apps import embassy; nobody else imports anybody."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {
    "embassy": {"embassy"},
    "sections": {"sections", "embassy"},
    "relations": {"relations", "embassy"},
    "advisories": {"advisories", "embassy"},
    "accounts": {"accounts", "embassy"},
}
OURS = set(ALLOWED)


def imports_of(file: Path) -> set[str]:
    """Give the top-level packages of ours that a file imports, wherever in it they stand."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found & OURS


def python_files(app: str) -> list[Path]:
    """Give an app's files, migrations apart: those name the tables they refer to."""
    return [f for f in (ROOT / app).rglob("*.py") if "migrations" not in f.parts]


@pytest.mark.parametrize("app", sorted(ALLOWED))
def test_imports_follow_the_arrows(app):
    for file in python_files(app):
        if file.parent.name == "settings" or file.name == "urls.py":
            continue
        assert imports_of(file) <= ALLOWED[app], file


def test_a_wrong_import_is_seen(tmp_path):
    file = tmp_path / "wrong.py"
    file.write_text("def f():\n    from relations.models import NewsPage\n")
    assert imports_of(file) == {"relations"}


def test_environment_is_read_in_settings_only():
    for app in ALLOWED:
        for file in python_files(app):
            allowed = file.parent.name == "settings" or file.name in (
                "wsgi.py",
                "localdb.py",
                "startup.py",
            )
            assert allowed or "os.environ" not in file.read_text(), file


def test_vocabulary_of_warnings_imports_nothing_of_ours():
    assert not imports_of(ROOT / "advisories" / "vocabulary.py")


@pytest.mark.parametrize("app", sorted(ALLOWED))
def test_models_files_stay_short(app):
    for file in python_files(app):
        if "models" in file.parts or file.name == "models.py":
            assert len(file.read_text().splitlines()) <= 300, file
