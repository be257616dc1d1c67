"""Answers that wait for a job hold no thread."""

import asyncio
import json
import socket
from concurrent.futures import ThreadPoolExecutor

from onward.platform.http import awaiting
from onward.platform.http.asgi import MOST
from onward.platform.http.awaiting import Room
from tests.waiting import until


def test_more_requests_wait_than_there_are_threads_while_others_are_answered(server):
    count = MOST * 3
    with ThreadPoolExecutor(count) as pool:
        waiting = [pool.submit(server.ask, "/awaited?job=1") for _ in range(count)]
        until(lambda: json.loads(server.ask("/waiting").content)["begun"] >= count)
        assert not any(answer.done() for answer in waiting)
        assert server.ask("/hello").content == b"hello"

        server.ask("/release?job=1")
        answers = [answer.result(timeout=120) for answer in waiting]

    assert {(answer.status, answer.content) for answer in answers} == {(201, b'{"job": 1}')}
    assert answers[0].headers["X-Made"] == "late"
    assert answers[0].headers["X-Request-ID"]
    assert answers[0].headers["Content-Length"] == "10"


def test_when_it_is_too_late_the_answer_is_made_all_the_same(server):
    assert server.ask("/awaited?job=2&seconds=0.1").status == 201


def test_a_client_that_leaves_is_waited_for_no_more(server):
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(b"GET /awaited?job=3 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        before = json.loads(server.ask("/waiting").content)["given_up"]

    until(lambda: json.loads(server.ask("/waiting").content)["given_up"] == before + 1)


def test_one_look_serves_all_and_none_is_taken_when_nobody_waits(monkeypatch):
    monkeypatch.setattr(awaiting, "SOON", 0)
    looks = []

    async def run(function, *arguments):
        return function(*arguments)

    def ended(job_ids):
        looks.append(sorted(job_ids))
        return job_ids if len(looks) > 1 else []

    async def three():
        room = Room(run, ended)
        await asyncio.gather(*(room.wait(number, 30) for number in (1, 2, 3)))

    asyncio.run(three())
    assert looks == [[1, 2, 3], [1, 2, 3]]


def test_a_look_that_fails_is_taken_again(monkeypatch):
    monkeypatch.setattr(awaiting, "SOON", 0)
    monkeypatch.setattr(awaiting, "PAUSE", 0)
    looks = []

    async def run(function, *arguments):
        looks.append(arguments)
        if len(looks) < 3:
            raise OSError("the database is away")
        return [1]

    asyncio.run(Room(run, lambda job_ids: job_ids).wait(1, 30))
    assert len(looks) == 3
