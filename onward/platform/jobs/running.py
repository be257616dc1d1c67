"""One attempt at one job: what it may ask while it runs, and how it is stopped."""

import ctypes
import logging
import time
import traceback
from contextlib import suppress
from contextvars import ContextVar
from datetime import timedelta
from threading import Lock, get_ident
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.utils import timezone

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


class OutOfTime(BaseException):
    """The job took longer than its kind may: raised within it, wherever it is."""


_current: ContextVar["Attempt | None"] = ContextVar("job_attempt", default=None)


def cancelled() -> bool:
    """Whether the job that calls this was cancelled; asked in a loop it costs a query three times a second.

    False outside a job.
    """
    attempt = _current.get()
    return attempt is not None and attempt.is_cancelled()


def progress(percent: int, message: str = "") -> None:
    """Say how far the job that calls this is, for those who look at its row; twice a second at most is written.

    Within a transaction nobody sees it before the end. Outside a job nothing happens.

    :raises Cancelled: when the job was cancelled; let it pass
    """
    attempt = _current.get()
    if attempt is not None:
        attempt.note(percent, message)


class Attempt:
    """A claim that is being worked on, in the thread that makes this."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.overdue_since: float | None = None
        # Set by whoever gave its place to another attempt.
        self.replaced = False
        self._kind: Kind[Any] | None = None
        self._problem: UnknownKind | None = None
        try:
            self._kind = find(claim.kind)
        except UnknownKind as problem:
            self._problem = problem
        self._began = time.monotonic()
        self._ends = self._began + self._kind.time_limit if self._kind else self._began
        self._thread = get_ident()
        self._lock = Lock()
        self._over = False
        self._in_transaction = connection.in_atomic_block
        self._cancelled = False
        self._look_from = self._note_from = 0.0

    def run(self) -> None:
        """Run the job, and record what became of it.

        :raises DatabaseError: when the record cannot be written
        """
        self.record(self.perform())

    def perform(self) -> str | None:
        """Run the job and give what went wrong: nothing when it went well, None when it stopped as cancelled."""
        token = _current.set(self)
        try:
            try:
                done = self._call()
            finally:
                self._close()
                # An interruption that was asked for before the end comes at the latest here, where it is caught.
                _safe_point()
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
            if self.overdue_since is not None and not self._in_transaction:
                _forget_connection()
        took = (time.monotonic() - self._began) * 1000
        level = logging.DEBUG if done == 0 else logging.INFO
        logger.log(level, "job %s %s: done in %.0f ms", self.claim.job_id, self.claim.kind, took)
        return ""

    def record(self, error: str | None) -> None:
        """Write down what :meth:`perform` gave."""
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
            self._cancelled = not services.wanted(self.claim)
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
        """Interrupt the job when its time is up; from any thread. Gives whether it is overdue.

        Python delivers the interruption between two steps of its own: a call into the operating system or a library
        ends first. The lease of an overdue job is not renewed, so that it is freed when it does not end.
        """
        if self.overdue_since is not None:
            return True
        now = time.monotonic()
        if now < self._ends:
            return False
        with self._lock:
            if self._over:
                return False
            self.overdue_since = now
            _interrupt(self._thread, OutOfTime)
        logger.warning("job %s %s: over its time limit", self.claim.job_id, self.claim.kind)
        return True

    def _call(self) -> int | None:
        if self._kind is None:
            assert self._problem
            raise self._problem
        if self.claim.occurs:
            services.plan([self._kind], at=timezone.now())
        found: int | None = self._kind.function(**self.claim.payload)
        return found

    def _close(self) -> None:
        with self._lock:
            self._over = True


def _interrupt(thread: int, what: type[BaseException]) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(what))


def _safe_point() -> None:
    """Be called: Python looks for interruptions when a function begins."""


def _forget_connection() -> None:
    """Let the next one who asks have a new connection: an interruption may have left this one in the middle."""
    with suppress(Exception):
        connection.close()
    del connections[DEFAULT_DB_ALIAS]


class Keeper:
    """Renews the leases of the attempts that run in this process, and stops those that take too long."""

    def __init__(self, lease: timedelta) -> None:
        self._lease = lease
        self._turn = lease.total_seconds() / 4
        self._renew_from = 0.0
        self._attempts: dict[str, Attempt] = {}

    def add(self, attempt: Attempt) -> None:
        """Take care of an attempt, from its thread."""
        self._attempts[attempt.claim.holder] = attempt

    def remove(self, attempt: Attempt) -> None:
        """Take no more care of it."""
        self._attempts.pop(attempt.claim.holder, None)

    @property
    def holders(self) -> list[str]:
        """Who holds what runs now."""
        return list(self._attempts)

    def turn(self) -> list[Attempt]:
        """Do what has become necessary; gives the attempts that are overdue.

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
