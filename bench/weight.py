"""Measures what the first view of every page of a running site weighs over the wire.

    python -m bench.weight http://127.0.0.1:8000

Opens every address of the site map in Chromium with an empty cache and adds up what the network
delivered, editorial images apart. Prints a table with the limit; exit status 1 when one is over.
"""

import re
import sys
import urllib.request
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

LIMIT_KB = 30.0
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
EDITORIAL = "/media/"


def addresses(base: str) -> list[str]:
    """Give the paths of a site map."""
    with urllib.request.urlopen(f"{base}/sitemap.xml", timeout=60) as answer:
        found = re.findall(r"<loc>([^<]+)</loc>", answer.read().decode())
    return list(dict.fromkeys(urlsplit(url).path for url in found))


def weigh(browser, url: str) -> tuple[float, int]:
    """Give (KB over the wire, requests) of one first view."""
    context = browser.new_context()
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    urls: dict[str, str] = {}
    bytes_of: dict[str, float] = {}
    wire.on(
        "Network.requestWillBeSent", lambda e: urls.update({e["requestId"]: e["request"]["url"]})
    )
    wire.on(
        "Network.loadingFinished",
        lambda e: bytes_of.update({e["requestId"]: e["encodedDataLength"]}),
    )
    page.goto(url, wait_until="networkidle")
    context.close()
    counted = [size for key, size in bytes_of.items() if EDITORIAL not in urls.get(key, "")]
    return sum(counted) / 1000, len(counted)


def main() -> int:
    """Weigh every page and print the table, the heaviest first."""
    base = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for path in addresses(base):
            rows.append((*weigh(browser, base + path), path))
        browser.close()
    rows.sort(reverse=True)
    print(f"{'KB':>6}  {'requests':>8}  page (limit {LIMIT_KB:.0f} KB)")
    for size, requests, path in rows:
        print(f"{size:6.1f}  {requests:8d}  {path}{'  OVER' if size > LIMIT_KB else ''}")
    middle = sorted(size for size, _n, _p in rows)[len(rows) // 2]
    print(f"{len(rows)} pages, median {middle:.1f} KB, heaviest {rows[0][0]:.1f} KB")
    return int(rows[0][0] > LIMIT_KB)


if __name__ == "__main__":
    sys.exit(main())
