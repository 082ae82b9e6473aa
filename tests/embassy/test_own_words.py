"""The demo's sentences are its own: none is copied from a source."""

from pathlib import Path

import pytest

from tests.copied import HASHES, ROOT, copied_in, hash_of, hashes, texts_in

MODULES = sorted(path for app in ROOT.iterdir() for path in app.glob("demo/*.py"))

QUOTED = [
    # names and titles, addresses, and one goal between quotation marks
    "Emergency Message for U.S. Citizens: Civil Unrest in Bamako Area",
    "The Embassy of the United States of America in Bamako",
    "American Embassy Bamako\nDefense Attaché Office\nRue 243 Porte 297 ACI 2000\nB.P. 34\nBamako",
    "The National Movement for Liberation of the Azawad (MNLA)",
    "Permanent Interstates Committee for Drought Control in the Sahel",
    "U.S. Census Bureau Foreign Trade Statistics International Offices Page",
    "Travel to High-Risk Areas, Crime Abroad, Victims of Crime, Terrorism",
    "Its goal: “Malians secure a democratic, resilient, and prosperous future.”",
]


@pytest.fixture(scope="module")
def known() -> set[bytes]:
    """The hashes of the sources' runs of words, but those that are quoted."""
    quoted = {run for text in QUOTED for run in copied_in(text, hashes())}
    return hashes() - {hash_of(run) for run in quoted}


def test_the_hashes_are_few_enough_to_keep():
    assert len(hashes()) > 1000
    assert HASHES.stat().st_size < 100_000


@pytest.mark.parametrize("module", MODULES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_no_text_of_the_demo_is_copied(module: Path, known):
    assert [run for text in texts_in(module) for run in copied_in(text, known)] == []


@pytest.mark.parametrize(
    "copy",
    [
        "Terrorists may attack <b>without warning</b>:",
        "<p>Programs are many. The United States will continue to support Mali in achieving its "
        "goals of peace and economic development.</p>",
        "Nobody said that the Press Office also organizes press conferences and interviews with "
        "U.S. officials and academics.",
    ],
)
def test_a_copy_would_be_found(copy, known):
    assert copied_in(copy, known)


def test_texts_with_links_are_read_as_one(tmp_path):
    module = tmp_path / "words.py"
    module.write_text('A = "one two " + link("https://a.example/", "three") + f" four {B} five"\n')
    assert list(texts_in(module)) == ["one two  https://a.example/ three  four   five"]


def test_every_app_has_texts_to_look_at():
    apps = {path.parts[-3] for path in MODULES}
    assert apps == {"advisories", "embassy", "relations", "sections"}
