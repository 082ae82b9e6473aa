"""Pages are printed with Chromium: address, date and code are on the paper, the frame is not.

The documents lie in each test's own folder.
"""

import re
import shutil
import subprocess

import pytest

WORDS = {"en": ("Scan it to see", "Search"), "fr": ("Scannez-le pour voir", "Rechercher")}
OFFICE = "/sections-offices/department-of-defense/defense-attache-office/"
PRINTED = [
    ("en", "/travel-advisory/", r"/travel-advisory/2026-01-09/", "January 9, 2026"),
    ("fr", "/fr/travel-advisory/", r"/fr/travel-advisory/2026-01-09/", "9 janvier 2026"),
    ("en", "/travel-advisory/whole/", r"/travel-advisory/whole/", "January 9, 2026"),
    ("fr", "/fr/travel-advisory/whole/", r"/fr/travel-advisory/whole/", "9 janvier 2026"),
    ("en", "/alerts/emergency-message-2012-02-02/", r"/alerts/\S+/1/", "February 2, 2012"),
    ("fr", "/fr/alerts/emergency-message-2012-02-02/", r"/fr/alerts/\S+/1/", "2 février 2012"),
    (
        "en",
        "/fact-sheets/us-relations-with-mali/",
        r"/fact-sheets/us-relations-with-mali/2015-10-15/",
        "October 15, 2015",
    ),
    (
        "en",
        OFFICE,
        r"/defense-attache-office/",
        "",
    ),
]
# What stands on the first sheet, and how many sheets a document may take.
FILLED = [
    ("/travel-advisory/", "Kayes: Level 4", 5),
    ("/fr/travel-advisory/whole/", "Kayes : niveau 4", 6),
    ("/fact-sheets/us-relations-with-mali/", "Background", 4),
    ("/alerts/emergency-message-2012-02-02/", "Actions to take", 3),
    (OFFICE, "Page last changed", 1),
    (f"/fr{OFFICE}", "Dernière modification de la page", 1),
]


def sheets(desk, folder, paper: str = "A4") -> list[str]:
    """Print the page that is open, and give the words of each sheet in their order."""
    desk.pdf(path=folder / "page.pdf", format=paper, print_background=False)
    command = ["pdftotext", "-raw", folder / "page.pdf", "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return told.split("\f")[:-1]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext reads what was printed")
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(("path", "first", "most"), FILLED)
def test_sheets_are_filled(desk, tmp_path, path, first, most, paper):
    desk.goto(path)
    printed = sheets(desk, tmp_path, paper)
    assert first in re.sub(r"\s+", " ", printed[0])
    assert len(printed) <= most
    assert all(len(re.findall(r"\S.*", sheet)) > 2 for sheet in printed)  # not the end alone


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext reads what was printed")
@pytest.mark.parametrize(("language", "path", "address", "date"), PRINTED)
def test_a_page_is_printed(desk, tmp_path, language, path, address, date):
    desk.goto(path)
    code = desk.locator(".print-code__qr")
    assert code.count() == 1 and not code.is_visible()  # nothing of it on a screen
    told = "".join(sheets(desk, tmp_path))
    scan, frame = WORDS[language]
    assert re.search(address, re.sub(r"\s", "", told))  # long ones go on in the next line
    assert date in told
    assert "Rue 243, Porte 297" in told
    assert scan in re.sub(r"\s+", " ", told)
    assert frame not in told  # the masthead
    desk.emulate_media(media="print")
    assert code.is_visible() and code.bounding_box()["width"] > 80
    assert not desk.locator(".masthead, .footer, .toc").first.is_visible()
