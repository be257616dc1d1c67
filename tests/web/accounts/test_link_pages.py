"""The pages that links in mails lead to."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onward.domain.accounts.models import Link
from tests.apis.tracker.test_auth import log_in
from tests.apis.tracker.test_auth_links import NEW, reset_link, verification
from tests.client import Api
from tests.factories import UserFactory


@pytest.fixture
def browser():
    """A browser, which shows the form's token as a person's would."""
    return Client(enforce_csrf_checks=True)


def send(browser, path, page, **fields):
    hidden = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    return browser.post(path, {"csrfmiddlewaretoken": hidden[1] if hidden else "", **fields})


@pytest.fixture
def newcomer(db):
    return UserFactory(username="newcomer", email="newcomer@example.org", is_email_verified=False)


def test_opening_a_verification_link_uses_nothing_up(browser, newcomer):
    token = verification(Api(), newcomer)

    for _ in range(3):
        page = browser.get(f"/verify-email?token={token}")
        assert page.status_code == 200
        assert "Verify this address" in page.content.decode()
    browser.head(f"/verify-email?token={token}")

    newcomer.refresh_from_db()
    assert not newcomer.is_email_verified


def test_the_button_verifies_the_address(browser, newcomer):
    token = verification(Api(), newcomer)
    page = browser.get(f"/verify-email?token={token}")

    answer = send(browser, "/verify-email", page, token=token)

    assert answer.status_code == 200
    assert "Your address is verified" in answer.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.is_email_verified


def test_a_used_link_says_so_kindly(browser, newcomer):
    token = verification(Api(), newcomer)
    page = browser.get(f"/verify-email?token={token}")
    send(browser, "/verify-email", page, token=token)

    assert send(browser, "/verify-email", page, token=token).status_code == 400
    again = browser.get(f"/verify-email?token={token}")
    assert again.status_code == 400
    assert "This link does not work" in again.content.decode()


@pytest.mark.parametrize("path", ["/verify-email", "/reset-password"])
@pytest.mark.parametrize("token", ["", "x", "\x00", "%00", "<script>", "a.b"])
def test_a_link_that_we_did_not_make_does_not_work(browser, db, path, token):
    page = browser.get(path, {"token": token})

    assert page.status_code == 400
    assert "This link does not work" in page.content.decode()


@pytest.mark.parametrize("path", ["/verify-email", "/reset-password"])
def test_an_expired_link_says_so(browser, newcomer, path):
    token = (verification if path == "/verify-email" else reset_link)(Api(), newcomer)
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    page = browser.get(path, {"token": token})

    assert page.status_code == 400
    assert "This link has expired" in page.content.decode()


def test_a_new_password_is_chosen(browser, newcomer):
    token = reset_link(Api(), newcomer)
    page = browser.get(f"/reset-password?token={token}")
    assert "newcomer@example.org" in page.content.decode()

    answer = send(browser, "/reset-password", page, token=token, new_password=NEW, new_password_confirm=NEW)

    assert answer.status_code == 200
    assert "Your password has been reset" in answer.content.decode()
    assert log_in(Api(), newcomer.email, NEW).status_code == 200
    assert browser.get(f"/reset-password?token={token}").status_code == 400


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("", "", "This field is required."),
        (NEW, "", "This field is required."),
        (NEW, "another", "The two passwords do not match."),
        ("password123", "password123", "This password is too common."),
        ("newcomer1", "newcomer1", "The password is too similar to the"),
        ("x" * 1025, "x" * 1025, "Ensure this value has at most 1024 characters"),
        ("with\x00in it", "with\x00in it", "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_named_beside_the_field_and_the_link_stays_good(browser, newcomer, first, second, said):
    token = reset_link(Api(), newcomer)
    page = browser.get(f"/reset-password?token={token}")

    answer = send(browser, "/reset-password", page, token=token, new_password=first, new_password_confirm=second)

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()

    again = send(browser, "/reset-password", page, token=token, new_password=NEW, new_password_confirm=NEW)
    assert again.status_code == 200


def test_a_form_of_another_site_does_nothing(browser, newcomer):
    token = verification(Api(), newcomer)

    assert browser.post("/verify-email", {"token": token}).status_code == 403
    newcomer.refresh_from_db()
    assert not newcomer.is_email_verified


@pytest.mark.parametrize("path", ["/verify-email", "/reset-password"])
def test_the_token_stays_with_us(browser, newcomer, path):
    token = (verification if path == "/verify-email" else reset_link)(Api(), newcomer)

    page = browser.get(path, {"token": token})

    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    html = page.content.decode()
    assert not re.findall(r'(?:src|href|action)="(?!/|#)', html)
    assert f'action="{path}"' in html


def test_only_forms_and_links_are_answered(browser, db):
    assert browser.put("/verify-email").status_code in {403, 405}
    assert Client().put("/verify-email").status_code == 405
    assert Client().get("/verify-email/").status_code == 400
