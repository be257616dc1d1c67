import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from onward.platform.tokens import signing
from tests.client import Api

WHO = "/tracker/api/v1/who"


@pytest.fixture(autouse=True)
def _small_api(settings, tmp_path):
    settings.ROOT_URLCONF = "tests.platform.throttle.urls"
    settings.API_PATHS = (("/tracker/", "tracker", "/tracker"),)
    settings.DATA_DIR = tmp_path
    settings.REDIS_URL = ""
    settings.THROTTLE = True
    settings.THROTTLE_ANON = (3, 3600)
    settings.THROTTLE_USER = (5, 3600)


def bearing(kind="access", *, user_id=12, age=timedelta(0)):
    return signing.sign(
        kind,
        user_id=user_id,
        session_id=uuid4(),
        token_id=uuid4(),
        at=datetime.now(UTC) - age,
        lifetime=timedelta(minutes=60),
    )


def limits(answer):
    return int(answer["X-RateLimit-Limit"]), int(answer["X-RateLimit-Remaining"])


def test_an_answer_says_how_the_count_stands():
    anonymous = Api()
    assert [limits(anonymous.get(WHO)) for _ in range(3)] == [(3, 2), (3, 1), (3, 0)]


def test_the_reset_is_the_second_in_which_the_window_ends():
    anonymous = Api()
    began = time.time()
    resets = {anonymous.get(WHO)["X-RateLimit-Reset"] for _ in range(5)}
    assert len(resets) == 1
    assert began + 3600 <= int(resets.pop()) <= time.time() + 3601


def test_one_too_many_is_refused_with_the_time_to_wait():
    anonymous = Api()
    began = time.time()
    for _ in range(3):
        anonymous.get(WHO)
    refused = anonymous.get(WHO)
    wait = int(refused["Retry-After"])
    assert refused.status_code == 429
    assert refused.json() == {"detail": f"Request was throttled. Expected available in {wait} seconds."}
    assert 3600 - (time.time() - began) <= wait <= 3600
    assert limits(refused) == (3, 0)


def test_an_answer_tells_of_the_limit_that_leaves_less():
    ada = Api(access=bearing(user_id=1))
    door = "/tracker/api/v1/guarded/3/60"

    assert [limits(ada.get(door)) for _ in range(2)] == [(3, 2), (3, 1)]
    assert limits(ada.get(WHO)) == (5, 2)
    # The last one of the door, and then one too many: it is the door that has refused.
    assert [limits(ada.get(door)) for _ in range(2)] == [(3, 0), (3, 0)]
    # Nothing of either is left, and the door had no say in it.
    assert limits(ada.get(door)) == (5, 0)


def test_of_two_limits_that_are_reached_the_answer_tells_of_the_one_that_has_refused():
    ada = Api(access=bearing(user_id=1))
    door = "/tracker/api/v1/guarded/1/60"
    began = time.time()
    ada.get(door)
    for _ in range(3):
        ada.get(WHO)

    refused = ada.get(door)

    assert (refused.status_code, limits(refused)) == (429, (1, 0))
    assert began + 60 <= int(refused["X-RateLimit-Reset"]) <= time.time() + 61


def test_a_limit_that_is_wider_than_the_general_one_is_not_shown():
    assert limits(Api().get("/tracker/api/v1/guarded/100/60")) == (3, 2)


def test_an_account_is_counted_by_itself_wherever_it_asks_from():
    ada = Api(access=bearing(user_id=1))
    ben = Api(access=bearing(user_id=2))
    counts = [limits(ada.get(WHO, REMOTE_ADDR=f"203.0.113.{n}")) for n in range(3)]
    assert counts == [(5, 4), (5, 3), (5, 2)]
    assert limits(ben.get(WHO)) == (5, 4)
    assert limits(Api().get(WHO)) == (3, 2)


def test_all_tokens_of_an_account_are_counted_together():
    assert [limits(Api(access=bearing(user_id=1)).get(WHO)) for _ in range(2)] == [(5, 4), (5, 3)]


