"""``python -m bench.web.screenshots``: every page, empty, demo and full, light and dark, in four widths.

What is wrong with one is said, and ends the program with an error: what is cut, covered, too small or too wide, and
what axe finds. Each page is also photographed in each state that it has, on a desk and on a phone.
``python -m bench.web.screenshots pictures`` takes those of the guide, the README and the first page anew instead.
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.web.client import Client
from bench.web.looking import (
    BOARD,
    DESK,
    HOME,
    HOUSE,
    LONGER,
    PHONE,
    SCREENS,
    Screen,
    addresses,
    breaches,
    context_of,
    show,
    states,
    wrong,
)
from bench.web.serving import Site, chromium, served

FOLDER = Path("var/screenshots")
# What the guide, the README and the first page show of the demo, by the file.
FRONT = "onward/web/static/onward/app"
PICTURES = {
    "docs/pictures/today.jpg": (HOME, "light"),
    "docs/pictures/board.jpg": (BOARD, "light"),
    "docs/pictures/application.jpg": ("applications:application", "light"),
    f"{FRONT}/board-light.jpg": (BOARD, "light"),
    f"{FRONT}/board-dark.jpg": (BOARD, "dark"),
}
STYLE = """body { font: 14px system-ui; margin: 24px } h2 { margin: 48px 0 12px } figure { margin: 0 }
div { display: flex; flex-wrap: wrap; gap: 16px } img { height: 320px; border: 1px solid #8888 }"""


def _photograph(browser: Browser, site: Site, name: str, paths: list[str], complaints: list[str]) -> list[str]:
    """Photograph the pages of one account, and return the names of the pictures."""
    files = []
    for coarse, screens in groupby(sorted(SCREENS, key=lambda screen: screen.coarse), key=lambda screen: screen.coarse):
        context = context_of(browser, site.url, site.accounts.get(name), coarse=coarse)
        page = context.new_page()
        page.on("pageerror", _complains(complaints))
        for screen in list(screens):
            show(page, screen)
            for path in paths:
                more = screen in (DESK, PHONE) and name == "demo"
                for state in states(page, path, more=more):
                    found = [*wrong(page, screen), *(breaches(page) if _is_closely(screen) and state != LONGER else [])]
                    complaints += [f"{name}, {path} on {screen}, {state}: {each}" for each in found]
                    shown = re.sub(r"\W+", "-", f"{name}-{path.removeprefix('/app')}-{state}").strip("-")
                    files.append(f"{shown}-{screen.width}-{screen.scheme}.png")
                    page.screenshot(path=FOLDER / files[-1])
        context.close()
    return files


def take_pictures(browser: Browser, site: Site, shown: dict[str, str]) -> None:
    """Photograph what is shown to whoever does not use it yet. :param shown: addresses by the names of their routes"""
    context = context_of(browser, site.url, site.accounts["demo"], coarse=False)
    page = context.new_page()
    for file, (place, scheme) in PICTURES.items():
        show(page, Screen(1280, 760, scheme))
        page.goto(shown.get(place, place), wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=HOUSE / file, type="jpeg", quality=82)
    context.close()


def _complains(complaints: list[str]) -> Callable[[object], None]:
    return lambda problem: complaints.append(str(problem))


def _is_closely(screen: Screen) -> bool:
    return screen.width in (DESK.width, PHONE.width)


def _sheet(files: list[str]) -> str:
    """Return the page that shows all pictures, one row for each page and state."""
    rows = groupby(sorted(files), key=lambda file: file.rsplit("-", 2)[0])
    shown = "".join(f"<h2>{title}</h2><div>{''.join(_figure(file) for file in row)}</div>" for title, row in rows)
    return f"<!doctype html><meta charset=utf-8><title>Onward</title><style>{STYLE}</style>{shown}"


def _figure(file: str) -> str:
    said = " ".join(file[:-4].rsplit("-", 2)[1:])
    return f'<figure><img src="{file}" loading="lazy" alt=""><figcaption>{said}</figcaption></figure>'


def main() -> None:
    """Take all pictures, and write the sheet that shows them."""
    # The table of addresses needs the settings, and they a folder.
    os.environ["ONWARD_DATA_DIR"] = tempfile.mkdtemp(prefix="onward-table-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onward.config.settings")
    import django

    django.setup()
    from bench.web.pages import reached

    if sys.argv[1:] == ["pictures"]:
        with served() as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            take_pictures(browser, site, reached(Client(site.url, site.accounts["demo"])).shown)
            browser.close()
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    files: list[str] = []
    complaints: list[str] = []
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for name in ("nobody", *site.accounts):
            pages = reached(Client(site.url, site.accounts.get(name)))
            files += _photograph(browser, site, name, list(addresses(pages, name)), complaints)
        browser.close()
    (FOLDER / "index.html").write_text(_sheet(files))
    print(f"{len(files)} pictures in {FOLDER}/index.html")
    if complaints:
        sys.exit("\n".join(dict.fromkeys(complaints)))


if __name__ == "__main__":
    main()
