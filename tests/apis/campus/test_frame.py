"""What every path of the campus API has in common: one envelope, its prefixes, and how much may be asked."""

import pytest
from django.test import Client

from onward.platform import storage
from tests.apis.campus.errors import error
from tests.client import Api
from tests.conftest import client
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("prefix", ["/campus", ""])
@pytest.mark.parametrize("path", ["/api/nowhere/", "/api/auth", "/api", "/api/users/1/nothing/"])
def test_a_path_that_nobody_serves_is_said_in_the_envelope(prefix, path):
    browser = Client(headers={"Accept": "text/html"})

    error(browser.get(f"{prefix}{path}"), 404, "not_found")


@pytest.mark.parametrize("path", ["/campus/api/auth/user/", "/api/auth/user"])
def test_a_method_that_a_path_does_not_have_is_said_in_the_envelope(as_ada, path):
    refused = as_ada.patch(path, {})

    error(refused, 405, "method_not_allowed")
    assert "PUT" in refused["Allow"]


def test_a_bad_host_is_said_in_the_envelope(as_ada):
    error(as_ada.get("/campus/api/auth/user/", headers={"Host": "evil.example"}), 400, "validation_error")


def test_nobody_and_a_bad_token_are_told(anonymous):
    error(anonymous.get("/campus/api/auth/user/"), 401, "not_authenticated")
    error(Api(access="x.y.z").get("/campus/api/auth/user/"), 401, "not_authenticated")
    assert anonymous.get("/campus/api/auth/user/")["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("body", ["{", "[1]", "7", '"x"', "null", "\xff", '{"username": NaN}'])
def test_a_body_that_is_no_object_is_invalid(anonymous, body):
    refused = anonymous.post("/campus/api/auth/login/", body.encode("latin-1"))

    assert refused.status_code == 400
    assert refused.json()["error"]["code"] == "validation_error"


def test_the_bare_paths_are_the_same_and_the_others_keep_theirs(as_ada):
    assert as_ada.get("/api/auth/user/").json() == as_ada.get("/campus/api/auth/user").json()
    assert as_ada.get("/api/v1/companies/").json()["count"] == 0
    assert as_ada.get("/api/v1/nowhere/").json() == {"detail": "Not found."}


def test_the_bare_document_pages_are_not_campus(as_ada):
    assert (
        as_ada.get("/api/schema/").json()["info"]["title"] != as_ada.get("/campus/api/schema/").json()["info"]["title"]
    )
    assert as_ada.get("/campus/api/schema/").json()["openapi"].startswith("3.0")
    assert Client().get("/campus/api/docs/").status_code == 200


def test_campus_is_counted_apart_and_by_its_own_rate(throttled, ada):
    throttled.THROTTLE_USER = (1, 3600)
    throttled.THROTTLE_OF_API = {"campus": (3, 3600)}
    as_ada = client(ada)

    answers = [as_ada.get("/campus/api/auth/user/") for _ in range(4)]

    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[0]["X-RateLimit-Limit"] == "3"
    error(answers[3], 429, "throttled")
    assert int(answers[3]["Retry-After"]) > 0
    assert as_ada.get("/tracker/api/v1/companies/").status_code == 200


def test_two_hundred_students_at_one_address_come_in_and_stay(throttled, anonymous):
    throttled.THROTTLE_ANON = (10, 3600)
    students = [UserFactory() for _ in range(30)]

    tokens = [
        anonymous.post("/campus/api/auth/login/", {"username": one.username, "password": PASSWORD}) for one in students
    ]

    assert {one.status_code for one in tokens} == {200}
    renewed = [anonymous.post("/campus/api/auth/refresh/", {"refresh": one.json()["refresh"]}) for one in tokens]
    assert {one.status_code for one in renewed} == {200}


def test_a_signed_link_is_counted_by_itself_and_a_forged_one_is_not(throttled, anonymous):
    throttled.THROTTLE_OF_API = {"campus": (2, 3600)}
    path, expires = "/api/videos/1/file/", 32503680000
    good, other = (storage.sign(one, expires=expires) for one in (path, "/api/videos/2/file/"))

    def ask(number, signature):
        address = f"/campus/api/videos/{number}/file/?expires={expires}&signature={signature}"
        return anonymous.get(address).status_code

    assert [ask(1, good) for _ in range(3)] == [403, 403, 429]
    assert [ask(2, other) for _ in range(3)] == [403, 403, 429]
    assert [ask(1, "0" * 64), ask(1, "1" * 64), ask(1, "2" * 64)] == [403, 403, 429]
