"""Asking sources that are not what one would wish."""

import time
from email.utils import formatdate

import pytest

from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Broken, Fetch, NotModified
from onward.domain.ingestion.sources import KINDS
from tests.domain.ingestion.conftest import Free
from tests.domain.ingestion.servers import Answer, behaviour, posts
from tests.domain.ingestion.servers.behaviour import at_first, limited, saying

GOOD = 3


@pytest.fixture
def board(local):
    """A board with three postings."""
    local.add("greenhouse", posts(GOOD))
    return local["greenhouse"]


@pytest.mark.parametrize(
    "first",
    [saying(500), saying(502), saying(503), saying(429), behaviour.hanging_up, behaviour.cut],
    ids=["500", "502", "503", "429", "hangs up", "cut"],
)
def test_what_may_go_better_is_tried_again(first, board, read, waits):
    board.behave(at_first(3, first))

    assert len(read(board.entry)) == GOOD
    assert len(board.requests) == 4
    # Longer each time, and never the same.
    assert 0.5 <= sum(waits) <= 1.5 + 3 + 6


def test_waiting_grows_and_is_never_quite_the_same(board, read, waits):
    board.behave(saying(500))
    totals = set()
    for _ in range(3):
        del waits[:]
        with pytest.raises(Broken, match="500"):
            read(board.entry)
        totals.add(round(sum(waits), 6))

    assert len(totals) == 3
    assert all(3.5 <= total <= 10.5 for total in totals)


def test_after_four_attempts_the_run_goes_on(board, read, waits):
    board.behave(saying(503))

    with pytest.raises(Broken, match="503"):
        read(board.entry)

    assert len(board.requests) == 4


def test_after_a_minute_the_run_goes_on(board, read, waits):
    board.behave(limited(99, seconds=25))

    with pytest.raises(Broken, match="429"):
        read(board.entry)

    assert len(board.requests) == 3
    assert sum(waits) < 60


def test_a_source_that_hangs_has_a_minute_at_most(board, read, monkeypatch):
    board.behave(behaviour.hanging)
    real = time.monotonic
    began = real()
    # A clock that shows a minute for each second.
    monkeypatch.setattr(time, "monotonic", lambda: began + (real() - began) * 60)

    with pytest.raises(Broken, match="time was up"):
        read(board.entry, wanted=lambda: None)

    assert len(board.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 451])
def test_what_will_not_go_better_is_not_tried_again(status, board, read):
    board.behave(saying(status))

    with pytest.raises(Broken, match=str(status)):
        read(board.entry)

    assert len(board.requests) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"jobs": null}', "jobs: must be a list"),
        (b'{"jobs": {"1": {}}}', "jobs: must be a list"),
        (b'{"jobs": "none"}', "jobs: must be a list"),
        (b'{"results": []}', "jobs: is missing"),
        (b"[]", "must be an object"),
        (b"null", "must be an object"),
        (b'"jobs"', "must be an object"),
        (b"", "cut"),
        (b"<!doctype html><title>Sign in</title>", "JSON"),
        (b'{"jobs": [] ', "cut"),
        (b'{"jobs": [', "cut"),
        (b'{"jobs": []} {"jobs": []}', "not JSON"),
    ],
)
def test_an_answer_of_another_shape_is_a_failure_and_not_tried_again(body, reason, board, read):
    board.behave(saying(200, body))

    with pytest.raises(Broken, match=reason):
        read(board.entry)

    assert len(board.requests) == 1


def test_what_came_before_a_cut_is_handed_over(board, settings, local):
    settings.SOURCES = local.entries
    board.posts = posts(100)
    board.behave(behaviour.ending_early)
    found = []

    with pytest.raises(Broken, match="cut"):
        found.extend(KINDS["greenhouse"].read(board.entry, Fetch(board.entry, manners=Free())))

    assert 50 < len(found) < 100


@pytest.mark.parametrize(
    ("said", "waited"), [("7", 7), ("0", 0), ("3600", 30), ("99999999999999999999", 30), ("-5", None), ("soon", None)]
)
def test_a_source_says_when_to_come_again_within_half_a_minute(said, waited, board, read, waits):
    board.behave(limited(1, seconds=said))

    assert len(read(board.entry)) == GOOD
    if waited is None:
        assert 0.5 <= sum(waits) <= 1.5
    else:
        assert sum(waits) == pytest.approx(waited, abs=0.1)


