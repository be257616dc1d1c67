"""The link at the end of a mail, in a real browser: from the mail to the click to the preferences."""

import json
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.test_pages import PASSWORD, link_to


def ask(server, path, body=None, token="", method=None):
    request = urllib.request.Request(
        f"{server.url}/tracker/api/v1/{path}",
        None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {}),
        method=method,
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


@pytest.fixture
def reminded(server):
    """Somebody who has been reminded of an interview: the link in their mail, and their token."""
    name = f"reminded{int(datetime.now(UTC).timestamp())}"
    email = f"{name}@example.org"
    account = {"email": email, "username": name, "password": PASSWORD, "password_confirm": PASSWORD}
    token = ask(server, "auth/register/", account)["tokens"]["access"]
    ask(server, "auth/verify-email/", {"token": link_to(server, email, "verify-email").partition("token=")[2]})
    company = ask(server, "companies/", {"name": "Initech"}, token)["id"]
    application = ask(server, "applications/", {"company": company, "job_title": "Developer"}, token)["id"]
    soon = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    ask(server, "interviews/", {"application": application, "scheduled_at": soon}, token)
    return link_to(server, email, "unsubscribe"), token


def test_the_link_of_a_reminder_stops_reminders_with_one_click(page, server, reminded):
    link, token = reminded

    page.goto(link)
    page.get_by_role("heading", name="Stop these mails?").wait_for()
    assert ask(server, "notifications/preferences/", token=token)["interview_reminders"] is True
    page.get_by_role("button", name="Stop these mails").press("Enter")
    page.get_by_role("status").filter(has_text="Interview Reminder").wait_for()

    shown = ask(server, "notifications/preferences/", token=token)
    assert (shown["interview_reminders"], shown["application_updates"], shown["weekly_summary"]) == (False, True, True)
    # Once more, as people do who are not sure whether it worked.
    page.reload()
    page.get_by_role("heading", name="Done").wait_for()


def test_a_link_that_was_not_copied_whole_says_so(page, reminded):
    link, _ = reminded

    answer = page.goto(link[:-3])

    assert answer.status == 400
    page.get_by_role("heading", name="This link does not work").wait_for()
    assert page.get_by_role("button").count() == 0
    page.complaints.clear()  # of that status
