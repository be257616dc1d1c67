"""How sources behave: well, and in all the ways in which they do not."""

import gzip
import hashlib
from collections.abc import Callable
from functools import cache

from tests.domain.ingestion.servers.hosts import Answer, Behaviour, Handler, Request

Well = Callable[[], Answer]


def well(request: Request, answer: Well, handler: Handler) -> Answer:
    """Answer as one should."""
    return answer()


def tagged(request: Request, answer: Well, handler: Handler) -> Answer:
    """Answer with an ETag, and with 304 to who has it."""
    found = answer()
    tag = f'"{hashlib.sha256(found.body).hexdigest()[:16]}"'
    if request.headers.get("if-none-match") == tag:
        return Answer(304, {"ETag": tag})
    return Answer(found.status, {**found.headers, "ETag": tag}, found.body)


def packed(request: Request, answer: Well, handler: Handler) -> Answer:
    """Answer in gzip."""
    found = answer()
    return Answer(found.status, {**found.headers, "Content-Encoding": "gzip"}, gzip.compress(found.body, 1))


@cache
def _nothing() -> bytes:
    return gzip.compress(b" " * 100_000_000, 9)


def bomb(request: Request, answer: Well, handler: Handler) -> Answer:
    """Answer with what unpacks to 100 MB of nothing."""
    return Answer(200, {"Content-Encoding": "gzip"}, _nothing())


def saying(status: int, body: bytes = b"{}", **headers: str) -> Behaviour:
    """Answer always the same."""

    def behave(request: Request, answer: Well, handler: Handler) -> Answer:
        return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)

    return behave


def at_first(times: int, first: Behaviour, then: Behaviour = well) -> Behaviour:
    """Behave in one way so many times, and in another afterwards."""

    def behave(request: Request, answer: Well, handler: Handler) -> Answer | None:
        return (first if request.number < times else then)(request, answer, handler)

    return behave


def limited(times: int, seconds: int | str = 1, status: int = 429) -> Behaviour:
    """Refuse so many times, and say when to come again."""
    return at_first(times, saying(status, Retry_After=str(seconds)))


def slow(seconds: float) -> Behaviour:
    """Think for a while before answering."""

    def behave(request: Request, answer: Well, handler: Handler) -> Answer:
        handler.stopping.wait(seconds)
        return answer()

    return behave


def dripping(pause: float = 0.2, size: int = 1) -> Behaviour:
    """Answer a little at a time."""

    def behave(request: Request, answer: Well, handler: Handler) -> None:
        found = answer()
        handler.begin(found)
        for start in range(0, len(found.body), size):
            if handler.stopping.wait(pause):
                return
            handler.wfile.write(found.body[start : start + size])

    return behave


def hanging(request: Request, answer: Well, handler: Handler) -> None:
    """Take the request and say nothing."""
    handler.stopping.wait(120)
    handler.close_connection = True


def hanging_midway(request: Request, answer: Well, handler: Handler) -> None:
    """Say half of it and no more."""
    found = answer()
    handler.begin(found)
    handler.wfile.write(found.body[: len(found.body) // 2])
    handler.wfile.flush()
    handler.stopping.wait(120)


def cut(request: Request, answer: Well, handler: Handler) -> None:
    """Hang up before the end that was announced."""
    found = answer()
    handler.begin(found)
    handler.wfile.write(found.body[: len(found.body) * 2 // 3])


def ending_early(request: Request, answer: Well, handler: Handler) -> Answer:
    """Send half a document as if it were whole."""
    found = answer()
    return Answer(found.status, found.headers, found.body[: len(found.body) * 2 // 3])


def hanging_up(request: Request, answer: Well, handler: Handler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True


def moved(to: str) -> Behaviour:
    """Redirect."""
    return saying(302, b"", Location=to)
