"""Pages are printed with Chromium: address, date and code are on the paper, the frame is not.

The documents lie in each test's own folder.
"""

import re
import shutil
import subprocess

import pytest

WORDS = {"en": ("Scan it to see", "Search"), "fr": ("Scannez-le pour voir", "Rechercher")}
PRINTED = [
    ("en", "/travel-advisory/", r"/travel-advisory/2026-01-09/", "January 9, 2026"),
    ("fr", "/fr/travel-advisory/", r"/fr/travel-advisory/2026-01-09/", "9 janvier 2026"),
    ("en", "/travel-advisory/whole/", r"/travel-advisory/2026-01-09/", "January 9, 2026"),
    ("fr", "/fr/travel-advisory/whole/", r"/fr/travel-advisory/2026-01-09/", "9 janvier 2026"),
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
        "/sections-offices/department-of-defense/defense-attache-office/",
        r"/defense-attache-office/",
        "",
    ),
]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext reads what was printed")
@pytest.mark.parametrize(("language", "path", "address", "date"), PRINTED)
def test_a_page_is_printed(desk, tmp_path, language, path, address, date):
    desk.goto(path)
    code = desk.locator(".print-code__qr")
    assert code.count() == 1 and not code.is_visible()  # nothing of it on a screen
    desk.pdf(path=tmp_path / "page.pdf", format="A4", print_background=False)
    told = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    scan, frame = WORDS[language]
    assert re.search(address, re.sub(r"\s", "", told))  # long ones go on in the next line
    assert date in told
    assert "Rue 243, Porte 297" in told
    assert scan in re.sub(r"\s+", " ", told)
    assert frame not in told  # the masthead
    desk.emulate_media(media="print")
    assert code.is_visible() and code.bounding_box()["width"] > 80
    assert not desk.locator(".masthead, .footer, .toc").first.is_visible()
