"""The app, as somebody uses it."""

import re

PASSWORD = "a quiet river at dusk 7"


def sign_up(page, name):
    page.goto("/app/")
    page.get_by_role("link", name="Create account").click()
    page.get_by_label(re.compile("Your name")).fill(name)
    page.get_by_label("Email").fill(f"{name.lower()}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.get_by_text("A search begins with one application.").wait_for()


def write_down(page, company, title):
    page.get_by_role("link", name="New application").first.click()
    page.get_by_label("Company").fill(company)
    page.get_by_label("Job title").fill(title)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name=title).wait_for()


def drag(page, card, column):
    """Drag a card onto a column, as a hand does: in small steps."""
    of, to = card.bounding_box(), column.bounding_box()
    page.mouse.move(of["x"] + of["width"] / 2, of["y"] + of["height"] / 2)
    page.mouse.down()
    page.mouse.move(to["x"] + to["width"] / 2, to["y"] + 30, steps=12)
    page.mouse.up()


def test_a_newcomer_goes_from_the_door_to_a_card_that_is_moved(page):
    sign_up(page, "Grace")
    write_down(page, "Nordwind", "Engineer")
    page.get_by_label("Note", exact=True).fill("They use Python.")
    page.get_by_role("button", name="Save note").click()
    page.locator(".timeline").get_by_text("They use Python.").wait_for()

    page.get_by_role("link", name="Applications", exact=True).first.click()
    card = page.locator("[data-application]")
    page.locator("[data-drop=applied] [data-application]").wait_for()
    card.get_by_label("Move to").click()
    page.get_by_role("button", name="Interviewing").click()
    page.locator("[data-drop=interviewing] [data-application]").wait_for()
    page.get_by_text("Nordwind: Interviewing.").wait_for()

    drag(page, page.locator("[data-application]"), page.locator("[data-drop=offer]"))
    page.get_by_text("Nordwind: Offer.").wait_for()
    page.locator("[data-drop=offer] [data-application]").wait_for()


def test_a_phone_shows_one_column_and_nothing_scrolls_sideways(page):
    page.set_viewport_size({"width": 390, "height": 844})
    sign_up(page, "Hedy")
    write_down(page, "Nordwind", "A job with a name that is rather long for a small screen")

    for path in ("/app/", "/app/applications/", "/app/applications/?view=table", "/app/applications/new/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_app_works_without_scripts(browser, server):
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    sign_up(page, "Ida")
    write_down(page, "Nordwind", "Engineer")

    page.goto("/app/applications/")
    page.locator("summary[aria-label='Move to']").click()
    page.get_by_role("button", name="Offer").click()

    page.locator(".s-offer [data-application]").wait_for()
    context.close()