@pytest.mark.parametrize(
    "token",
    ["nonsense", "a.b.c", "x" * 100_000, "é" * 20, lambda: bearing("refresh"), lambda: bearing(age=timedelta(hours=2))],
    ids=["nonsense", "three parts", "huge", "not ascii", "refresh", "expired"],
)
def test_a_token_that_does_not_hold_counts_as_none(token):
    client = Api(access=token() if callable(token) else token)
    answer = client.get(WHO)
    assert answer.json() == {"who": None}
    assert limits(answer) == (3, 2)


def test_a_tab_with_a_token_that_has_lapsed_is_counted_by_its_session_and_not_by_the_address_it_shares():
    stale = Api(access=bearing(age=timedelta(hours=2)))
    assert [limits(stale.get(WHO))[1] for _ in range(4)] == [2, 1, 0, 0]
    assert limits(Api(access=bearing(age=timedelta(hours=2))).get(WHO)) == (3, 2)
    assert limits(Api().get(WHO)) == (3, 2)


@pytest.mark.parametrize("path", ["/tracker/api/v1/auth/token/refresh/", "/tracker/api/v1/auth/refresh"])
@pytest.mark.parametrize("age", [timedelta(0), timedelta(days=30)], ids=["good", "lapsed"])
def test_renewing_a_token_is_counted_by_its_session(path, age):
    token = bearing("refresh", age=age)
    assert [limits(Api().post(path, {"refresh": f" {token}"}))[1] for _ in range(4)] == [2, 1, 0, 0]
    assert limits(Api().post(path, {"refresh": bearing("refresh", age=age)})) == (3, 2)
    assert limits(Api().get(WHO)) == (3, 2)


@pytest.mark.parametrize("token", ["", "nonsense", 7, None, lambda: bearing("access"), lambda: bearing("refresh")[:-4]])
def test_renewing_with_what_was_not_made_here_is_counted_by_the_address(token):
    body = {"refresh": token() if callable(token) else token}
    Api().post("/tracker/api/v1/auth/token/refresh/", body)
    assert limits(Api().get(WHO)) == (3, 1)


def test_the_claims_of_a_good_token_are_left_in_the_request():
    assert Api(access=bearing(user_id=7)).get(WHO).json() == {"who": 7}


def test_the_scheme_is_read_whatever_its_case():
    assert Api().get(WHO, HTTP_AUTHORIZATION=f"bearer {bearing(user_id=7)}").json() == {"who": 7}


