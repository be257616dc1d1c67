"""One reading's way to its source."""

import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from hashlib import blake2b

import tenacity

from onward import __version__
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching.body import Body, spool
from onward.domain.ingestion.fetching.failures import Broken, NotModified
from onward.domain.ingestion.fetching.reach import reach
from onward.platform import jobs, outbound

ATTEMPTS = 4
# Seconds for one thing that is asked for, all attempts and the waiting between them together.
PATIENCE = 60.0
# Seconds. What a source may ask us to wait, and what we wait of ourselves, before jitter.
LONGEST_WAIT = 30.0
FIRST_WAIT = 1.0
# Seconds between two looks at whether the reading is still wanted.
TURN = 0.5
HEADERS = {
    "User-Agent": f"Onward/{__version__}",
    "Accept": "application/json, text/html;q=0.9, */*;q=0.8",
}


class _Again(Exception):
    """A request that may go better the next time. :ivar after: seconds that the source wants to be left alone"""

    def __init__(self, reason: str, after: float | None = None) -> None:
        self.reason = reason
        self.after = after
        super().__init__(reason)


def _still_wanted() -> None:
    if jobs.cancelled():
        raise jobs.Cancelled


class Fetch:
    """Gets what an adapter asks for.

    :param etags: the ETags of the last reading that was taken in whole, by address
    :param wanted: raises when the reading is not wanted any more; called at least twice a second. By default it asks
        the job that runs
    :ivar etags: of what came in this reading; to be kept only when all of it was taken in
    """

    def __init__(
        self,
        entry: Entry,
        *,
        etags: Mapping[str, str] | None = None,
        wanted: Callable[[], None] = _still_wanted,
    ) -> None:
        self.entry = entry
        self.etags: dict[str, str] = {}
        self._known = etags or {}
        self._wanted = wanted

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

    def _get(self, url: str, headers: Mapping[str, str]) -> Body:
        ends = time.monotonic() + PATIENCE
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_Again),
            stop=tenacity.stop_after_attempt(ATTEMPTS) | tenacity.stop_before_delay(PATIENCE),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return retrying(self._ask, url, headers, ends)
        except _Again as problem:
            raise Broken(problem.reason) from None

    def _ask(self, url: str, headers: Mapping[str, str], ends: float) -> Body:
        """Ask once.

        :raises _Again: when it may go better the next time
        """
        self._wanted()
        file = spool()
        digest = blake2b(digest_size=16)
        try:
            with outbound.stream(
                url,
                headers={**HEADERS, **headers},
                deadline=ends - time.monotonic(),
                reach=reach(url, self.entry),
                wanted=self._wanted,
            ) as answer:
                _judge(answer)
                for piece in answer.pieces:
                    digest.update(piece)
                    file.write(piece)
            file.seek(0)
            return Body(answer.url, answer.headers, file, digest.digest())
        except outbound.Failed as problem:
            file.close()
            raise _Again(problem.message) from None
        except outbound.NoAnswer as problem:
            file.close()
            raise Broken(problem.message) from None
        except BaseException:
            file.close()
            raise

    def _sleep(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self._wanted()
            time.sleep(min(left, TURN))


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
        raise _Again(f"The source answered {status}.", _retry_after(answer.headers))
    if 300 <= status < 400:
        raise Broken(f"The source answered {status}, a redirect to another place.")
    raise Broken(f"The source answered {status}.")


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds the source wants to be left alone, within what we are willing to wait."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return min(float(text), LONGEST_WAIT) if len(text) < 10 else LONGEST_WAIT
    with suppress(ValueError):
        return min(max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0), LONGEST_WAIT)
    return None


def _wait(state: tenacity.RetryCallState) -> float:
    problem = state.outcome and state.outcome.exception()
    if isinstance(problem, _Again) and problem.after is not None:
        return problem.after
    return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (state.attempt_number - 1)) * (0.5 + random.random())  # noqa: S311
