"""Browsers of the app's pages, without a real one: they keep cookies and show a form's token as a person's would."""

import re
from typing import Any

from django.test import Client

from onward.domain.accounts.models import User
from tests.factories import PASSWORD

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser(Client):
    """One person's browser."""

    def __init__(self) -> None:
        super().__init__(enforce_csrf_checks=True)
        self.token = ""

    def open(self, path: str) -> Any:
        """Go to a page."""
        answer = self.get(path)
        if found := TOKEN.search(answer.content.decode()):
            self.token = found[1]
        return answer

    def send(self, path: str, **fields: Any) -> Any:
        """Send a form of the page that was opened last."""
        return self.post(path, {"csrfmiddlewaretoken": self.token, **fields})


def signed_in(user: User) -> Browser:
    """Return the browser of somebody who has signed in."""
    browser = Browser()
    browser.open("/app/sign-in/")
    assert browser.send("/app/sign-in/", email=user.email, password=PASSWORD, keep="on").status_code == 302
    browser.open("/app/")
    return browser
