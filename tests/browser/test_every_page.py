"""Every page of the app, found in the table of addresses, as it is seen: full and empty, light and dark, wide and narrow.

Here each page is looked at on four screens, and its states on a desk; `make screenshots` looks at all of it on all screens.
"""

import pypdfium2
import pytest

from bench.web.client import Client
from bench.web.looking import DESK, ENLARGED, PHONE, Screen, addresses, breaches, context_of, look, show, wrong
from bench.web.pages import UNREACHED, reached
from bench.web.serving import PASSWORD, fill, prepare

TABLET = Screen(768, 1024, "dark")
APPLICATION = "applications:application"
# Where it makes a difference how much there is.
MANY = ("today:today", "applications:list")


@pytest.fixture(scope="session")
def accounts(server):
    """Return the accounts that pages are looked at with: the demo's, one with 2,000 applications, an empty one."""
    server.environment["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
    made = fill(server.run)
    prepare(server.url, made["demo"])
    return {"nobody": None, **made}


@pytest.fixture(scope="session")
def pages(server, accounts):
    """Return what each of them can open."""
    return {name: reached(Client(server.url, account)) for name, account in accounts.items()}


def is_complaint(said):
    """Return whether the console complains: not of a form that was refused, or of a page that says what is wrong."""
    refused = said.text.startswith("Failed to load resource: the server responded with a status of 4")
    return said.type in {"error", "warning"} and not (refused and "/static/" not in said.location["url"])


@pytest.fixture
def opened(browser, server, accounts):
    """Open a browser of somebody; whatever it says in the console is a complaint."""
    contexts, complaints = [], []

    def open_one(name, *, coarse):
        context = context_of(browser, server.url, accounts[name], coarse=coarse)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        return page

    yield open_one, complaints
    for context in contexts:
        context.close()


def test_somebody_gets_to_every_page_by_links(pages):
    assert set.intersection(*(each.unreached for each in pages.values())) == UNREACHED.keys()
    assert len(pages["demo"].shown) > 20


@pytest.mark.parametrize("screens", [(DESK, TABLET), (PHONE, ENLARGED)], ids=["pointer", "finger"])
@pytest.mark.parametrize("name", ["nobody", "empty", "demo", "full"])
def test_nothing_is_cut_covered_or_too_small_on_any_page_and_axe_finds_nothing(opened, pages, name, screens):
    """Not on a desk, a tablet, a phone or enlarged to 400 %; with the demo's, not in any state of a page either."""
    open_one, complaints = opened
    page = open_one(name, coarse=screens[0].coarse)
    more = screens[0] is DESK and name in ("demo", "nobody")
    for address in addresses(pages[name], name, MANY if name == "full" else ()):
        look(page, screens, address, complaints.append, more=more, by_axe=True)

    assert not complaints, "\n".join(dict.fromkeys(complaints))


def test_with_forced_colours_every_control_keeps_its_edge_and_every_mark_its_shape(opened, pages):
    open_one, complaints = opened
    page = open_one("demo", coarse=False)
    show(page, DESK)
    page.emulate_media(forced_colors="active")
    for route in ("today:today", "applications:list", "settings:settings", APPLICATION):
        page.goto(pages["demo"].shown[route])
        bare = page.locator("button:not(.link, .menu *, [popover] *), .button, input[type=checkbox]").evaluate_all(
            """(all) => all.filter((each) => each.checkVisibility() && !each.matches(".unseen *")).filter((each) => {
                const edge = getComputedStyle(each, each.matches("input") ? "::before" : null);
                return edge.borderTopStyle === "none" || edge.borderTopWidth === "0px";
            }).map((each) => each.outerHTML.slice(0, 120))"""
        )
        assert bare == []
        complaints += [f"{route}: {each}" for each in wrong(page, DESK)]
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"

    assert not complaints, "\n".join(complaints)


def test_an_application_is_printed_on_one_page(opened, pages):
    open_one, _ = opened
    page = open_one("demo", coarse=False)
    page.goto(pages["demo"].shown[APPLICATION])

    printed = pypdfium2.PdfDocument(
        page.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "15mm"))
    )

    assert len(printed) == 1
    text = printed[0].get_textpage().get_text_bounded()
    assert page.locator("h1").inner_text() in text
    assert "New application" not in text


def test_nothing_moves_for_whoever_wants_no_movement(opened, pages):
    open_one, _ = opened
    page = open_one("demo", coarse=False)
    for route in ("today:today", "applications:list", APPLICATION):
        page.goto(pages["demo"].shown[route])
        moving = page.evaluate(
            """() => [...document.querySelectorAll("body *")].filter((each) => {
                const style = getComputedStyle(each);
                return parseFloat(style.transitionDuration) > 0 || (style.animationName !== "none" && parseFloat(style.animationDuration) > 0);
            }).map((each) => each.outerHTML.slice(0, 120))"""
        )
        assert moving == []


def test_a_page_that_is_not_there_is_whole_too(opened):
    open_one, complaints = opened
    page = open_one("demo", coarse=True)
    for screen in (PHONE, ENLARGED):
        show(page, screen)
        page.goto("/app/applications/999999999/")
        complaints += [*wrong(page, screen), *breaches(page)]

    assert [each for each in complaints if "404" not in each] == []
