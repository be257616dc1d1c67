"""The pages, in a real browser: what they show, and that nothing in them is refused or missing."""

import json
import re
import urllib.request
from urllib.parse import unquote

import pytest

from tests.browser.conftest import ADMIN, wait_until

PASSWORD = "a quiet river at dusk 7"


def post(server, path, body):
    request = urllib.request.Request(
        f"{server.url}/tracker/api/v1/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


@pytest.fixture
def newcomer(server, request):
    """Register somebody through the API and give the address and the access token."""
    name = re.sub(r"\W", "", request.node.name)
    body = {"email": f"{name}@example.org", "username": name, "password": PASSWORD, "password_confirm": PASSWORD}
    return body["email"], post(server, "auth/register/", body)["tokens"]["access"]


def test_the_welcome_page_leads_to_the_documentation(page):
    page.goto("/")

    page.get_by_role("heading", level=1).wait_for()
    page.get_by_role("link", name=re.compile("tracker", re.I)).first.click()
    page.wait_for_url("**/tracker/api/docs/")


def sign_in(page, email, password=PASSWORD):
    page.get_by_label("Email", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_somebody_signs_in_on_the_documentation_page_and_tries_an_operation(page, newcomer, scheme):
    email, _ = newcomer
    page.emulate_media(color_scheme=scheme)
    page.goto("/tracker/api/docs/")
    page.locator(".opblock").first.wait_for()
    assert page.locator(".opblock").count() > 40
    assert (page.locator("html.dark-mode").count() == 1) is (scheme == "dark")

    sign_in(page, email)
    page.get_by_text(f"Signed in as {email}").wait_for()
    page.reload()
    page.get_by_text(f"Signed in as {email}").wait_for()

    operation = page.locator(".opblock-get", has=page.locator('[data-path="/tracker/api/v1/analytics/dashboard/"]'))
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table tbody .response-col_status")
    answer.wait_for()

    assert "200" in answer.inner_text()
    assert "total_applications" in operation.locator(".live-responses-table").inner_text()


def test_a_wrong_password_is_told_and_signing_out_takes_the_token_away(page, newcomer):
    email, _ = newcomer
    page.goto("/offers/docs")
    page.locator(".opblock").first.wait_for()

    sign_in(page, email, "not the river")
    page.get_by_text("No active account found with the given credentials").wait_for()
    page.complaints.clear()  # of that status
    sign_in(page, email)
    page.get_by_text(f"Signed in as {email}").wait_for()
    page.get_by_label("authorization button locked").first.wait_for()
    page.get_by_role("button", name="Sign out").click()

    page.get_by_role("button", name="Sign in").wait_for()
    assert page.get_by_label("authorization button locked").count() == 0


def test_redoc_shows_the_document(page):
    page.goto("/tracker/api/redoc/")

    page.get_by_role("heading", name=re.compile("tracker API", re.I)).first.wait_for()
    assert page.locator("[data-section-id]").count() > 40


def test_an_address_is_verified_by_the_mailed_link(page, server, newcomer):
    email, _ = newcomer
    page.goto(link_to(server, email, "verify-email"))
    page.get_by_role("button").click()
    page.get_by_text(re.compile("verified", re.I)).first.wait_for()

    again = page.goto(link_to(server, email, "verify-email"))

    assert again.status == 400
    assert page.get_by_role("button").count() == 0
    page.complaints.clear()  # of that status


def test_a_password_is_reset_by_the_mailed_link(page, server, newcomer):
    email, _ = newcomer
    another = "another river at dawn 8"
    post(server, "auth/password-reset/", {"email": email})

    page.goto(link_to(server, email, "reset-password"))
    for field in page.locator("input[type=password]").all():
        field.fill(another)
    page.get_by_role("button", name=re.compile("password", re.I)).click()
    page.get_by_text(re.compile("sign in|changed|new password", re.I)).first.wait_for()

    assert post(server, "auth/login/", {"email": email, "password": another})["access"]


def test_an_admin_signs_in_and_finds_people(page, newcomer):
    email, _ = newcomer
    page.goto("/admin/")
    page.fill("input[name=username]", ADMIN[0])
    page.fill("input[name=password]", ADMIN[1])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^[^?]+[0-9]/admin/$"))
    page.goto("/admin/accounts/user/")
    page.fill("#searchbar", email)
    page.keyboard.press("Enter")

    page.get_by_role("link", name=email).wait_for()


def link_to(server, email, path):
    """Wait for the mail to somebody and give the link in it."""
    return wait_until(lambda: found_link(server, email, path))


def found_link(server, email, path):
    for mail in reversed(server.mails()):
        if email.lower() not in mail.lower():
            continue
        # Mail programs wrap lines; so does the format of mails.
        whole = mail.replace("=\n", "").replace("=3D", "=")
        if found := re.search(rf"{re.escape(server.url)}/{path}\?token=([\w.%-]+)", whole):
            return f"/{path}?token={unquote(found[1])}"
    return None
