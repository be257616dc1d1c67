"""The trials: what somebody does to the server, while others go on."""

import contextlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import processes
from bench.chaos.backups import backup
from bench.chaos.chats import chats
from bench.chaos.disk import disk
from bench.chaos.documents import MATCH, POSTING, slow_document, slow_matches
from bench.chaos.house import LIST, LIVE, RESUMES, House, Probe, Where, idle, provider, running
from bench.chaos.lines import lines
from bench.chaos.mails import mails
from bench.chaos.writing import writers

RESUME = "Ada Lovelace\nada@example.org\n\nExperience\nEngineer, Engines Ltd, 2019 - 2024\n- Wrote Python and SQL\n"
LETTER = "/tracker/api/v1/ai/cover-letter/generate/"
LOGIN = "/tracker/api/v1/auth/login/"

Trial = Callable[[Where], list[str]]


def letters(where: Where) -> list[str]:
    """Have twenty letters of one account written at once by a model that takes 25 s."""
    body = {"job_description": POSTING, "resume_text": RESUME, "company_name": "Acme"}
    with (
        TemporaryDirectory() as folder,
        provider(Path(folder), seconds=25) as config,
        running(where, LLM_CONFIG=config) as house,
    ):
        # Each for a title of its own: what was written already is not written again.
        bodies = [{**body, "job_title": f"Engineer {number}"} for number in range(20)]
        work = [partial(house.ask, "POST", LETTER, each, token=house.tokens[1]) for each in bodies]
        return _while(house, work, seconds=32)


def resumes(where: Where) -> list[str]:
    """Match twenty résumés of one account whose reading takes seconds."""
    with running(where) as house:
        return _while(house, slow_matches(house, house.tokens[1]), seconds=20)


def matches(where: Where) -> list[str]:
    """Match sixteen texts of 100,000 characters that are made of names of skills."""
    with running(where) as house:
        body = {"job_description": POSTING, "resume_text": "C# " * 33_000}
        work = [lambda: house.ask("POST", MATCH, body, token=house.tokens[1])] * 16
        return _while(house, work, seconds=20)


def answer(where: Where) -> list[str]:
    """Ask for a match on an idle server, again and again."""
    with running(where) as house:
        body = {"job_description": POSTING, "resume_text": RESUME}
        took = []
        for _ in range(25):
            status, _, seconds = house.ask("POST", MATCH, body, token=house.tokens[1])
            if status != 200:
                raise SystemExit(f"status {status}")
            took.append(seconds)
        took = sorted(took[5:])
        return [f"a match at once, idle: median {took[10] * 1000:.0f} ms, longest of 20 {took[-1] * 1000:.0f} ms"]


def uploads(where: Where) -> list[str]:
    """Hold 26 uploads open without a token, half of each sent, while a member uploads."""
    with running(where) as house, contextlib.ExitStack() as stack:
        for _ in range(26):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", house.port), timeout=10))
            length = 10 * 1024 * 1024
            head = f"POST {RESUMES} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n"
            connection.sendall(head.encode() + b"Content-Type: multipart/form-data; boundary=b\r\n\r\n")
            with contextlib.suppress(OSError):
                connection.settimeout(3)
                connection.sendall(b"x" * (length // 2))
        found = [house.upload(f"cv{number}", slow_document(100), house.tokens[1]) for number in range(10)]
        statuses = Counter(status for status, _, _ in found)
        longest = max(seconds for _, _, seconds in found)
        return [f"a member's ten uploads: {dict(statuses)}, longest {longest * 1000:.0f} ms"]


def numbers(where: Where) -> list[str]:
    """Send 1.2 million numbers where an address is expected; then as many as are read at all."""
    with running(where) as house:
        house.ask("POST", LOGIN, {"email": "nobody@example.org", "password": "wrong"})
        said = []
        for count in (1_200_000, 30_000):
            body = b'{"email": [' + b"1," * (count - 1) + b'1], "password": "x"}'
            before, spent = processes.memory([house.web])["rss"], processes.processor_times([house.web])
            found = [house.ask("POST", LOGIN, body) for _ in range(5)]
            each = processes.spent(spent) / len(found) * 1000
            grown = processes.memory([house.web])["rss"] - before
            statuses = dict(Counter(status for status, _, _ in found))
            longest = max(seconds for _, _, seconds in found) * 1000
            size = max(len(answer) for _, answer, _ in found)
            said.append(
                f"{count:,} numbers ({len(body):,} bytes): {statuses}, longest {longest:.0f} ms, {each:.0f} ms of the"
                f" processor each, {grown:.1f} MB more, answers of {size} bytes at most"
            )
        return said


def connections(where: Where) -> list[str]:
    """Open 2,300 connections that say nothing."""
    with running(where) as house:
        with Probe(house, LIST, house.tokens[0]) as lists, Probe(house, LIVE) as live:
            held = idle(house.port, 2300)
            time.sleep(8)
        for connection in held:
            connection.close()
        return [f"{len(held)} were opened", f"another's list: {lists}", f"live: {live}"]


def guesses(where: Where) -> list[str]:
    """Try sixty wrong passwords of one account at the same moment."""
    with running(where) as house:
        start = threading.Barrier(60)

        def guess(number: int) -> int:
            start.wait()
            body = {"email": "chaos1@example.org", "password": f"wrong {number}"}
            return house.ask("POST", LOGIN, body)[0]

        with ThreadPoolExecutor(60) as pool:
            statuses = Counter(pool.map(guess, range(60)))
        return [f"sixty at once: {dict(statuses)}"]


_TRIALS: Sequence[Trial] = (
    *(letters, resumes, matches, answer, uploads, numbers, connections, guesses),
    *(writers, mails, lines, chats, backup, disk),
)
TRIALS = {trial.__name__: trial for trial in _TRIALS}


def _while(house: House, work: Sequence[Callable[[], tuple[int, bytes, float]]], *, seconds: float) -> list[str]:
    """Do the work all at once, and say how others fare in its first seconds."""
    found: list[tuple[int, bytes, float]] = []

    def run(piece: Callable[[], Any]) -> None:
        found.append(piece())

    threads = [threading.Thread(target=run, args=[piece], daemon=True) for piece in work]
    with Probe(house, LIST, house.tokens[0]) as lists, Probe(house, LIVE) as live:
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and any(thread.is_alive() for thread in threads):
            time.sleep(0.1)
    statuses = dict(Counter(status for status, _, _ in found))
    return [f"another's list: {lists}", f"live: {live}", f"answered by then: {statuses} of {len(work)}"]
