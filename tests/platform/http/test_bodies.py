import asyncio

import pytest

from onward.platform.http import bodies
from onward.platform.http.bodies import (
    BAD_LENGTH,
    JSON_LIMIT,
    NOBODY,
    SMALL,
    TOO_LARGE,
    TOO_MANY,
    TOO_MANY_OF_ONE,
    TOO_SLOW,
    Bodies,
    Gone,
)

MEGABYTE = 1024 * 1024
JSON = [(b"content-type", b"application/json; charset=utf-8")]
FORM = [(b"content-type", b"multipart/form-data; boundary=b")]


def arriving(*pieces: bytes, then: str = "end"):
    """A client that sends the pieces and then ends, waits for ever or leaves."""
    messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    if then == "end":
        messages.append({"type": "http.request", "body": b"", "more_body": False})
    elif then == "leaves":
        messages.append({"type": "http.disconnect"})

    async def receive():
        if not messages:
            await asyncio.Event().wait()
        return messages.pop(0)

    return receive


def asked_by(number):
    async def account():
        return number

    return account


def read(receive, headers=(), account=None, **more):
    return asyncio.run(Bodies().read(list(headers), receive, account=account or asked_by(1), **more))


@pytest.mark.parametrize("pieces", [(), (b"abc",), (b"ab", b"", b"c"), (b"", b"a", b"bc")])
def test_the_pieces_are_put_together(pieces):
    assert read(arriving(*pieces)) == b"".join(pieces)


def test_a_form_may_be_larger_than_a_document():
    pieces = [b"x" * MEGABYTE] * 10

    assert read(arriving(*pieces)) is TOO_LARGE
    assert read(arriving(*pieces), FORM) == b"".join(pieces)
    assert read(arriving(*pieces, *pieces), FORM) is TOO_LARGE


def test_a_length_that_says_too_much_is_refused_unread():
    def receive():
        raise AssertionError("nothing is to be read")

    assert read(receive, [(b"content-length", b"300000000")]) is TOO_LARGE


@pytest.mark.parametrize("length", [b"abc", b"-1", b"1e3", b"", "²".encode()])
def test_a_length_must_be_a_number(length):
    assert read(arriving(), [(b"content-length", length)]) is BAD_LENGTH


def test_a_body_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(bodies, "SECONDS", 0.1)

    assert read(arriving(b"abc", then="waits")) is TOO_SLOW


def test_what_comes_earns_time(monkeypatch):
    monkeypatch.setattr(bodies, "SECONDS", 0.1)
    monkeypatch.setattr(bodies, "PIECE", 1024)

    async def receive():
        await asyncio.sleep(0.05)
        left[0] -= 1
        return {"type": "http.request", "body": b"x" * 1024, "more_body": left[0] > 0}

    left = [8]
    assert read(receive) == b"x" * 8192


def test_a_client_that_leaves_is_noticed():
    with pytest.raises(Gone):
        read(arriving(b"abc", then="leaves"))


def test_all_bodies_together_hold_no_more_than_they_may(monkeypatch):
    monkeypatch.setattr(bodies, "TOGETHER", 3 * MEGABYTE)
    reader = Bodies()

    async def three():
        first = asyncio.create_task(reader.read(FORM, arriving(b"x" * 2 * MEGABYTE, then="waits"), account=asked_by(1)))
        await asyncio.sleep(0.01)
        second = await reader.read(FORM, arriving(b"x" * 2 * MEGABYTE), account=asked_by(2))
        small = await reader.read([], arriving(b"small"), account=asked_by(None))
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        return second, small, await reader.read(FORM, arriving(b"x" * 2 * MEGABYTE), account=asked_by(2))

    second, small, third = asyncio.run(three())
    assert second is TOO_MANY
    assert small == b"small"
    assert third == b"x" * 2 * MEGABYTE


def test_nothing_beyond_the_first_piece_is_read_for_nobody():
    read_on = []

    async def receive():
        read_on.append(1)
        return {"type": "http.request", "body": b"x" * (SMALL // 2 + 1), "more_body": len(read_on) < 3}

    asked = []

    async def nobody():
        asked.append(len(read_on))

    assert read(receive, FORM, nobody) is NOBODY
    assert asked == [2]
    assert read(arriving(b"x" * SMALL), FORM, nobody) == b"x" * SMALL
    assert asked == [2]


def test_json_is_shorter_than_a_form_unless_its_path_takes_long_texts():
    body = b"1" * (JSON_LIMIT + 1)

    assert read(arriving(body), JSON) is TOO_LARGE
    assert read(arriving(body), JSON, json_limit=len(body)) == body
    assert read(arriving(body)) == body


def test_an_account_has_two_uploads_under_way_and_others_are_not_kept(monkeypatch):
    monkeypatch.setattr(bodies, "TURN_WITHIN", 0.01)
    reader = Bodies()
    large = b"x" * (SMALL + 1)

    def begin(number, then="end"):
        return asyncio.create_task(reader.read(FORM, arriving(large, then=then), account=asked_by(number)))

    async def three():
        slow = [begin(1, "waits"), begin(1, "waits")]
        await asyncio.sleep(0)
        assert await begin(1) is TOO_MANY_OF_ONE
        assert await begin(2) == large
        # Whose turn comes in time is let in.
        monkeypatch.setattr(bodies, "TURN_WITHIN", 5)
        waiting = begin(1)
        await asyncio.sleep(0.01)
        slow[0].cancel()
        assert await waiting == large
        slow[1].cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        assert not reader._turns

    asyncio.run(three())
