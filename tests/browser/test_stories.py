"""Whole days: with the keyboard alone, with a finger, in two browsers at once, and when something is lost in between."""

import re

import pytest

from tests.browser.conftest import wait_until
from tests.browser.test_app import listens, sign_up, through_the_tracker, write_down

PLACE = re.compile("Place")


def tab_to(page, name):
    """Press Tab until a field or button of that name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
                const at = document.activeElement;
                return at.getAttribute("aria-label") || at.labels?.[0]?.textContent.trim() || at.textContent.trim();
            }"""
        )
        if focused.startswith(name):
            return
    pytest.fail(f"Tab does not lead to {name}")


def test_a_day_is_done_with_the_keyboard_alone(page):
    sign_up(page, "Katherine")
    keys = page.keyboard
    for company, title in (("Nordwind", "Engineer"), ("Eastwind", "Analyst"), ("Westwind", "Cook")):
        keys.press("n")
        page.get_by_role("heading", name="New application").wait_for()
        tab_to(page, "Company")
        keys.type(company)
        tab_to(page, "Job title")
        keys.type(title)
        keys.press("Enter")
        page.get_by_role("heading", name=title).wait_for()
    # What comes next, and by when.
    keys.press("e")
    page.locator("form.paper").wait_for()
    tab_to(page, "What comes next")
    keys.type("Call them")
    page.evaluate("document.querySelector('[name=next_action_date]').value = new Date().toISOString().slice(0, 10)")
    tab_to(page, "Save")
    keys.press("Enter")
    page.get_by_role("heading", name="Cook").wait_for()

    # The board: to another column and back, two at once, one beside the board while leafing through.
    keys.press("g")
    keys.press("a")
    page.locator("[data-board]").wait_for()
    listens(page)
    keys.press("j")
    keys.press("m")
    keys.press("2")
    page.locator("[data-drop=screening] [data-application]").wait_for()
    page.get_by_text(": Screening.").wait_for()
    keys.press("z")
    page.get_by_text("Taken back.").wait_for()
    assert page.locator("[data-drop=applied] [data-application]").count() == 3
    keys.press("j")
    keys.press("x")
    keys.press("j")
    keys.press("Shift+X")
    page.get_by_text("Chosen: 2").wait_for()
    keys.press("x")
    keys.press("k")
    keys.press("x")
    keys.press(" ")
    page.locator("#sheet article").wait_for()
    first = page.locator("#sheet h1").inner_text()
    keys.press("j")
    wait_until(lambda: page.locator("#sheet h1").inner_text() != first)
    keys.press("Escape")
    page.locator("#sheet").wait_for(state="hidden")

    # Finding: by typing, by the palette, in the table.
    keys.press("/")
    keys.type("eastw")
    wait_until(lambda: page.locator("main [data-application]").count() == 1)
    keys.press("Escape")
    keys.press("Control+k")
    keys.type("westw")
    page.get_by_role("option", name="Cook Westwind").wait_for()
    keys.press("Enter")
    page.get_by_role("heading", name="Cook").wait_for()

    # Today: it is done, and the day is through.
    keys.press("g")
    keys.press("t")
    page.get_by_text("Call them").wait_for()
    keys.press("j")
    keys.press("d")
    page.locator("[data-due]").wait_for(state="detached")
    keys.press("z")
    page.get_by_text("Call them").wait_for()
    keys.press("?")
    page.locator("#help").wait_for()
    keys.press("Escape")


