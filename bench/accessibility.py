"""Looks at every page of a running site as readers do who see, move or read otherwise.

    python -m bench.accessibility http://127.0.0.1:8000

Opens every address of the site map, in every language, in Chromium and counts what axe-core finds,
contrast included: at 360 and 1280 px, in the light and the dark scheme, and with forced colors.
Then 320 px (400 % zoom of a desk), the text spacing of WCAG 1.4.12, and the Tab key alone: stops
that show no focus, and places it never leaves. Prints a table; exit status 1 when something is.
"""

import sys
from dataclasses import dataclass

from playwright.sync_api import sync_playwright

from bench.weight import FLAGS, addresses
from tests.journeys.axe import DESK, PHONE, faults

ZOOMED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets.push(sheet);
}"""
CUT = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((element) => {
    const style = getComputedStyle(element);
    const hides = ["hidden", "clip"].includes(style.overflowX) && element.clientWidth > 1;
    return hides && element.scrollWidth > element.clientWidth + 1;
}).map((element) => `cut: <${element.localName} class="${element.className}">`)"""
WIDE = "document.documentElement.scrollWidth > innerWidth ? ['wider than the window'] : []"
FOCUS = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const shown = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== "none";
    window.stops ??= [];
    const known = window.stops.includes(element);
    window.stops.push(element);
    return {
        what: `<${element.localName} ${element.getAttribute("href") ?? element.id}>`,
        bad: !shown || !box.width || !box.height || box.right < 0 || box.bottom < 0,
        known,
    };
}"""
MOST_STOPS = 600


@dataclass(frozen=True)
class View:
    """One way to look at a page."""

    name: str
    size: dict[str, int]
    scheme: str = "light"
    forced: str = "none"


VIEWS = [
    View("360 light", PHONE),
    View("360 dark", PHONE, "dark"),
    View("1280 light", DESK),
    View("1280 dark", DESK, "dark"),
    View("forced", DESK, "light", "active"),
]
OTHERS = ["400 %", "spacing", "keys"]


def looked_at(page, url: str) -> dict[str, list[str]]:
    """Give what is found wrong with a page, by the way it was looked at."""
    page.goto(url)
    found = {}
    for view in VIEWS:
        page.set_viewport_size(view.size)
        page.emulate_media(
            color_scheme=view.scheme, forced_colors=view.forced, reduced_motion="reduce"
        )
        found[view.name] = [fault for fault in faults(page) if not is_chosen(fault, view)]
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.set_viewport_size(ZOOMED)
    found["400 %"] = page.evaluate(WIDE) + page.evaluate(CUT)
    page.set_viewport_size(DESK)
    found["keys"] = by_keys(page)
    page.set_viewport_size(PHONE)
    page.evaluate(SPACED)
    found["spacing"] = page.evaluate(WIDE) + page.evaluate(CUT)
    return found


def is_chosen(fault: str, view: View) -> bool:
    """Whether a fault is of colors that the reader's own took the place of.

    Chromium draws text in them and still tells axe the page's own, which it reads as the fill.
    """
    return view.forced != "none" and fault.startswith("color-contrast")


def by_keys(page) -> list[str]:
    """Go through a page by Tab; gives the stops that cannot be seen, and whether it has no end."""
    bad = []
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None or stop["known"]:
            return bad
        if stop["bad"]:
            bad.append(f"no focus seen: {stop['what']}")
    return [*bad, "Tab finds no end"]


def main() -> int:
    """Look at every page and print the table."""
    base = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    names = [*(view.name for view in VIEWS), *OTHERS]
    total, details = 0, []
    print("  ".join(f"{name:>10}" for name in names), "  page")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for path in addresses(base):
            page = browser.new_context().new_page()
            found = looked_at(page, base + path)
            page.context.close()
            print("  ".join(f"{len(found[name]):10d}" for name in names), f"  {path}", flush=True)
            total += sum(map(len, found.values()))
            details += [f"{path} {name}: {fault}" for name in names for fault in found[name]]
        browser.close()
    print("\n".join(details))
    print(f"{total} found")
    return int(bool(total))


if __name__ == "__main__":
    sys.exit(main())
