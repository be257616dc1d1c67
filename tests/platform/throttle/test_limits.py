import socket
import time

import pytest

from onward.platform import throttle
from onward.platform.refusals import Throttled
from onward.platform.throttle.limits import FILE, number
from onward.platform.throttle.middleware import client_network


@pytest.fixture(autouse=True)
def _own_counts(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.REDIS_URL = ""


@pytest.fixture
def stopped_redis(settings):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.REDIS_URL = f"redis://127.0.0.1:{listener.getsockname()[1]}"


def test_a_verdict_says_how_many_acts_are_left_and_when_the_window_ends():
    began = time.time()
    first = throttle.hit("somebody", 2, 60)
    assert (first.allowed, first.limit, first.remaining, first.wait) == (True, 2, 1, 0)
    assert began + 60 <= first.reset <= time.time() + 61
    throttle.hit("somebody", 2, 60)
    third = throttle.hit("somebody", 2, 60)
    assert (third.allowed, third.remaining, third.reset) == (False, 0, first.reset)
    assert 60 - (time.time() - began) <= third.wait <= 60


def test_a_guard_refuses_the_attempt_after_the_last_allowed_one():
    began = time.time()
    for _ in range(3):
        throttle.guard("door", 3, 60)
    with pytest.raises(Throttled) as refusal:
        throttle.guard("door", 3, 60)
    assert 60 - (time.time() - began) <= refusal.value.wait <= 60


def test_checking_counts_nothing_and_refuses_once_the_limit_is_reached():
    for _ in range(5):
        throttle.check("door", 2, 60)
    throttle.hit("door", 2, 60)
    throttle.check("door", 2, 60)
    throttle.hit("door", 2, 60)
    with pytest.raises(Throttled):
        throttle.check("door", 2, 60)


def test_a_forgotten_key_begins_anew():
    throttle.guard("door", 1, 60)
    throttle.forget("door")
    throttle.guard("door", 1, 60)


def test_of_thirty_guesses_at_once_only_the_allowed_ones_pass(together):
    answers = together(30, lambda _: throttle.guard("door", 5, 60))
    assert sum(isinstance(answer, Throttled) for answer in answers) == 25


def test_any_text_is_a_key():
    for key in ("", "a" * 100_000, "nul \0", "half \ud800", "ключ"):
        assert throttle.hit(key, 1, 60).allowed
        assert not throttle.hit(key, 1, 60).allowed


def test_the_file_gives_away_nobody(tmp_path):
    throttle.hit("login:ada@example.org", 5, 60)
    assert b"ada" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_keys_are_numbered_with_the_servers_secret(settings):
    before = number("user:1")
    settings.SECRET_KEY = "another key, long enough to be one"
    assert number("user:1") != before


def test_while_no_store_answers_the_process_counts_alone_and_says_so_once(settings, tmp_path, caplog):
    (tmp_path / "file").touch()
    settings.DATA_DIR = tmp_path / "file"
    assert [throttle.hit("somebody", 2, 60).allowed for _ in range(3)] == [True, True, False]
    throttle.guard("door", 1, 60)
    with pytest.raises(Throttled):
        throttle.check("door", 1, 60)
    with pytest.raises(Throttled):
        throttle.guard("door", 1, 60)
    throttle.forget("door")
    throttle.guard("door", 1, 60)
    throttle.reset()
    throttle.guard("door", 1, 60)
    assert caplog.text.count("each process counts alone") == 1


@pytest.mark.usefixtures("stopped_redis")
def test_without_redis_the_machine_counts_by_itself(tmp_path):
    assert [throttle.hit("somebody", 2, 60).allowed for _ in range(3)] == [True, True, False]
    assert (tmp_path / FILE).exists()


def test_with_redis_no_file_is_made(settings, tmp_path, redis_url):
    settings.REDIS_URL = redis_url
    throttle.forget("tests:no file")
    assert [throttle.hit("tests:no file", 2, 60).allowed for _ in range(3)] == [True, True, False]
    throttle.forget("tests:no file")
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("somewhere", "somewhere"),
    ],
)
def test_an_address_is_counted_as_the_connection_behind_it(address, counted_as):
    assert client_network(address) == counted_as
