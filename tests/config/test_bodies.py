"""Whose a large body is, and how much JSON may come where."""

import json

import pytest
from django.test import RequestFactory

from onward.apis import bodies
from onward.config.bodies import LONG_LIMIT, account_of, json_limit
from onward.config.errors import refuse
from onward.platform.http.bodies import JSON_LIMIT
from tests.web.browsers import signed_in


def request(path="/tracker/api/v1/resumes/", **more):
    return RequestFactory().post(path, **more)


def test_a_good_token_says_whose_it_is(as_ada, ada):
    assert account_of(request(headers={"Authorization": f"Bearer {as_ada.access}"})) == ada.pk


@pytest.mark.parametrize("header", ["", "Bearer forged", "Basic YWRhOmFkYQ=="])
@pytest.mark.django_db
def test_no_good_token_is_nobodys(header):
    assert account_of(request(headers={"Authorization": header})) is None


def test_a_token_whose_session_is_over_is_nobodys(as_ada, ada):
    as_ada.post("/tracker/api/v1/auth/logout/", {"refresh": as_ada.refresh})

    assert account_of(request(headers={"Authorization": f"Bearer {as_ada.access}"})) is None


def test_on_the_apps_pages_the_browsers_session_says_whose_it_is(ada, settings):
    browser = signed_in(ada)
    asked = request("/app/import/")
    asked.COOKIES[settings.APP_COOKIE_NAME] = browser.cookies[settings.APP_COOKIE_NAME].value

    assert account_of(asked) == ada.pk
    browser.send("/app/sign-out/")
    assert account_of(asked) is None
    asked.COOKIES[settings.APP_COOKIE_NAME] = "forged"
    assert account_of(asked) is None


def test_on_pages_of_the_admin_its_session_says_whose_it_is(client, ada, settings):
    client.force_login(ada)
    asked = request("/admin/")
    asked.COOKIES[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value

    assert account_of(asked) == ada.pk
    asked.COOKIES[settings.SESSION_COOKIE_NAME] = "forged"
    assert account_of(asked) is None


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/tracker/api/v1/ai/job-match/analyze/", LONG_LIMIT),
        ("/api/v1/applications/7/", LONG_LIMIT),
        ("/offers/api/v1/applications/", LONG_LIMIT),
        ("/tracker/api/v1/auth/login/", JSON_LIMIT),
        ("/offers/api/v1/ai/", JSON_LIMIT),
        ("/admin/api/v1/ai/", JSON_LIMIT),
    ],
)
def test_only_where_a_contract_takes_long_texts_a_body_may_be_long(path, limit):
    assert json_limit(path) == limit


@pytest.mark.parametrize("api", ["tracker", "offers"])
@pytest.mark.django_db
def test_nobody_is_refused_in_the_words_of_the_api(client, api):
    asked = request(f"/{api}/api/v1/applications/")
    asked.api, asked.claims = api, None

    answer = refuse(asked, 401, "Sign in first.")

    as_usual = client.get(f"/{api}/api/v1/applications/")
    assert answer.status_code == as_usual.status_code == 401
    assert json.loads(answer.content) == as_usual.json()
    assert answer["WWW-Authenticate"] == as_usual["WWW-Authenticate"]


def test_numbers_of_usual_length_are_read_without_a_call_for_each(monkeypatch):
    monkeypatch.setattr(bodies._CAREFUL_DECODER, "decode", None)

    assert bodies.strict_json(b"[1,-2,30]") == [1, -2, 30]


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("[" * 33 + "]" * 33, False),
        ("[" * 32 + "]" * 32, True),
        ('["' + "[" * 99 + '"]', True),
        ('["\\"' + "{" * 99 + '"]', True),
        ('["' + '\\"[' * 50_000, False),
        ("[" + "1," * 50 + "1" * 41 + "]", False),
    ],
)
def test_nesting_is_counted_outside_of_strings(text, fine):
    try:
        bodies.strict_json(text.encode())
    except bodies.HttpError as problem:
        assert not fine
        assert problem.status_code == 400
    else:
        assert fine


@pytest.mark.parametrize("kind", ["application/vnd.api+json", "text/json", "text/plain", "application/jsonx"])
def test_only_json_itself_is_taken_for_json(as_ada, kind):
    answer = as_ada.post("/tracker/api/v1/companies/", '{"name": "Acme"}', content_type=kind)

    assert answer.status_code == 415
