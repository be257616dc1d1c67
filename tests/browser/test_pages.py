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


def test_swagger_ui_shows_every_section_and_runs_an_operation_with_a_token(page, newcomer):
    page.goto("/tracker/api/docs/")
    page.locator(".opblock").first.wait_for()
    assert page.locator(".opblock").count() > 40

    _, token = newcomer
    page.get_by_role("button", name="Authorize").first.click()
    # The first way of the two: the other one, by a signed link, is for the files of résumés.
    page.locator(".auth-container input").first.fill(token)
    page.locator(".auth-container .auth-btn-wrapper .authorize").first.click()
    page.get_by_role("button", name="Close", exact=True).first.click()

    operation = page.locator(".opblock-get", has=page.locator('[data-path="/tracker/api/v1/analytics/dashboard/"]'))
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table tbody .response-col_status")
    answer.wait_for()

    assert "200" in answer.inner_text()
    assert "total_applications" in operation.locator(".live-responses-table").inner_text()


def test_redoc_shows_the_document(page):
    page.goto("/tracker/api/redoc/")

    page.get_by_role("heading", name=re.compile("tracker API", re.I)).first.wait_for()
    assert page.locator("[data-section-id]").count() > 40
    # Its maker's logo is all that it asks of another host; the page's policy does not let it.
    page.complaints[:] = [line for line in page.complaints if "cdn.redoc.ly" not in line]


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
