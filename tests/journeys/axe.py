"""What axe-core and a look at the width find wrong with a page in a browser."""

from playwright.sync_api import Page

from tests.databases import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
PHONE = {"width": 360, "height": 800}
DESK = {"width": 1280, "height": 900}


def faults(page: Page, part: str = ":root") -> list[str]:
    """Give what axe finds wrong with a page or a part of it, a sideways scroll, a missing h1.

    Contrast is part of what axe looks at.
    """
    result = page.evaluate(f"{AXE}; axe.run('{part}', {{resultTypes: ['violations']}})")
    found = [f"{v['id']}: {in_words(v['nodes'][0])}" for v in result["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    headings = page.locator("h1").count()
    return found + (["wider than the window"] if wide else []) + ["h1"] * (headings != 1)


def in_words(node: dict) -> str:
    """Give an element and what is wrong with it."""
    why = [check["message"] for check in [*node["any"], *node["all"], *node["none"]]]
    return f"{node['html']} ({'; '.join(why)})"


def faults_as(page: Page, size: dict[str, int], scheme: str, part: str = ":root") -> list[str]:
    """Give the faults of an open page in a window of a size, in a light or dark scheme."""
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # colors change at once
    return faults(page, part)
