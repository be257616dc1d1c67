"""Closing one's account, in Settings."""

from datetime import timedelta

import pyotp
import pytest
from django.utils import timezone

from onward.domain.accounts.models import Departure, User
from onward.domain.accounts.services import second_factor
from tests.factories import PASSWORD, ApplicationFactory
from tests.web.browsers import Browser, signed_in

CLOSE = "/app/settings/close/"


def test_the_page_says_what_goes_and_what_stays_and_offers_the_export_first(adas):
    page = adas.get(CLOSE).text

    assert page.index("/app/settings/export/") < page.index("What goes") < page.index("What stays")
    assert page.index("What stays") < page.index('name="password"')
    assert 'name="code"' not in page
    assert f'href="{CLOSE}"' in adas.get("/app/settings/").text


def test_an_account_is_closed_with_its_password_and_a_page_without_signing_in_says_so(adas, ada):
    ApplicationFactory(owner=ada)
    elsewhere = signed_in(ada)
    adas.open(CLOSE)

    answer = adas.send(CLOSE, password=PASSWORD, sure="on")

    assert answer.url == "/app/closed/"
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert "Your account is closed" in adas.get("/app/closed/").text
    assert Departure.objects.get().user_id == ada.pk
    for browser in (adas, elsewhere):
        assert browser.get("/app/").url.startswith("/app/sign-in/")
    again = Browser()
    again.open("/app/sign-in/")
    assert again.send("/app/sign-in/", email=ada.email, password=PASSWORD).status_code == 422


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password": "wrong", "sure": "on"}, "Wrong password."),
        ({"password": PASSWORD}, "This field is required."),
        ({"sure": "on"}, "This field is required."),
    ],
)
def test_without_the_password_or_the_word_that_one_is_sure_it_stays_open(adas, ada, fields, said):
    adas.open(CLOSE)

    answer = adas.send(CLOSE, **fields)

    assert answer.status_code == 422
    assert said in answer.text
    assert User.objects.get(pk=ada.pk).is_active


def test_with_a_second_factor_a_code_is_asked_for_too(adas, ada):
    now = timezone.now()
    secret = second_factor.set_up(user_id=ada.pk, at=now).secret
    code = pyotp.TOTP(secret).at(now)
    second_factor.confirm(user_id=ada.pk, code=code, at=now)
    adas.open(CLOSE)

    for wrong in ("", "000000", code):
        assert adas.send(CLOSE, password=PASSWORD, sure="on", code=wrong).status_code == 422
        assert User.objects.get(pk=ada.pk).is_active
    # The one that comes next is good already.
    following = pyotp.TOTP(secret).at(now + timedelta(seconds=30))
    assert adas.send(CLOSE, password=PASSWORD, sure="on", code=following).url == "/app/closed/"


def test_the_last_admin_stays_and_reads_why(root):
    browser = signed_in(root)
    browser.open(CLOSE)

    answer = browser.send(CLOSE, password=PASSWORD, sure="on")

    assert answer.status_code == 422
    assert "This is the last admin. Make somebody else an admin first." in answer.text
    assert User.objects.get(pk=root.pk).is_active
