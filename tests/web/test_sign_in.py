"""The ways into the app, and out of it."""

import re
from datetime import timedelta

import pyotp
import pytest
from django.utils import timezone

from onward.domain.accounts.models import User
from onward.domain.accounts.services import second_factor, signing_in
from onward.platform.tokens.models import Session
from tests.factories import PASSWORD, UserFactory
from tests.web.browsers import Browser, signed_in

SIGN_IN = "/app/sign-in/"


def text(answer):
    return answer.content.decode()


def test_signing_up_leads_to_the_start_and_derives_a_username(browser):
    browser.open("/app/sign-up/")

    answer = browser.send("/app/sign-up/", name="Grace", email="Grace@example.org", password=PASSWORD)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/app/start/"
    assert browser.open("/app/").status_code == 200
    made = User.objects.get(email="grace@example.org")
    assert (made.username, made.display_name) == ("grace", "Grace")


def test_two_of_one_local_part_get_different_usernames(browser):
    UserFactory(username="grace", email="grace@example.com")
    browser.open("/app/sign-up/")

    browser.send("/app/sign-up/", email="grace@example.org", password=PASSWORD)

    assert User.objects.get(email="grace@example.org").username != "grace"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": "x", "password": PASSWORD}, "valid email"),
        ({"email": "x@example.org", "password": "short"}, "too short"),
        ({"email": "ada@example.org", "password": PASSWORD}, "already exists"),
    ],
)
def test_what_is_wrong_with_a_new_account_stands_beside_the_field(browser, ada, fields, said):
    browser.open("/app/sign-up/")

    answer = browser.send("/app/sign-up/", **fields)

    assert answer.status_code == 422
    assert said in text(answer)


def test_signing_in_leads_to_where_one_wanted_to_go(browser, ada):
    answer = browser.open("/app/applications/?view=table")
    assert answer.status_code == 302
    page = browser.open(answer.headers["Location"])
    assert page.status_code == 200

    answer = browser.send(SIGN_IN, email=ada.email, password=PASSWORD, next="/app/applications/?view=table")

    assert answer.headers["Location"] == "/app/applications/?view=table"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/app/", "//evil.example/app/", "/\\evil.example", "javascript:alert(1)", "/admin/"],
)
def test_signing_in_leads_nowhere_else(browser, ada, elsewhere):
    browser.open(SIGN_IN)

    answer = browser.send(SIGN_IN, email=ada.email, password=PASSWORD, next=elsewhere)

    assert answer.headers["Location"] == "/app/"


def test_a_wrong_password_says_so_and_opens_nothing(browser, ada):
    browser.open(SIGN_IN)

    answer = browser.send(SIGN_IN, email=ada.email, password="not it")

    assert answer.status_code == 422
    assert "The email or the password is not right." in text(answer)
    assert browser.get("/app/").status_code == 302


def test_a_form_of_another_site_is_refused(browser, ada):
    assert browser.post(SIGN_IN, {"email": ada.email, "password": PASSWORD}).status_code == 403


def test_the_cookie_lasts_a_month_or_until_the_browser_is_closed(browser, ada, settings):
    browser.open(SIGN_IN)
    browser.send(SIGN_IN, email=ada.email, password=PASSWORD, keep="on")
    kept = browser.cookies[settings.APP_COOKIE_NAME]
    assert kept["max-age"] == 30 * 24 * 60 * 60
    assert kept["httponly"]
    assert kept["samesite"] == "Lax"

    other = Browser()
    other.open(SIGN_IN)
    other.send(SIGN_IN, email=ada.email, password=PASSWORD)

    assert other.cookies[settings.APP_COOKIE_NAME]["max-age"] == ""


def test_a_changed_cookie_opens_nothing(adas, settings):
    name = settings.APP_COOKIE_NAME
    for value in ("", "1.2", adas.cookies[name].value + "x", "1.00000000000000000000000000000000:abc", "\x00"):
        adas.cookies[name] = value
        assert adas.get("/app/").status_code == 302


def test_the_second_factor_is_asked_before_anything_is_shown(browser, ada):
    setup = second_factor.set_up(user_id=ada.pk, at=timezone.now())
    second_factor.confirm(user_id=ada.pk, code=pyotp.TOTP(setup.secret).now(), at=timezone.now())
    browser.open(SIGN_IN)

    answer = browser.send(SIGN_IN, email=ada.email, password=PASSWORD, next="/app/applications/")

    assert answer.headers["Location"] == "/app/sign-in/code/?next=%2Fapp%2Fapplications%2F"
    assert browser.get("/app/").headers["Location"].startswith("/app/sign-in/code/")
    browser.open(answer.headers["Location"])
    wrong = browser.send("/app/sign-in/code/", code="000000")
    assert (wrong.status_code, "not right" in text(wrong)) == (422, True)
    right = browser.send("/app/sign-in/code/", code=setup.backup_codes[0], next="/app/applications/")
    assert right.headers["Location"] == "/app/applications/"
    assert browser.get("/app/").status_code == 200


def test_signing_out_ends_the_session_for_good(adas, settings):
    cookie = adas.cookies[settings.APP_COOKIE_NAME].value

    assert adas.send("/app/sign-out/").status_code == 302

    adas.cookies[settings.APP_COOKIE_NAME] = cookie
    assert adas.get("/app/").status_code == 302


def test_a_session_that_is_ended_elsewhere_is_over_in_the_browser(adas, ada):
    session = Session.objects.get(user=ada, api="web")

    signing_in.end_session(user_id=ada.pk, session_id=session.pk, at=timezone.now())

    assert adas.get("/app/").status_code == 302


def test_using_the_app_renews_a_session_for_thirty_days(adas, ada):
    session = Session.objects.get(user=ada, api="web")
    assert session.expires_at - session.created_at == timedelta(days=30)
    long_ago = timezone.now() - timedelta(days=20)
    Session.objects.filter(pk=session.pk).update(last_used_at=long_ago, expires_at=long_ago + timedelta(days=30))

    assert adas.get("/app/").status_code == 200

    session.refresh_from_db()
    assert session.expires_at > timezone.now() + timedelta(days=29)


def test_a_forgotten_password_answers_alike_whoever_has_an_account(browser, ada):
    browser.open("/app/forgot/")

    known, unknown = (
        text(browser.send("/app/forgot/", email=email)).replace(email, "") for email in (ada.email, "no@example.org")
    )

    assert known == unknown


def test_who_is_signed_in_is_led_on_from_the_door(adas):
    assert adas.get(SIGN_IN).headers["Location"] == "/app/"


def test_a_page_costs_one_statement_for_session_and_account(adas, queries):
    with queries() as asked:
        assert adas.get("/app/applications/new/").status_code == 200

    assert len(asked) == 1


def test_another_person_signs_in_with_the_same_browser(adas, ben):
    adas.open(SIGN_IN)

    other = signed_in(ben)

    assert ben.email in text(other.get("/app/"))


def test_the_demo_account_is_offered_where_it_is(browser):
    offer = "Look around as the demo user"
    assert offer not in text(browser.get(SIGN_IN))
    UserFactory(email="demo@onward.local", username="demo", password="onward-demo-account")
    page = browser.open(SIGN_IN)
    assert offer in text(page)

    hidden = dict(re.findall(r'type="hidden" name="(email|password)" value="([^"]+)"', text(page)))

    assert browser.send(SIGN_IN, **hidden).headers["Location"] == "/app/"
