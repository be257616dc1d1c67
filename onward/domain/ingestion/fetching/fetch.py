"""One reading's way to its source."""

import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import urljoin

import tenacity
from django.conf import settings
from protego import Protego

from onward import __version__
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching.body import Body, spool
from onward.domain.ingestion.fetching.failures import Broken, NotModified, Spent
from onward.domain.ingestion.fetching.reach import origin_of, reach
from onward.domain.ingestion.fetching.turns import Turns
from onward.domain.ingestion.sources.registry import KINDS, is_public
from onward.platform import jobs, outbound, throttle

ATTEMPTS = 4
# Seconds for one thing that is asked for, all attempts and the waiting between them together.
PATIENCE = 60.0
# Seconds. What a source may ask us to wait, and what we wait of ourselves, before jitter.
LONGEST_WAIT = 30.0
FIRST_WAIT = 1.0
# Seconds between two requests to a host that is not a kind's public one.
SPACING = 0.05
DAY = 24 * 60 * 60
# Seconds between two looks at whether the reading is still wanted.
TURN = 0.5
# Bytes of a robots.txt that count.
LONGEST_RULES = 512 * 1024
AGENT = "Onward"
HEADERS = {
    "User-Agent": f"{AGENT}/{__version__}",
    "Accept": "application/json, text/html;q=0.9, */*;q=0.8",
}

# How all waiting is done; tests hold it.
pause: Callable[[float], None] = time.sleep


class Manners(Protocol):
    """Who may ask a host, and when; see :class:`Turns`."""

    def take(self, origin: str) -> None:
        """Wait until it is this reading's turn at a host."""

    def wait(self, origin: str, spacing: float) -> None:
        """Wait until a host may be asked."""

    def keep(self) -> None:
        """Say that the turn is still used."""

    def rest(self, seconds: float) -> None:
        """Let nobody ask the host for a while."""

    def leave(self) -> None:
        """Leave the turn to whoever is next."""


class _Again(Exception):
    """A request that may go better the next time. :ivar after: seconds that the source wants to be left alone"""

    def __init__(self, reason: str, status: int | None = None, after: float | None = None) -> None:
        self.reason = reason
        self.status = status
        self.after = after
        super().__init__(reason)


def _still_wanted() -> None:
    if jobs.cancelled():
        raise jobs.Cancelled


