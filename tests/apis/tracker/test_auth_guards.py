"""Guessing at passwords is limited, and locks nobody out of a session that is open."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from onward.domain.accounts import guards
from onward.platform.refusals import Throttled
from tests.apis.tracker.test_auth import AUTH, log_in
from tests.apis.tracker.test_auth_links import NEW, reset, reset_link
from tests.factories import PASSWORD


def guesses(client, email, count, **extra):
    return [
        client.post(f"{AUTH}/login/", {"email": email, "password": f"guess {number}"}, **extra).status_code
        for number in range(count)
    ]


@pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"])
def test_guessing_is_limited_alike_for_known_and_unknown_addresses(anonymous, ada, email):
    assert guesses(anonymous, email, 23) == [401] * 20 + [429] * 3


def test_being_limited_is_said_as_documented(anonymous, ada):
    guesses(anonymous, ada.email, 20)

    answer = log_in(anonymous, ada.email)

    assert answer.status_code == 429
    assert answer.json()["detail"].startswith("Request was throttled. Expected available in ")
    assert 0 < int(answer["Retry-After"]) <= 900


def test_five_hundred_guesses_get_nowhere_whatever_address_they_claim(anonymous, ada):
    answers = []
    for number in range(500):
        answers += guesses(anonymous, ada.email, 1, headers={"x-forwarded-for": f"198.51.100.{number % 250}"})

    assert answers.count(401) == 20


def test_guessing_from_many_addresses_is_limited_per_account(anonymous, ada):
    answers = []
    for number in range(100):
        answers += guesses(anonymous, ada.email, 1, REMOTE_ADDR=f"198.51.100.{number}")

    assert answers.count(401) == 40
    assert answers[-1] == 429


def test_guessing_shuts_the_owner_out_of_no_open_session(anonymous, ada, as_ada):
    guesses(anonymous, ada.email, 30)

    assert as_ada.get(f"{AUTH}/profile/").status_code == 200
    assert as_ada.post(f"{AUTH}/token/refresh/", {"refresh": as_ada.refresh}).status_code == 200


def test_guessing_at_one_account_limits_no_other(anonymous, ada, ben):
    guesses(anonymous, ada.email, 25)

    assert log_in(anonymous, ben.email).status_code == 200


def test_the_right_password_is_never_counted(anonymous, ada):
    assert {log_in(anonymous, ada.email).status_code for _ in range(45)} == {200}


def test_the_right_password_forgives_the_wrong_ones_from_there(anonymous, ada):
    guesses(anonymous, ada.email, 15)
    log_in(anonymous, ada.email)

    assert guesses(anonymous, ada.email, 15) == [401] * 15


def test_a_reset_lets_the_owner_in_whoever_has_been_guessing_elsewhere(anonymous, ada):
    for number in range(50):
        guesses(anonymous, ada.email, 1, REMOTE_ADDR=f"198.51.100.{number}")
    assert log_in(anonymous, ada.email).status_code == 429

    reset(anonymous, reset_link(anonymous, ada))

    assert log_in(anonymous, ada.email, NEW).status_code == 200


def test_guessing_the_old_password_through_an_open_session_is_limited(as_ada):
    body = {"old_password": "wrong", "new_password": NEW}

    answers = [as_ada.put(f"{AUTH}/change-password/", body).status_code for _ in range(22)]

    assert answers == [400] * 20 + [429] * 2
    assert as_ada.put(f"{AUTH}/change-password/", {**body, "old_password": PASSWORD}).status_code == 429
    assert as_ada.get(f"{AUTH}/profile/").status_code == 200


def test_a_guard_keeps_apart_what_it_is_asked_about():
    for number in range(guards.PASSWORD.limit):
        assert is_compared(guards.PASSWORD, "1")
        assert is_compared(guards.LOGIN_FROM_ADDRESS, str(number), "address")

    assert not is_compared(guards.PASSWORD, "1")
    assert is_compared(guards.PASSWORD, "2")
    assert is_compared(guards.LOGIN_TO_ACCOUNT, "1")
    assert is_compared(guards.LOGIN_FROM_ADDRESS, "1", "address")


def is_compared(guard, *about):
    """Guess wrongly, and say whether that was let through."""
    try:
        with guard.guess(*about) as guess:
            guess.wrong()
    except Throttled:
        return False
    return True


def at_once(number, guess):
    with ThreadPoolExecutor(number) as pool:
        return [done.result() for done in [pool.submit(guess) for _ in range(number)]]


def test_of_many_wrong_guesses_at_once_exactly_as_many_are_compared_as_may_be_wrong():
    found = at_once(60, lambda: is_compared(guards.PASSWORD, "1"))

    assert found.count(True) == guards.PASSWORD.limit
    assert not guards.PASSWORD._under_way


def test_right_answers_at_once_wait_for_each_other_and_all_pass():
    start = Barrier(guards.PASSWORD.limit * 2)

    def right():
        start.wait()
        with guards.PASSWORD.guess("1"):
            time.sleep(0.001)

    at_once(guards.PASSWORD.limit * 2, right)
    assert [is_compared(guards.PASSWORD, "1") for _ in range(guards.PASSWORD.limit)] == [True] * guards.PASSWORD.limit


def test_a_sign_in_that_one_guard_refuses_counts_with_no_other(anonymous, ada, monkeypatch):
    monkeypatch.setattr(guards.LOGIN_TO_ACCOUNT, "limit", 1)
    assert [guess_at(anonymous, ada) for _ in range(5)] == [401, 429, 429, 429, 429]

    monkeypatch.setattr(guards.LOGIN_TO_ACCOUNT, "limit", 100)
    statuses = [guess_at(anonymous, ada) for _ in range(guards.LOGIN_FROM_ADDRESS.limit)]
    assert statuses == [401] * (guards.LOGIN_FROM_ADDRESS.limit - 1) + [429]


def guess_at(client, user):
    return client.post(f"{AUTH}/login/", {"email": user.email, "password": "wrong"}).status_code
