"""``python -m bench.web.screenshots``: every page, empty, demo and full, light and dark, in four widths."""

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.web.serving import Site, chromium, served

FOLDER = Path("var/screenshots")
PAGES = {
    "today": "/app/",
    "board": "/app/applications/",
    "table": "/app/applications/?view=table",
    "new": "/app/applications/new/",
    "start": "/app/start/",
    "import": "/app/import/",
    "settings": "/app/settings/",
    "deleted": "/app/deleted/",
}
WIDTHS = (1440, 768, 390, 320)
SCHEMES = ("light", "dark")


def _signed_in(browser: Browser, site: Site, account: str) -> Page:
    page = browser.new_context(base_url=site.url).new_page()
    email, password = site.accounts[account]
    page.goto("/app/sign-in/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/app/")
    return page


def _take(page: Page, name: str, path: str, width: int, scheme: str) -> str:
    page.set_viewport_size({"width": width, "height": 900 if width > 640 else 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(path)
    page.evaluate("document.fonts.ready")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        print(f"{name}: scrolls sideways at {width}", file=sys.stderr)
    file = f"{name}-{width}-{scheme}.png"
    page.screenshot(path=FOLDER / file)
    return file


def main() -> None:
    """Take all pictures, and write the sheet that shows them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    files = []
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_context(base_url=site.url).new_page()
        ways = {"welcome": "/", "sign-in": "/app/sign-in/", "sign-up": "/app/sign-up/"}
        for (name, path), width, scheme in product(ways.items(), WIDTHS, SCHEMES):
            files.append(_take(page, name, path, width, scheme))
        for account in site.accounts:
            page = _signed_in(browser, site, account)
            pages = dict(PAGES)
            page.goto(PAGES["table"])
            if (link := page.locator("th a.title").first).count():
                pages["application"] = str(link.get_attribute("href"))
            for (name, path), width, scheme in product(pages.items(), WIDTHS, SCHEMES):
                files.append(_take(page, f"{account}-{name}", path, width, scheme))
        browser.close()
    figures = "".join(
        f'<figure><img src="{file}" loading="lazy"><figcaption>{file}</figcaption></figure>' for file in files
    )
    style = "body{font:14px system-ui;display:flex;flex-wrap:wrap;gap:16px}figure{margin:0}img{height:320px}"
    sheet = f"<!doctype html><meta charset=utf-8><title>Onward</title><style>{style}</style>{figures}"
    (FOLDER / "index.html").write_text(sheet)
    print(f"{len(files)} pictures in {FOLDER}/index.html")


if __name__ == "__main__":
    main()
