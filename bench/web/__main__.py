"""``python -m bench.web``: measure the app's pages against the figures that they keep; writes bench/web.json."""

import gzip
import http.client
import json
import re
import statistics
import sys
import time
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, sync_playwright

from bench.web.serving import Site, chromium, served

RESULT = Path(__file__).resolve().parent.parent / "web.json"
PAGES = {
    "today": "/app/",
    "board": "/app/applications/",
    "table": "/app/applications/?view=table",
    "search": "/app/applications/?q=engineer+leipzig",
}
TIMES = 50
# Milliseconds for the first byte, by account.
MOST_FIRST_BYTE = {"demo": 60.0, "full": 120.0}
MOST_FIRST_VISIT = 155 * 1024


class Client:
    """A browser without a window: cookies, and a connection that stays open."""

    def __init__(self, site: Site, account: str) -> None:
        host = urlsplit(site.url).netloc
        self._connection = http.client.HTTPConnection(host, timeout=30)
        self._cookies: dict[str, str] = {}
        self._site = site.url
        email, password = site.accounts[account]
        _, _, page = self.get("/app/sign-in/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        fields = {"csrfmiddlewaretoken": token[1].decode(), "email": email, "password": password, "keep": "on"}
        self.get("/app/sign-in/", urlencode(fields))

    def get(self, path: str, body: str = "") -> tuple[float, int, bytes]:
        """Return the milliseconds until the first byte, the bytes that came, and what they say."""
        headers = {
            "Accept-Encoding": "gzip",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            **({"Content-Type": "application/x-www-form-urlencoded", "Origin": self._site} if body else {}),
        }
        began = time.perf_counter()
        self._connection.request("POST" if body else "GET", path, body or None, headers)
        answer = self._connection.getresponse()
        took = (time.perf_counter() - began) * 1000
        raw = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self._cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        packed = answer.getheader("Content-Encoding") == "gzip"
        return took, len(raw), gzip.decompress(raw) if packed else raw


def _first_bytes(client: Client) -> dict[str, float]:
    found = {}
    for name, path in PAGES.items():
        client.get(path)
        times = [client.get(path)[0] for _ in range(TIMES)]
        found[name] = round(statistics.quantiles(times, n=20)[-1], 1)
    return found


def _first_visit(client: Client) -> dict[str, int]:
    """Return the bytes of a first visit of the board, by what they are."""
    _, document, page = client.get(PAGES["board"])
    found = {"document": document, "styles": 0, "scripts": 0, "fonts": 0, "other": 0}
    kinds = {".css": "styles", ".js": "scripts", ".woff2": "fonts"}
    text = page.decode()
    names = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', text))
    for name in names:
        found[kinds.get(Path(name).suffix, "other")] += client.get(name)[1]
    return found | {"all": sum(found.values())}


def _seen(browser: Browser, site: Site) -> dict[str, float]:
    """Return what somebody sees of a board of 2,000: when it is painted, how it scrolls, how quickly a card moves."""
    context = browser.new_context(base_url=site.url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    email, password = site.accounts["full"]
    page.goto("/app/sign-in/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/app/")
    page.goto(PAGES["board"])
    page.wait_for_function("document.documentElement.dataset.live")
    script = (Path(__file__).parent / "seen.js").read_text()
    found: dict[str, float] = page.evaluate(script)
    context.close()
    return {name: round(value, 3) for name, value in found.items()}


def main() -> None:
    """Measure, write and say what is too much."""
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        result: dict[str, Any] = {
            "first_byte_p95_ms": {name: _first_bytes(Client(site, name)) for name in MOST_FIRST_BYTE},
            "first_visit_bytes": _first_visit(Client(site, "demo")),
            "board_of_2000": _seen(browser, site),
        }
        browser.close()
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(RESULT.read_text())
    late = [
        f"{account} {name}: {took} ms"
        for account, most in MOST_FIRST_BYTE.items()
        for name, took in result["first_byte_p95_ms"][account].items()
        if took > most
    ]
    if result["first_visit_bytes"]["all"] > MOST_FIRST_VISIT:
        late.append(f"first visit: {result['first_visit_bytes']['all']} bytes")
    sys.exit("\n".join(["Too much:", *late]) if late else 0)


if __name__ == "__main__":
    main()