def test_a_source_may_say_when_to_come_again_by_a_date(board, read, waits):
    board.behave(limited(1, seconds=formatdate(time.time() + 12, usegmt=True)))

    read(board.entry)

    assert 10 <= sum(waits) <= 12.5


def test_a_redirect_to_another_host_is_a_failure_and_nobody_is_asked_there(board, local, read):
    other = local.add("greenhouse", posts(2), name="other")
    board.behave(behaviour.moved(f"{other.base_url}/v1/boards/northwind/jobs"))

    with pytest.raises(Broken, match="redirect"):
        read(board.entry)

    assert not local["other"].requests


def test_a_redirect_within_the_host_is_followed(board, read):
    board.behave(at_first(1, behaviour.moved("/v1/boards/northwind/jobs?content=true")))

    assert len(read(board.entry)) == GOOD


def test_what_is_packed_is_read_and_a_bomb_is_not(board, read):
    board.behave(behaviour.packed)
    assert len(read(board.entry)) == GOOD

    board.behave(behaviour.bomb)
    with pytest.raises(Broken, match="far more"):
        read(board.entry)
    assert len(board.requests) == 2


def test_an_answer_that_was_taken_in_is_not_sent_again(board, settings, local):
    settings.SOURCES = local.entries
    board.behave(behaviour.tagged)

    def reading(**options):
        fetch = Fetch(board.entry, manners=Free(), **options)
        return fetch, KINDS["greenhouse"].read(board.entry, fetch)

    first, found = reading()
    assert len(list(found)) == GOOD
    assert len(first.etags) == 1

    _, found = reading(etags=first.etags)
    with pytest.raises(NotModified):
        list(found)
    assert board.requests[-1].headers["if-none-match"] == next(iter(first.etags.values()))

    board.posts = posts(GOOD + 1)
    _, found = reading(etags=first.etags)
    assert len(list(found)) == GOOD + 1


def test_who_asks_says_who_they_are(board, read):
    read(board.entry)

    assert board.requests[0].headers["user-agent"].startswith("Onward/")


class Unwanted(BaseException):
    """What ends a reading that is not wanted any more."""


@pytest.mark.parametrize(
    "ill", [behaviour.hanging, behaviour.hanging_midway, behaviour.dripping(), limited(9, seconds=30), saying(500)]
)
def test_a_reading_that_is_not_wanted_any_more_ends_while_its_source_hangs(ill, board, read):
    board.behave(ill)
    looks = []

    def wanted():
        looks.append(time.monotonic())
        if len(looks) > 2:
            raise Unwanted

    with pytest.raises(Unwanted):
        read(board.entry, wanted=wanted)

    assert board.requests


def test_only_what_the_operators_file_names_may_be_inside(board, local, settings):
    other = local.add("greenhouse", posts(2), name="other")

    def reading(entry):
        return list(KINDS[entry.kind].read(entry, Fetch(entry, manners=Free())))

    settings.SOURCES = ()
    with pytest.raises(Broken, match="address"):
        reading(board.entry)
    # The same name at another port, the same place by another name, and another scheme.
    settings.SOURCES = (board.entry,)
    for base_url in (other.base_url, board.entry.base_url.replace("127.0.0.1", "localhost")):
        with pytest.raises(Broken, match="address"):
            reading(Entry("greenhouse", "greenhouse", base_url, "northwind"))
    assert not board.requests
    assert not local["other"].requests

    assert len(reading(board.entry)) == GOOD


def test_another_address_that_a_source_names_is_not_asked_inside(board, local, settings):
    other = local.add("greenhouse", posts(2), name="other")
    settings.SOURCES = (board.entry,)
    with Fetch(board.entry, manners=Free()) as fetch:
        for elsewhere in (other.base_url, board.entry.base_url.replace("http:", "https:"), "http://169.254.169.254/"):
            with pytest.raises(Broken, match="address"):
                fetch.page(elsewhere + "/x")

        board.behave(saying(200, b"further"))
        with fetch.page(board.entry.base_url + "/any/other/page?2") as body:
            assert body.read() == b"further"
    assert not local["other"].requests


def test_a_long_answer_is_kept_on_disk_and_leaves_nothing_there(board, settings, local, tmp_path):
    settings.SOURCES = local.entries
    settings.DATA_DIR = tmp_path
    board.behave(lambda *_: Answer(200, {}, b"x" * 5_000_000))

    with Fetch(board.entry, manners=Free()) as fetch, fetch.page(board.entry.base_url) as body:
        assert body.file._rolled
        assert len(body.read()) == 5_000_000
        assert list(tmp_path.iterdir()) == []
