"""Counting and refusing."""

import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.utils.crypto import salted_hmac

from onward.platform.refusals import Throttled
from onward.platform.throttle.file_store import FileStore
from onward.platform.throttle.memory_store import MemoryStore
from onward.platform.throttle.store import Count, Store, Unavailable

FILE = "throttle.sqlite3"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a count comes to.

    :param remaining: how many more acts the window has room for
    :param reset: when the window ends, in whole seconds since 1970
    :param wait: whole seconds until it is worth trying again; 0 when the act was allowed
    """

    allowed: bool
    limit: int
    remaining: int
    reset: int
    wait: int


def hit(key: str, limit: int, period: int) -> Verdict:
    """Count one act of `key` and say whether it is among the `limit` allowed in a window of `period` seconds.

    An act that is refused is not counted. A store that does not answer is passed over: in the end each process counts
    for itself.
    """
    count = _ask(lambda store: store.take(number(key), limit, period))
    if count is None:
        return unused(limit, period)
    return Verdict(
        allowed=not count.refused,
        limit=limit,
        remaining=max(0, limit - count.used),
        reset=math.ceil(count.ends),
        wait=_wait(count) if count.refused else 0,
    )


def check(key: str, limit: int, period: int) -> None:
    """Refuse when the limit is reached already; nothing is counted.

    Of many who come at once all may pass, before the first of them is counted. Where that matters, use :func:`guard`.

    :raises Throttled: when the limit is reached
    """
    count = _ask(lambda store: store.look(number(key)))
    if count and count.used >= limit:
        raise Throttled(_wait(count))


def guard(key: str, limit: int, period: int) -> None:
    """Count one act that has a limit of its own, before it is done, and refuse the one after the last.

    Counting first is what makes the limit exact when many come at once. The answer to the request in which it is done
    tells of this limit where it leaves less than the general one.

    :raises Throttled: when the limit is reached
    """
    verdict = hit(key, limit, period)
    if (given := _given.get()) is not None:
        given.append(verdict)
    if not verdict.allowed:
        raise Throttled(verdict.wait)


# The verdicts of the guards that the request at hand has passed, or not passed.
_given: ContextVar[list[Verdict] | None] = ContextVar("throttle_given", default=None)


@contextmanager
def collect_verdicts() -> Iterator[list[Verdict]]:
    """Collect the verdicts of all guards that are asked within."""
    given: list[Verdict] = []
    token = _given.set(given)
    try:
        yield given
    finally:
        _given.reset(token)


def forget(key: str) -> None:
    """Forget all attempts of a key."""
    _ask(lambda store: store.drop(number(key)))


def give_back(key: str) -> None:
    """Take back one act that was counted before it was known whether it counts."""
    _ask(lambda store: store.give_back(number(key)))


def reset() -> None:
    """Forget every count."""
    for store in _stores():
        try:
            store.clear()
        except Unavailable:
            continue


def unused(limit: int, period: int) -> Verdict:
    """Return the verdict of a window that has not begun."""
    return Verdict(allowed=True, limit=limit, remaining=limit, reset=math.ceil(time.time() + period), wait=0)


def _wait(count: Count) -> int:
    return max(1, math.ceil(count.ends - time.time()))


def number(key: str) -> int:
    """Turn a key into the number it is stored by, from which nobody learns the address or account behind it."""
    digest = blake2b(key.encode("utf-8", "surrogatepass"), key=_pepper(settings.SECRET_KEY), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)


@lru_cache(maxsize=4)
def _pepper(secret: str) -> bytes:
    return salted_hmac("onward.platform.throttle", "key", secret=secret, algorithm="sha256").digest()


def _ask(question: Callable[[Store], T]) -> T | None:
    for store in _stores():
        try:
            return question(store)
        except Unavailable:
            continue
    return None


# By settings, because tests change those. A connection does not survive a fork, and must not be closed by the child.
_opened: dict[tuple[str, Path], tuple[Store, ...]] = {}
_inherited: list[object] = []


def _stores() -> tuple[Store, ...]:
    """Return the stores to ask, in turn."""
    which = (settings.REDIS_URL, settings.DATA_DIR)
    found = _opened.get(which)
    if found is None:
        file = FileStore(Path(settings.DATA_DIR) / FILE)
        stores: tuple[Store, ...] = (file, MemoryStore())
        if settings.REDIS_URL:
            # Only where it is used: the client library takes 20 MB in every process.
            from onward.platform.throttle.redis_store import RedisStore

            stores = (RedisStore(settings.REDIS_URL), *stores)
        # setdefault: of two threads that come at once both use the same.
        found = _opened.setdefault(which, stores)
    return found


def _leave_to_parent() -> None:
    global _opened
    _inherited.append(_opened)
    _opened = {}


os.register_at_fork(after_in_child=_leave_to_parent)
