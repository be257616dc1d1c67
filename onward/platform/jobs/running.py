"""One attempt at one job: what it may ask while it runs, and how it is stopped."""

import logging
import time
import traceback
from contextvars import ContextVar
from datetime import timedelta
from threading import Lock
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from onward.platform import deadlines
from onward.platform.deadlines import Deadline, OutOfTime
from onward.platform.jobs import services
from onward.platform.jobs.registry import Kind, UnknownKind, find
from onward.platform.jobs.services import Claim

logger = logging.getLogger("onward.jobs")

# Seconds between two looks at the row of a job that asks whether it is still wanted, and between two notes in it.
LOOK = 0.3
NOTE = 0.5


class Cancelled(BaseException):
    """The job was cancelled: raised within it where it tells of its progress.

    Not an Exception, so that a job that catches those does not go on by accident.
    """


_current: ContextVar["Attempt | None"] = ContextVar("job_attempt", default=None)


def cancelled() -> bool:
    """Whether the job that calls this was cancelled; asked in a loop it costs a query three times a second.

    False outside a job.

    :raises OutOfTime: when the job's time is up; let it pass
    """
    deadlines.check()
    attempt = _current.get()
    return attempt is not None and attempt.is_cancelled()


def progress(percent: int, message: str = "") -> None:
    """Record how far the job that calls this is, twice a second at most.

    Within a transaction nobody sees it before the end. Outside a job nothing happens.

    :raises Cancelled: when the job was cancelled; let it pass
    :raises OutOfTime: when its time is up; let it pass
    """
    deadlines.check()
    attempt = _current.get()
    if attempt is not None:
        attempt.note(percent, message)


def own_id() -> int | None:
    """Return the id of the job that calls this; None outside a job."""
    attempt = _current.get()
    return attempt.claim.job_id if attempt else None


def is_last_attempt() -> bool:
    """Whether the job that calls this is given up when it fails now; False outside a job."""
    attempt = _current.get()
    return attempt is not None and attempt.claim.attempt >= attempt.claim.max_attempts


def leave_answer(answer: dict[str, Any]) -> None:
    """Write what the job that calls this has to say to whoever waits for it; outside a job nothing happens."""
    attempt = _current.get()
    if attempt is not None:
        services.note_answer(attempt.claim, answer=answer)


class Attempt:
    """A claim that is being worked on, in the thread that makes this."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.overdue_since: float | None = None
        # Set by whoever gave its place to another attempt.
        self.replaced = False
        self.over = False
        self._kind: Kind[Any] | None = None
        self._problem: UnknownKind | None = None
        try:
            self._kind = find(claim.kind)
        except UnknownKind as problem:
            self._problem = problem
        self._began = time.monotonic()
        self._deadline = Deadline(self._kind.time_limit if self._kind else 0)
        self._database: Any = connections[DEFAULT_DB_ALIAS]
        self._lock = Lock()
        self._cancelled = False
        self._look_from = self._note_from = 0.0

    def run(self) -> None:
        """Run the job, and record what became of it.

        :raises DatabaseError: when the record cannot be written
        """
        self.record(self.perform())

    def perform(self) -> str | None:
        """Run the job and return what went wrong: nothing when it went well, None when it stopped as cancelled."""
        token = _current.set(self)
        try:
            done = self._call()
        except Cancelled:
            logger.info("job %s %s: stopped, because it was cancelled", self.claim.job_id, self.claim.kind)
            return None
        except (Exception, SystemExit, OutOfTime) as problem:
            # Arguments and the error's words may be private: the row keeps them, the log does not.
            what = type(problem).__name__
            logger.warning(
                "job %s %s: attempt %s failed: %s", self.claim.job_id, self.claim.kind, self.claim.attempt, what
            )
            return "".join(traceback.format_exception(problem))
        finally:
            _current.reset(token)
            with self._lock:
                # From here on nobody interrupts a statement on its connection.
                self.over = True
        took = (time.monotonic() - self._began) * 1000
        level = logging.DEBUG if done == 0 else logging.INFO
        logger.log(level, "job %s %s: done in %.0f ms", self.claim.job_id, self.claim.kind, took)
        return ""

    def record(self, error: str | None) -> None:
        """Record what :meth:`perform` returned."""
        now = timezone.now()
        if error is None:
            held = services.leave_off(self.claim, at=now)
        elif error:
            held = services.fail(self.claim, error=error, at=now)
        else:
            held = services.finish(self.claim, at=now)
        if not held:
            logger.warning("job %s %s: the lease was lost while it ran", self.claim.job_id, self.claim.kind)

    def is_cancelled(self) -> bool:
        """Look at the row, unless it was looked at just now."""
        now = time.monotonic()
        if not self._cancelled and now >= self._look_from:
            self._look_from = now + LOOK
            self._cancelled = not services.is_wanted(self.claim)
        return self._cancelled

    def note(self, percent: int, message: str) -> None:
        """Write into the row, unless it was written to just now.

        :raises Cancelled: when the job was cancelled
        """
        if self.is_cancelled():
            raise Cancelled
        now = time.monotonic()
        if now >= self._note_from:
            self._note_from = now + NOTE
            services.note_progress(self.claim, percent=percent, message=message)

    def stop_when_overdue(self) -> bool:
        """Interrupt the statement that a job waits for when its time is up; from any thread.

        The statement fails as any may, with the connection fit for the next. What is not a statement hears of the time
        where it asks (:mod:`onward.platform.deadlines`). The lease of an overdue job is not renewed, so that it is
        freed when it does not end.

        :returns: whether it is overdue
        """
        with self._lock:
            if self.over:
                return False
            if self._deadline.left <= 0:
                # Not while it tidies up, which moves its deadline.
                self._database.interrupt()
            elif self.overdue_since is None:
                return False
            if self.overdue_since is None:
                self.overdue_since = time.monotonic()
                logger.warning("job %s %s: over its time limit", self.claim.job_id, self.claim.kind)
        return True

    def _call(self) -> int | None:
        if self._kind is None:
            assert self._problem
            raise self._problem
        if self.claim.occurs:
            services.plan([self._kind], at=timezone.now())
        with deadlines.within(self._deadline):
            found: int | None = self._kind.function(**self.claim.payload)
        return found


class Keeper:
    """Renews the leases of the attempts that run in this process, and stops those that take too long."""

    def __init__(self, lease: timedelta) -> None:
        self._lease = lease
        self._turn = lease.total_seconds() / 4
        self._renew_from = 0.0
        self._attempts: dict[str, Attempt] = {}

    def add(self, attempt: Attempt) -> None:
        """Renew the lease of an attempt, and stop it when its time is up."""
        self._attempts[attempt.claim.holder] = attempt

    def remove(self, attempt: Attempt) -> None:
        """Leave an attempt alone, because it has ended or cannot be stopped."""
        self._attempts.pop(attempt.claim.holder, None)

    @property
    def holders(self) -> list[str]:
        """Who holds what runs now."""
        return list(self._attempts)

    def turn(self) -> list[Attempt]:
        """Do what has become necessary, and return the attempts that are overdue.

        :raises DatabaseError: when leases cannot be renewed
        """
        overdue: list[Attempt] = []
        good: list[Attempt] = []
        for attempt in list(self._attempts.values()):
            (overdue if attempt.stop_when_overdue() else good).append(attempt)
        now = time.monotonic()
        if good and now >= self._renew_from:
            services.renew(holders=[a.claim.holder for a in good], at=timezone.now(), lease=self._lease)
            self._renew_from = now + self._turn
        return overdue
