"""Lighthouse's marks for a few pages, where a Node is found; left out with a sentence where there is none."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from bench.web.client import Client
from bench.web.serving import Site

VERSION = "12.2.3"
FOLDER = Path("var/lighthouse")
CATEGORIES = ("performance", "accessibility", "best-practices")


def _program() -> Path | None:
    """Return where Lighthouse is, fetched into `var` when it is not there; nothing where there is no Node."""
    found = FOLDER / "node_modules/.bin/lighthouse"
    if not shutil.which("node") or not shutil.which("npm"):
        print("Lighthouse is left out: there is no Node.", file=sys.stderr)
        return None
    if not found.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(FOLDER), f"lighthouse@{VERSION}"]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            print(f"Lighthouse is left out: npm cannot fetch {VERSION}.", file=sys.stderr)
            return None
    return found


def scores(site: Site, chromium: str) -> dict[str, dict[str, int]] | None:
    """Return the marks of 100 of sign-in, Today, the board and an application, by page and category."""
    program = _program()
    if program is None:
        return None
    client = Client(site.url, site.accounts["demo"])
    table = client.ask("/app/applications/?view=table").text
    application = re.search(r'href="(/app/applications/\d+/)"', table)
    pages = {"sign-in": "/app/sign-in/", "today": "/app/", "board": "/app/applications/"}
    if application:
        pages["application"] = application[1]
    return {
        name: _marks(program, site.url + path, chromium, "" if name == "sign-in" else client.cookies)
        for name, path in pages.items()
    }


def _marks(program: Path, address: str, chromium: str, cookies: str) -> dict[str, int]:
    report = FOLDER / "report.json"
    command = [
        *(str(program), address, "--quiet", "--preset=desktop", "--output=json", f"--output-path={report}"),
        *(f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox"),
        *([f"--extra-headers={json.dumps({'Cookie': cookies})}"] if cookies else []),
    ]
    done = subprocess.run(
        command, env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True, check=False, timeout=180
    )
    if done.returncode:
        sys.exit(f"lighthouse {address}: {done.stderr[-2000:]}")
    found = json.loads(report.read_text())
    report.rename(FOLDER / f"{address.strip('/').rpartition('/')[2]}.json")
    return {name: round(100 * found["categories"][name]["score"]) for name in CATEGORIES}