class Fetch:
    """Gets what an adapter asks for, and leaves its turn at the host to others when it is left itself.

    :param place: of all readings that wait for a host, the lowest comes first; each has a place of its own
    :param etags: the ETags of the last reading that was taken in whole, by address
    :param wanted: raises when the reading is not wanted any more; called at least twice a second. By default it asks
        the job that runs
    :ivar etags: of what came in this reading; to be kept only when all of it was taken in
    """

    def __init__(
        self,
        entry: Entry,
        *,
        place: int = 0,
        etags: Mapping[str, str] | None = None,
        wanted: Callable[[], None] = _still_wanted,
        manners: Manners | None = None,
    ) -> None:
        self.entry = entry
        self.etags: dict[str, str] = {}
        self._known = etags or {}
        self._wanted = wanted
        self._robots: dict[str, Protego] = {}
        self._manners: Manners = Turns(place, self._sleep) if manners is None else manners

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self._manners.leave()

    def whole(self, url: str) -> Body:
        """Get an address that holds all that a source has.

        :raises NotModified: when it has not changed
        :raises Broken: when it cannot be had
        """
        known = self._known.get(url)
        body = self._get(url, {"If-None-Match": known} if known else {})
        if etag := body.headers.get("etag", ""):
            self.etags[url] = etag
        return body

    def page(self, url: str) -> Body:
        """Get an address that holds a part of what a source has.

        :raises Broken: when it cannot be had
        """
        return self._get(url, {})

    def obey_robots(self, url: str) -> None:
        """Ask a host whether a page of it may be read by programs.

        :raises Broken: when it may not, or when the host does not say
        """
        where = urljoin(url, "/robots.txt")
        if where not in self._robots:
            self._robots[where] = self._rules(where)
        if not self._robots[where].can_fetch(url, AGENT):
            raise Broken("The site's robots.txt does not allow it.")

    def _rules(self, where: str) -> Protego:
        try:
            with self.page(where) as body:
                return Protego.parse(body.read(LONGEST_RULES).decode("utf-8", "replace"))
        except Broken as problem:
            # RFC 9309: who has none allows everything, and who cannot say now allows nothing.
            if problem.status is not None and 300 <= problem.status < 500 and problem.status != 429:
                return Protego.parse("")
            raise Broken(f"The site's robots.txt cannot be had: {problem.reason}", problem.status) from None

    def file(self, path: str) -> Body:
        """Open a file of this machine, which only the operator's own list of sources may name.

        :raises Broken: when it may not be read, or cannot
        """
        if not any(one.name == self.entry.name and one.base_url == path for one in settings.SOURCES):
            raise Broken("Only the file of sources may name a file.")
        try:
            return Body(path, {}, Path(path).open("rb"), b"")
        except OSError as problem:
            raise Broken(f"The file cannot be read: {problem.strerror}.") from None

    def take_turn(self, url: str) -> None:
        """Wait for one's turn at a host, and count it as asked: something else will ask it."""
        host = _host(url)
        self._manners.take(host)
        self._count(host)

    def wait(self, seconds: float) -> None:
        """Wait, and stop at once when the reading is not wanted any more."""
        self._sleep(seconds)

    def _get(self, url: str, headers: Mapping[str, str]) -> Body:
        host = _host(url)
        # However long others take, it is not this source's fault.
        self._manners.take(host)
        ends = time.monotonic() + PATIENCE
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_Again),
            stop=tenacity.stop_after_attempt(ATTEMPTS) | tenacity.stop_before_delay(PATIENCE),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return retrying(self._ask, url, host, headers, ends)
        except _Again as problem:
            raise Broken(problem.reason, problem.status) from None

    def _ask(self, url: str, host: str, headers: Mapping[str, str], ends: float) -> Body:
        """Ask once.

        :raises _Again: when it may go better the next time
        """
        self._wanted()
        self._count(host)
        self._manners.wait(host, KINDS[self.entry.kind].spacing if is_public(self.entry) else SPACING)
        file = spool()
        digest = blake2b(digest_size=16)
        try:
            with outbound.stream(
                url,
                headers={**HEADERS, **headers},
                deadline=ends - time.monotonic(),
                reach=reach(url, self.entry),
                wanted=self._look,
            ) as answer:
                _judge(answer)
                for piece in answer.pieces:
                    digest.update(piece)
                    file.write(piece)
            file.seek(0)
            return Body(answer.url, answer.headers, file, digest.digest())
        except BaseException as problem:
            file.close()
            if isinstance(problem, _Again) and problem.after:
                self._manners.rest(problem.after)
            if isinstance(problem, outbound.Failed):
                raise _Again(problem.message) from None
            if isinstance(problem, outbound.NoAnswer):
                raise Broken(problem.message) from None
            raise

    def _count(self, host: str) -> None:
        """Count a request to a source that may be asked so many times a day.

        :raises Spent: when it was asked as often as that
        """
        limits = [(f"ingestion:source:{self.entry.name}", self.entry.daily_limit)]
        if is_public(self.entry):
            limits.append((f"ingestion:host:{host}", KINDS[self.entry.kind].a_day))
        for key, limit in limits:
            if limit is not None and not throttle.hit(key, limit, DAY).allowed:
                raise Spent(f"It may be asked {limit} times a day, and was.")

    def _look(self) -> None:
        self._wanted()
        self._manners.keep()

    def _sleep(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self._look()
            pause(min(left, TURN))


def _host(url: str) -> str:
    """Return what a host is known by: all that share it take turns."""
    origin = origin_of(url)
    if origin is None:
        raise Broken("This is not a web address.")
    return "{}://{}:{}".format(*origin)


def _judge(answer: outbound.Stream) -> None:
    """Pass an answer that is what was asked for.

    :raises NotModified: when there is nothing new
    :raises _Again: when it may go better the next time
    :raises Broken: when it will not
    """
    status = answer.status
    if status == 200:
        return
    if status == 304:
        raise NotModified
    if status == 429 or status >= 500:
        raise _Again(f"The source answered {status}.", status, _retry_after(answer.headers))
    if 300 <= status < 400:
        raise Broken(f"The source answered {status}, a redirect to another place.", status)
    raise Broken(f"The source answered {status}.", status)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds the source wants to be left alone, within what we are willing to wait."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return min(float(text), LONGEST_WAIT) if len(text) < 10 else LONGEST_WAIT
    with suppress(ValueError, OverflowError):
        return min(max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0), LONGEST_WAIT)
    return None


def _wait(state: tenacity.RetryCallState) -> float:
    problem = state.outcome and state.outcome.exception()
    if isinstance(problem, _Again) and problem.after is not None:
        return problem.after
    return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (state.attempt_number - 1)) * (0.5 + random.random())  # noqa: S311
