import pytest

from onward.platform import tokens
from tests.client import Api
from tests.platform.tokens.conftest import open_for

ME = "/tracker/api/v1/me"
VERIFY = "/tracker/api/v1/verify"
NOT_VALID = {"detail": "Token is invalid or expired", "code": "token_not_valid"}


@pytest.fixture(autouse=True)
def _small_api(settings):
    settings.ROOT_URLCONF = "tests.platform.tokens.urls"
    settings.API_PATHS = (("/tracker/", "tracker", "/tracker"),)


def test_somebody_who_is_signed_in_is_known(as_ada, ada):
    answer = as_ada.get(ME)
    assert answer.status_code == 200
    assert answer.json() == {"id": ada.pk, "zone": "UTC", "email": "ada@example.org", "staff": False}


def test_nobody_is_told_that_credentials_are_missing():
    answer = Api().get(ME)
    assert answer.status_code == 401
    assert answer.json() == {
        "detail": "Authentication credentials were not provided.",
        "code": "not_authenticated",
    }


@pytest.mark.parametrize("header", ["Basic YTpi", "Token abc", "", "nonsense"])
def test_another_scheme_is_no_credential(header):
    assert Api().get(ME, HTTP_AUTHORIZATION=header).json()["code"] == "not_authenticated"


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "bearer x", "Bearer a.b.c", "Bearer a b", "Bearer é"])
def test_a_token_that_does_not_hold_is_told_so(header):
    answer = Api().get(ME, HTTP_AUTHORIZATION=header)
    assert (answer.status_code, answer.json()) == (401, NOT_VALID)


def test_a_refresh_token_opens_nothing(opened):
    answer = Api(access=opened.refresh).get(ME)
    assert (answer.status_code, answer.json()) == (401, NOT_VALID)


def test_a_token_dies_with_its_session(as_ada, ada, now):
    tokens.end_sessions(user_id=ada.pk, except_id=None, reason="logout", at=now)
    answer = as_ada.get(ME)
    assert (answer.status_code, answer.json()) == (401, NOT_VALID)


def test_a_disabled_account_is_refused_at_its_next_request(as_ada, ada):
    assert as_ada.get(ME).status_code == 200
    ada.is_active = False
    ada.save()
    assert as_ada.get(ME).status_code == 401


def test_a_session_that_owes_its_second_factor_opens_nothing_but_what_allows_it(ada, now):
    opened = open_for(ada, at=now, awaits_second_factor=True)
    client = Api(access=opened.access)
    refused = client.get(ME)
    assert (refused.status_code, refused.json()) == (403, {"detail": "Two-factor verification required."})
    assert client.get(VERIFY).json() == {"owes": True}
    tokens.complete_second_factor(session_id=opened.session_id, at=now)
    assert client.get(ME).status_code == 200
    assert client.get(VERIFY).json() == {"owes": False}


def test_what_allows_a_session_that_owes_its_second_factor_still_wants_a_session():
    assert Api().get(VERIFY).status_code == 401


def test_the_documentation_tells_of_the_bearer_token():
    document = Api().get("/tracker/api/v1/openapi.json").json()
    assert document["components"]["securitySchemes"] == {
        "Bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    }
    assert document["paths"]["/tracker/api/v1/me"]["get"]["security"] == [{"Bearer": []}]
