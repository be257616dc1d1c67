"""Connections that carry no request give way to those that do."""

import asyncio
import contextlib
from itertools import pairwise
from typing import Any

import pytest

from onward.platform.http import connections
from onward.platform.http.connections import MOST, MOST_OF_ONE, Connections, surplus
from tests.waiting import until


def resting(address: str, number: int, since: int = 1) -> dict[tuple[str, int], int]:
    return {(address, 1000 + place): since for place in range(number)}


@pytest.mark.parametrize(
    ("rest", "busy", "closed"),
    [
        ({}, [], {}),
        (resting("a", MOST_OF_ONE), [], {}),
        (resting("a", MOST_OF_ONE + 7), [], {"a": 7}),
        # Connections with a request count, but are not closed.
        (resting("a", 10), [("a", place) for place in range(MOST_OF_ONE)], {"a": 10}),
        # Many at once: whoever has most gives way, and the others keep theirs.
        (
            resting("a", 2048) | resting("b", 300) | resting("c", 3),
            [],
            {"a": 2048 - MOST_OF_ONE // 2},
        ),
    ],
)
def test_an_address_gives_up_what_it_has_beyond_the_bound(rest, busy, closed):
    chosen = surplus(rest, busy)

    assert {address: sum(peer[0] == address for peer in chosen) for address in {peer[0] for peer in chosen}} == closed


def test_those_that_have_rested_longest_go_first():
    rest = {("a", number): number % 5 for number in range(MOST_OF_ONE + 50)}

    assert {rest[peer] for peer in surplus(rest, [])} == {0}


def test_many_addresses_together_keep_no_more_than_all_may():
    rest = {(f"a{number}", 1): number for number in range(MOST + 30)}

    assert sorted(rest[peer] for peer in surplus(rest, [])) == list(range(30))


def test_thousands_that_say_nothing_keep_no_request_waiting(own_server):
    held = []
    with contextlib.ExitStack() as stack:
        for _ in range(2300):
            with contextlib.suppress(OSError):
                held.append(stack.enter_context(own_server.connect(timeout=2)))
        assert own_server.ask("/hello").status == 200

        def most_are_closed():
            return sum(closed(connection) for connection in held) >= len(held) - MOST_OF_ONE

        until(most_are_closed)
        assert own_server.ask("/hello").status == 200


def test_requests_go_on_while_thousands_are_looked_at_and_closed(tmp_path, monkeypatch):
    shut, turns = [], []
    for number in range(2000):
        (tmp_path / str(number)).touch()
    monkeypatch.setattr(connections, "FILES", tmp_path)
    monkeypatch.setattr(connections, "PAUSE", 0)
    monkeypatch.setattr(connections, "_accepted", lambda port, files: [(int(name), ("a", int(name))) for name in files])
    monkeypatch.setattr(connections, "_shut", lambda number, peer: shut.append((number, peer[1])))

    async def nothing(*scope: Any) -> None:
        pass

    async def look() -> None:
        async def request() -> None:
            while True:
                turns.append(len(shut))
                await asyncio.sleep(0)

        other = asyncio.create_task(request())
        await Connections(nothing).close_idle(8000)
        other.cancel()

    asyncio.run(look())

    # The last ports are the newest, which stay.
    assert shut == [(number, number) for number in range(2000 - MOST_OF_ONE // 2)]
    assert max(after - before for before, after in pairwise(turns)) <= connections.SLICE
    assert len(turns) > 2000 // connections.SLICE + len(shut) // connections.SLICE


def closed(connection) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_a_bound_is_below_what_the_server_accepts():
    from onward.config.serving.web import CONNECTIONS

    assert connections.MOST_OF_ONE < connections.MOST < CONNECTIONS
