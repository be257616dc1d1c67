"""``python -m bench.web``: measure the app's pages against the figures that they keep; writes bench/web.json."""

import json
import re
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.web import lighthouse
from bench.web.client import Client
from bench.web.figures import (
    LEAST_SCORE,
    MOST_BYTES,
    MOST_ELSEWHERE_MS,
    MOST_FIRST_BYTE,
    MOST_SEEN,
    MOST_TYPED,
)
from bench.web.looking import BOARD, HOME, context_of
from bench.web.serving import Site, chromium, served

RESULT = Path(__file__).resolve().parent.parent / "web.json"
PAGES = {
    "today": HOME,
    "board": BOARD,
    "table": f"{BOARD}?view=table",
    "search": f"{BOARD}?q=engineer+leipzig",
    "palette": "/app/palette/?q=eng",
}
TIMES = 50
MOVES = 10
# Events whose painting the browser times.
_INTERACTIONS = """() => {
  window.interactions = [];
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (each.interactionId) window.interactions.push(each.duration);
  }).observe({ type: "event", durationThreshold: 16 });
}"""
# When a card comes into a column of an open page, on the clock of the machine.
_COMES = """([number, column]) => new Promise((done) => {
  const there = () => document.querySelector(`#cards-${column} [data-application="${number}"]`);
  const now = () => performance.timeOrigin + performance.now();
  const look = () => (there() ? done(now()) : requestAnimationFrame(look));
  look();
})"""
_MOVE = """([number, to]) => {
  document.dispatchEvent(new CustomEvent("onward:move", { detail: { number, to } }));
  return performance.timeOrigin + performance.now();
}"""


def _p95(times: list[float]) -> float:
    return round(statistics.quantiles(times, n=20)[-1], 1)


def _first_bytes(client: Client) -> dict[str, float]:
    found = {}
    for name, path in PAGES.items():
        client.ask(path)
        found[name] = _p95([client.ask(path).took for _ in range(TIMES)])
    return found


def first_visit(client: Client) -> dict[str, int]:
    """Return the bytes of a first visit of the board, compressed, by what they are."""
    board = client.ask(BOARD)
    found = {"document": board.size, "styles": 0, "scripts": 0, "fonts": 0, "other": 0}
    kinds = {".css": "styles", ".js": "scripts", ".woff2": "fonts"}
    for name in set(re.findall(r'(?:src|href)="(/static/[^"#]+)', board.text)):
        found[kinds.get(Path(name).suffix, "other")] += client.ask(name).size
    return found | {"all": sum(found.values())}


def _board(browser: Browser, site: Site, account: str) -> Page:
    context = context_of(browser, site.url, site.accounts[account], coarse=False)
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(BOARD)
    page.locator("html[data-live]").wait_for()
    return page


def _seen(browser: Browser, site: Site) -> dict[str, float]:
    """Return what somebody sees of a board of 2,000: when it is painted, how it scrolls, how quickly a card moves."""
    page = _board(browser, site, "full")
    found: dict[str, float] = page.evaluate((Path(__file__).parent / "seen.js").read_text())
    page.reload()
    page.locator("html[data-live]").wait_for()
    found["interaction_to_paint_ms"] = _interactions(page)
    page.context.close()
    return {name: round(value, 3) for name, value in found.items()}


def _interactions(page: Page) -> float:
    """Return the longest time from what somebody does to what they see of it, in milliseconds."""
    page.evaluate(_INTERACTIONS)
    for key in ("j", "j", "l", "x", "x"):
        page.keyboard.press(key)
    page.locator("a[data-move]").first.click()
    page.keyboard.press("Escape")
    page.locator("[data-application] a.title").nth(2).click()
    page.locator("#sheet article").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("engineer")
    page.locator("#palette [role=option]").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("#q").press_sequentially("cook")
    page.wait_for_url("**q=cook**")
    page.wait_for_timeout(500)
    longest: float = page.evaluate("Math.max(0, ...window.interactions)")
    return longest


def _elsewhere(browser: Browser, site: Site) -> Iterator[float]:
    """Return the milliseconds from a move in one browser to when another that is open shows it."""
    one, other = (_board(browser, site, "demo") for _ in range(2))
    number = one.locator("#cards-applied [data-application]").first.get_attribute("data-application")
    for at in range(MOVES):
        to = ("screening", "applied")[at % 2]
        moved = one.evaluate(_MOVE, [number, to])
        yield other.evaluate(_COMES, [number, to]) - moved
        one.locator("#toasts .toast").first.wait_for()
        one.wait_for_timeout(300)
    one.context.close()
    other.context.close()


def _too_much(result: dict[str, Any]) -> Iterator[str]:
    for account, most in MOST_FIRST_BYTE.items():
        for name, took in result["first_byte_p95_ms"][account].items():
            if took > min(most, MOST_TYPED.get(name, most)):
                yield f"{account} {name}: {took} ms"
    for name, most in MOST_BYTES.items():
        if result["first_visit_bytes"][name] > most:
            yield f"first visit, {name}: {result['first_visit_bytes'][name]} bytes"
    for name, most in MOST_SEEN.items():
        if result["board_of_2000"][name] > most:
            yield f"board of 2,000, {name}: {result['board_of_2000'][name]}"
    if result["seen_elsewhere_ms"]["longest"] > MOST_ELSEWHERE_MS:
        yield f"seen elsewhere: {result['seen_elsewhere_ms']['longest']} ms"
    for page, scores in (result["lighthouse"] or {}).items():
        yield from (f"Lighthouse, {page}, {name}: {score}" for name, score in scores.items() if score < LEAST_SCORE)


def main() -> None:
    """Measure, write and say what is too much."""
    with served() as site:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            elsewhere = list(_elsewhere(browser, site))
            result: dict[str, Any] = {
                "first_byte_p95_ms": {
                    name: _first_bytes(Client(site.url, site.accounts[name])) for name in MOST_FIRST_BYTE
                },
                "first_visit_bytes": first_visit(Client(site.url, site.accounts["demo"])),
                "board_of_2000": _seen(browser, site),
                "seen_elsewhere_ms": {
                    "median": round(statistics.median(elsewhere), 1),
                    "longest": round(max(elsewhere), 1),
                },
            }
            browser.close()
        result["lighthouse"] = lighthouse.scores(site, chromium())
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(RESULT.read_text())
    late = list(_too_much(result))
    sys.exit("\n".join(["Too much:", *late]) if late else 0)


if __name__ == "__main__":
    main()