def test_an_address_is_what_the_connection_says_and_not_what_the_client_says():
    anonymous = Api()
    counts = [limits(anonymous.get(WHO, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}"))[1] for n in range(3)]
    assert counts == [2, 1, 0]


def test_addresses_are_counted_apart_and_networks_of_one_connection_together():
    anonymous = Api()
    assert limits(anonymous.get(WHO, REMOTE_ADDR="203.0.113.1")) == (3, 2)
    assert limits(anonymous.get(WHO, REMOTE_ADDR="203.0.113.2")) == (3, 2)
    assert limits(anonymous.get(WHO, REMOTE_ADDR="2001:db8::1")) == (3, 2)
    assert limits(anonymous.get(WHO, REMOTE_ADDR="2001:db8::2")) == (3, 1)


@pytest.mark.parametrize(
    ("path", "status"), [("broken", 500), ("closed", 401), ("nowhere", 404)], ids=["500", "401", "404"]
)
def test_every_answer_says_how_the_count_stands(path, status):
    anonymous = Api()
    anonymous.raise_request_exception = False
    answer = anonymous.get(f"/tracker/api/v1/{path}")
    assert answer.status_code == status
    assert limits(answer) == (3, 2)
    assert "X-RateLimit-Reset" in answer


def test_an_answer_to_a_method_that_is_not_there_says_how_the_count_stands():
    answer = Api().delete(WHO)
    assert answer.status_code == 405
    assert limits(answer) == (3, 2)


@pytest.mark.parametrize("kind", ["health", "ready", "live"])
def test_health_is_neither_counted_nor_refused(kind):
    anonymous = Api()
    for _ in range(4):
        anonymous.get(WHO)
    answer = anonymous.get(f"/tracker/api/v1/analytics/{kind}/")
    assert answer.status_code == 200
    assert limits(answer) == (3, 3)


@pytest.mark.parametrize("path", ["/tracker/api/docs/", "/tracker/openapi.json"])
def test_the_documents_are_neither_counted_nor_refused(path):
    anonymous = Api()
    for _ in range(4):
        anonymous.get(WHO)
    answer = anonymous.get(path)
    assert answer.status_code == 200
    assert limits(answer) == (3, 3)


def log_in(email, **options):
    return Api().post("/tracker/api/v1/auth/login", {"email": email}, **options)


def test_a_stale_tab_behind_a_shared_address_keeps_nobody_from_signing_in():
    for _ in range(5):
        Api().get(WHO)
    assert limits(log_in("ada@example.org")) == (3, 2)
    assert limits(log_in(" ADA@example.org")) == (3, 1)
    assert limits(log_in("ben@example.org")) == (3, 2)


def test_signing_in_is_limited_for_an_account_and_for_an_address():
    answers = [log_in("ada@example.org") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert log_in("ada@example.org", REMOTE_ADDR="192.0.2.7").status_code == 200

    for number in range(26):
        assert log_in(f"person{number}@example.org").status_code == 200
    assert log_in("one.more@example.org").status_code == 429


@pytest.mark.parametrize(
    "body", ["[1, 2]", '{"email": 7}', "{", "[" * 100_000, '{"email": "a", "x": "' + "y" * 5000 + '"}']
)
def test_a_sign_in_that_names_no_account_counts_as_any_request(body):
    answer = Api().generic("POST", "/tracker/api/v1/auth/login", body, content_type="application/json")
    assert limits(answer) == (3, 2)
    assert limits(Api().get(WHO)) == (3, 1)


def test_what_only_ends_like_a_health_check_is_counted():
    assert limits(Api().get("/tracker/api/v1/who", {"x": "/api/v1/analytics/live/"})) == (3, 2)


def test_preflights_are_not_counted():
    anonymous = Api()
    for _ in range(5):
        anonymous.options(WHO, HTTP_ORIGIN="http://localhost:3000", HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET")
    assert limits(anonymous.get(WHO)) == (3, 2)


def test_with_the_throttle_off_nothing_is_counted_and_the_full_limit_is_told(settings, tmp_path):
    settings.THROTTLE = False
    anonymous = Api()
    assert [limits(anonymous.get(WHO)) for _ in range(4)] == [(3, 3)] * 4
    assert list(tmp_path.iterdir()) == []


def test_of_a_hundred_requests_at_once_exactly_the_limit_is_answered(settings, together):
    settings.THROTTLE_ANON = (10, 3600)
    began = time.time()
    answers = together(100, lambda _: Api().get(WHO))
    least = 3600 - (time.time() - began)
    refused = [answer for answer in answers if answer.status_code == 429]
    assert [answer.status_code for answer in answers].count(200) == 10
    assert len(refused) == 90
    assert all(limits(answer) == (10, 0) and least <= int(answer["Retry-After"]) <= 3600 for answer in refused)
    assert sorted(limits(answer)[1] for answer in answers if answer.status_code == 200) == list(range(10))


def test_counting_asks_nothing_of_the_database(queries):
    with queries() as asked:
        Api(access=bearing()).get(WHO)
    assert len(asked) == 0


def test_a_counter_that_is_broken_closes_nothing_and_limits_all_the_same(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.DATA_DIR = tmp_path / "file"
    anonymous = Api()
    assert [anonymous.get(WHO).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