def test_two_browsers_at_once_show_the_same_and_neither_overwrites_the_other(page, browser, server):
    sign_up(page, "Rosalind")
    write_down(page, "Nordwind", "Engineer")
    application = page.url
    context = browser.new_context(base_url=server.url, storage_state=page.context.storage_state())
    other = context.new_page()
    other.goto("/app/applications/")
    listens(other)

    page.goto("/app/applications/")
    listens(page)
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.keyboard.press("3")
    other.locator("[data-drop=interviewing] [data-application]").wait_for()

    for each, place in ((page, "Kiel"), (other, "Bremen")):
        each.goto(application)
        each.locator("summary", has_text="—").and_(each.get_by_label(PLACE)).first.click()
        each.locator("details.told[open] input[name=value]").fill(place)
        if each is other:
            listens(page)
    page.locator("details.told[open] button").click()
    page.get_by_label(re.compile("Place: Kiel")).wait_for()
    other.locator("details.told[open] button").click()
    # Who comes second sees both, and chooses.
    other.get_by_role("heading", name="Somebody has changed this meanwhile").wait_for()
    assert {"Kiel", "Bremen"} <= set(other.locator("main dd").all_inner_texts())
    other.get_by_role("button", name="Take what I wrote").click()
    other.get_by_label(re.compile("Place: Bremen")).wait_for()
    context.close()


def test_with_a_sheet_open_a_change_shows_in_it_and_the_board_stays_the_board(page, server):
    sign_up(page, "Chien")
    write_down(page, "Nordwind", "Engineer")
    number = re.search(r"/(\d+)/", page.url)[1]
    page.goto("/app/applications/")
    listens(page)
    page.locator("[data-application] a.title").click()
    page.locator("#sheet article").wait_for()

    through_the_tracker(server, "Chien", number, "offer")

    page.locator("#sheet .application-head .status.s-offer").wait_for()
    page.locator("[data-drop=offer] [data-application]").wait_for()


def test_a_search_is_kept_with_a_finger(page, browser, server):
    sign_up(page, "Maryam")
    write_down(page, "Nordwind", "Engineer")
    context = browser.new_context(
        base_url=server.url,
        storage_state=page.context.storage_state(),
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
    )
    phone = context.new_page()
    phone.goto("/app/")
    phone.locator(".rail").get_by_role("link", name="Applications").tap()
    listens(phone)
    phone.get_by_label("Move to: Engineer").tap()
    phone.get_by_role("button", name="Screening").tap()
    phone.get_by_text("Nordwind: Screening.").wait_for()
    phone.get_by_role("button", name="Undo").tap()
    phone.locator("[data-drop=applied] [data-application]").wait_for()
    phone.locator("#filter").tap()
    phone.locator("#f-status").select_option("offer")
    phone.get_by_role("button", name="Show", exact=True).tap()
    phone.get_by_text("Nothing on your board").wait_for()
    phone.get_by_role("link", name="Show everything").tap()
    phone.locator("[data-application] a.title").tap()
    # No room for a sheet: it is a page of its own.
    phone.get_by_role("heading", name="Engineer").wait_for()
    phone.get_by_label("Note", exact=True).fill("They called.")
    phone.get_by_role("button", name="Save note").tap()
    phone.locator(".timeline").get_by_text("They called.").wait_for()
    context.close()


def test_what_was_typed_survives_a_session_that_has_ended(page, browser, server):
    sign_up(page, "Cecilia")
    write_down(page, "Nordwind", "Engineer")
    page.get_by_label("Note", exact=True).fill("Half of a sentence")
    context = browser.new_context(base_url=server.url, storage_state=page.context.storage_state())
    other = context.new_page()
    other.goto("/app/settings/")
    other.locator(".settings").get_by_role("button", name="Sign out").last.click()
    other.get_by_role("heading", name="Sign in").wait_for()

    page.get_by_role("button", name="Save note").click()
    page.get_by_text("You are signed out").wait_for()
    page.locator("#signed-out [data-close]").click()

    assert page.get_by_label("Note", exact=True).input_value() == "Half of a sentence"
    context.close()
    page.complaints.clear()  # of the line that was cut


def test_what_was_typed_survives_a_connection_that_is_lost(page):
    sign_up(page, "Lynn")
    write_down(page, "Nordwind", "Engineer")
    listens(page)
    page.get_by_label("Note", exact=True).fill("Written on a train")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save note").click()
    page.get_by_text("That did not reach the server.").wait_for()
    assert page.get_by_label("Note", exact=True).input_value() == "Written on a train"

    page.context.set_offline(False)
    page.complaints.clear()  # of the connection
    page.get_by_role("button", name="Save note").click()
    page.locator(".timeline").get_by_text("Written on a train").wait_for()
