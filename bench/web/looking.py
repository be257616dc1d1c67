"""Looking at a page: what is cut, covered, too small or too wide, what axe finds, and in which states it can be."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page
from playwright.sync_api import TimeoutError as TooLate

from bench.web.pages import Pages

HOUSE = Path(__file__).resolve().parent.parent.parent
AXE = HOUSE / "tests/browser/vendor/axe-core/4.14.1/axe.min.js"
LOOKING = (Path(__file__).parent / "looking.js").read_text()
# A fingertip, and whatever else points.
COARSE, FINE = 44, 24


@dataclass(frozen=True)
class Screen:
    """What a page is looked at on. :ivar coarse: by a fingertip"""

    width: int
    height: int
    scheme: str
    coarse: bool = False

    def __str__(self) -> str:
        return f"{self.width} {self.scheme}"


DESK, PHONE = Screen(1440, 900, "light"), Screen(390, 844, "dark", coarse=True)
# 1280 × 1024 enlarged to 400 % has as much room as this.
ENLARGED = Screen(320, 256, "light", coarse=True)
WIDTHS = ((1440, 900), (768, 1024), (390, 844), (320, 640))
SCREENS = tuple(
    Screen(width, height, scheme, coarse=width < 640) for width, height in WIDTHS for scheme in ("light", "dark")
)


HOME, BOARD = "/app/", "/app/applications/"
OPENED, LONGER = "as it opens", "with longer words"

# Pages whose address says what is shown of them: each way is looked at by itself.
WAYS = {
    "applications:list": ("?view=table", "?q=zzzz", "?view=table&q=zzzz"),
    "applications:new": ("?text=Engineer+at+Nordwind",),
}


def addresses(pages: Pages, name: str, only: Collection[str] = ()) -> Iterator[str]:
    """Return what is looked at with an account: pages of the app, and as nobody what opens to anybody.

    :param only: names of routes; none: all
    """
    for route, address in pages.shown.items():
        if only and route not in only:
            continue
        if name == "nobody":
            yield address
        elif address.startswith("/app/"):
            yield address
            yield from (address.partition("?")[0] + way for way in WAYS.get(route, ()))


def context_of(browser: Browser, url: str, account: tuple[str, str] | None, *, coarse: bool) -> BrowserContext:
    """Return a browser of somebody who has signed in, without movement. :param account: none: of nobody"""
    context = browser.new_context(base_url=url, has_touch=coarse, reduced_motion="reduce")
    if account:
        page = context.new_page()
        page.goto("/app/sign-in/")
        page.locator("input[name=email]").first.fill(account[0])
        page.locator("input[type=password]").first.fill(account[1])
        page.locator("form:has(input[type=password]) button").first.click()
        page.wait_for_url("**/app/")
        page.close()
    return context


def show(page: Page, screen: Screen) -> None:
    """Show a page on a screen."""
    page.set_viewport_size({"width": screen.width, "height": screen.height})
    page.emulate_media(color_scheme="dark" if screen.scheme == "dark" else "light")


def wrong(page: Page, screen: Screen) -> list[str]:
    """Return what is cut, covered, too small or too wide."""
    found: list[str] = page.evaluate(LOOKING, {"least": COARSE if screen.coarse else FINE})
    return found


def breaches(page: Page) -> list[str]:
    """Return what axe finds: the rule, and where."""
    # Evaluated by the browser's own tools, which no policy of the page holds.
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{each['id']}: {node['html'][:150]}" for each in found["violations"] for node in each["nodes"]]


def states(page: Page, path: str, *, more: bool = True) -> Iterator[str]:
    """Bring a page into each state that it has, one after the other, and name it. :param more: not only as it opens"""
    page.goto(path)
    page.evaluate("document.fonts.ready")
    yield OPENED
    page.evaluate(_LONGER)
    yield LONGER
    if more:
        yield from further(page, path)


def further(page: Page, path: str) -> Iterator[str]:
    """Bring a page into each state that somebody can bring it into, one after the other, and name it."""
    page.goto(path)
    if page.locator("details:not(.menu) > summary").count():
        page.evaluate("document.querySelectorAll('details:not(.menu)').forEach((each) => { each.open = true; })")
        yield "unfolded"
        page.goto(path)
    for bring in (_menus, _chosen, _sheet, _refusals):
        yield from bring(page, path)
    # The frame is the same around every page.
    if path == HOME:
        yield from _frame(page, path)


def _kinds(menus: Locator) -> list[Locator]:
    """Return the first of each kind of menu that is seen."""
    kinds: dict[str, Locator] = {}
    for each in menus.all():
        name = each.get_attribute("aria-label") or each.inner_text()
        if each.is_visible():
            kinds.setdefault(name.partition(":")[0], each)
    return list(kinds.values())


def _menus(page: Page, path: str) -> Iterator[str]:
    for menu in _kinds(page.locator("main details.menu > summary")):
        name = menu.get_attribute("aria-label") or menu.inner_text()
        menu.click()
        yield f"menu {name}"
        page.keyboard.press("Escape")
    move = page.locator("a[data-move]").first
    if move.count() and page.locator("#moving").count():
        move.click()
        yield "menu of a card"
        page.keyboard.press("Escape")


def _chosen(page: Page, path: str) -> Iterator[str]:
    picks = page.locator(".pick[name=pk]")
    if picks.count() < 2:
        return
    page.evaluate("document.querySelectorAll('.pick[name=pk]').forEach((each, at) => { if (at < 2) each.click(); })")
    yield "some are chosen"
    for menu in page.locator("#many details.menu > summary").all():
        menu.click()
        yield f"menu {menu.inner_text()} of what is chosen"
        page.keyboard.press("Escape")
    page.goto(path)


def _sheet(page: Page, path: str) -> Iterator[str]:
    link = page.locator("main a[data-sheet]").first
    if not link.count() or (page.viewport_size or {"width": 0})["width"] < 1024:
        return
    link.click()
    page.locator("#sheet article").wait_for()
    yield "an application beside it"
    page.goto(path)


def _frame(page: Page, path: str) -> Iterator[str]:
    if not page.locator("#palette").count():
        return
    page.keyboard.press("Control+k")
    for typed, found in (("en", "[role=option]"), ("zzzz", ".nothing")):
        page.locator("#palette input").fill(typed)
        try:
            page.locator(f"#palette {found}").first.wait_for(timeout=5000)
        except TooLate:
            if typed != "en":
                raise
        yield f"palette with {typed}"
    page.keyboard.press("Escape")
    for dialog in page.locator("dialog:not(#palette)").all():
        dialog.evaluate("(each) => each.showModal()")
        yield f"dialog {dialog.get_attribute('id')}"
        page.keyboard.press("Escape")
    for kind in ("info", "warning", "error"):
        page.evaluate(_SAY, kind)
    yield "toasts"
    page.goto(path)


_SAY = """(kind) => document.dispatchEvent(new CustomEvent("onward:say", {
  detail: { kind, words: "There is no connection. The move is kept, and sent when there is one." },
}))"""
# A form that says what is missing: whatever it asks for is taken out of it.
_EMPTY = """(form) => {
  form.noValidate = true;
  form.closest("details")?.setAttribute("open", "");
  for (const field of form.querySelectorAll("[required]")) {
    field.checked = false;
    field.value = "";
  }
  form.requestSubmit();
}"""


def _refusals(page: Page, path: str) -> Iterator[str]:
    asking = "main form[method=post]:has([required]:not([type=hidden]))"
    for at in range(min(page.locator(asking).count(), 8)):
        form = page.locator(asking).nth(at)
        form.evaluate(_EMPTY)
        try:
            page.locator("main .error, main .notice.wrong, .toast.error").first.wait_for(timeout=5000)
        except TooLate:
            yield f"form {at} says nothing of what is missing"
            page.goto(path)
            continue
        yield f"form {at} refused"
        page.goto(path)


# Each word a third longer, as other languages have it.
_LONGER = r"""() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  const longer = (word) => word + word.slice(0, Math.ceil(word.length / 3)).toLowerCase();
  for (const text of texts) {
    if (!text.parentElement.closest("script, style, svg")) text.data = text.data.replace(/\p{L}{3,}/gu, longer);
  }
}"""

Complain = Callable[[str], None]


def look(page: Page, screens: Sequence[Screen], path: str, complain: Complain, *, more: bool, by_axe: bool) -> None:
    """Look at a page, loaded once, on each screen, and say what is wrong.

    :param more: in each state, too, on the first screen
    :param by_axe: ask axe, too, on the first screen, as the page opens; `make screenshots` asks it in each state
    """

    def say(screen: Screen, state: str, found: list[str]) -> None:
        for each in found:
            complain(f"{path} on {screen}, {state}: {each}")

    for state in states(page, path, more=False):
        for screen in screens:
            show(page, screen)
            found = wrong(page, screen)
            if by_axe and state == OPENED and screen == screens[0]:
                found += breaches(page)
            say(screen, state, found)
    if not more:
        return
    screen = screens[0]
    show(page, screen)
    for state in further(page, path):
        found = wrong(page, screen)
        if state.endswith("what is missing"):
            found.append("no error is shown")
        say(screen, state, found)
