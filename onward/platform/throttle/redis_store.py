"""Counts in Redis, shared by all machines."""

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from onward.platform.throttle.store import Count, Unavailable

log = logging.getLogger(__name__)

PREFIX = "onward:throttle:"
# Redis runs a script as one step, by its own clock.
_TAKE = """
local limit = tonumber(ARGV[1])
local used = tonumber(redis.call('GET', KEYS[1]) or '0')
local refused = 0
if used < limit then
  used = redis.call('INCR', KEYS[1])
else
  refused = 1
end
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  left = tonumber(ARGV[2])
  redis.call('PEXPIRE', KEYS[1], left)
end
return {used, refused, left}
"""
_GIVE_BACK = """
if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then
  redis.call('DECR', KEYS[1])
end
"""
# Seconds that Redis has for an answer, and in which it is then left alone.
PATIENCE = 1.0
REST = 10.0

T = TypeVar("T")


class RedisStore:
    """Asks Redis; when it does not answer, leaves it alone for a while, so that only one act waits for it."""

    def __init__(self, url: str) -> None:
        self._redis: Any = redis.Redis.from_url(
            url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            # Tried again at once when a connection turns out to be dead, as all are when Redis has been restarted;
            # never after a time-out.
            retry=Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
            protocol=2,
        )
        self._take = self._redis.register_script(_TAKE)
        self._give_back = self._redis.register_script(_GIVE_BACK)
        self._lock = Lock()
        self._rests_until = 0.0

    def take(self, key: int, limit: int, period: int) -> Count:
        """See :class:`Store`."""
        used, refused, left = self._ask(lambda: self._take(keys=[_name(key)], args=[limit, period * 1000]))
        return Count(used, bool(refused), time.time() + left / 1000)

    def look(self, key: int) -> Count | None:
        """See :class:`Store`."""

        def ask() -> list[Any]:
            pipeline = self._redis.pipeline(transaction=True)
            return list(pipeline.get(_name(key)).pttl(_name(key)).execute())

        used, left = self._ask(ask)
        return Count(int(used), False, time.time() + left / 1000) if used is not None and left > 0 else None

    def give_back(self, key: int) -> None:
        """See :class:`Store`."""
        self._ask(lambda: self._give_back(keys=[_name(key)]))

    def drop(self, key: int) -> None:
        """See :class:`Store`."""
        self._ask(lambda: self._redis.delete(_name(key)))

    def clear(self) -> None:
        """See :class:`Store`."""
        self._ask(lambda: [self._redis.delete(name) for name in self._redis.scan_iter(f"{PREFIX}*", count=1000)])

    def _ask(self, question: Callable[[], T]) -> T:
        if self._rests_until:
            self._wake()
        try:
            answer = question()
        except (redis.RedisError, OSError) as problem:
            self._rests_until = time.monotonic() + REST
            log.warning("Redis does not answer, so this machine counts alone for %g s: %s", REST, problem)
            raise Unavailable from problem
        self._rests_until = 0.0
        return answer

    def _wake(self) -> None:
        """Let one thread through when the rest is over, to see whether Redis is back; the others go on without it."""
        with self._lock:
            now = time.monotonic()
            if now < self._rests_until:
                raise Unavailable
            self._rests_until = now + 3 * PATIENCE


def _name(key: int) -> str:
    return f"{PREFIX}{key & 0xFFFFFFFFFFFFFFFF:016x}"
