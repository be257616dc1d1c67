"""The embedded worker: takes due jobs from the database and runs them."""

import logging
import os
import queue
import secrets
import signal
import socket
import time
import traceback
from datetime import timedelta
from threading import Event, Thread

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from onward.platform.jobs import services
from onward.platform.jobs.registry import discover, find
from onward.platform.jobs.services import Claim

logger = logging.getLogger("onward.jobs")

# Seconds between two looks at the table: half of it is how long a job waits on average.
POLL = 0.1
# A job of a worker that was killed runs again after at most one lease and a quarter.
LEASE = timedelta(seconds=60)
# Seconds that jobs are given to end when the worker is told to stop.
GRACE = 8.0
SWEEP_EVERY = 3600.0
DATABASE_PAUSE = 1.0


def run_due() -> int:
    """Run all jobs that are due, here and now, and give how many attempts that were."""
    holder = _holder("here")
    attempts = 0
    while claim := services.claim(holder=holder, at=timezone.now(), lease=LEASE):
        error = perform(claim)
        _settle(claim, error)
        attempts += 1
    return attempts


def perform(claim: Claim) -> str:
    """Run one job and give what went wrong; nothing when it went well."""
    begun = time.monotonic()
    try:
        find(claim.kind).function(**claim.payload)
    except (Exception, SystemExit) as problem:
        # Arguments and the error's words may be private: the row keeps them, the log does not.
        what = type(problem).__name__
        logger.warning("job %s %s: attempt %s failed: %s", claim.job_id, claim.kind, claim.attempt, what)
        return "".join(traceback.format_exception(problem))
    logger.info("job %s %s: done in %.0f ms", claim.job_id, claim.kind, (time.monotonic() - begun) * 1000)
    return ""


def _settle(claim: Claim, error: str) -> None:
    now = timezone.now()
    held = services.fail(claim, error=error, at=now) if error else services.finish(claim, at=now)
    if not held:
        logger.warning("job %s %s: the lease was lost while it ran", claim.job_id, claim.kind)


def _holder(name: str) -> str:
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{name}:{secrets.token_hex(4)}"


class Worker:
    """Runs jobs until it is told to stop.

    The runners claim and run, one job each at a time; the main thread renews their leases, frees those of dead
    workers and listens for signals. A database that does not answer is waited for.

    :param threads: how many jobs run at the same time
    :param lease: how long a job is believed to run without a sign of life
    """

    def __init__(self, *, threads: int = 1, lease: timedelta = LEASE, poll: float = POLL, grace: float = GRACE) -> None:
        self._lease = lease
        self._turn = lease.total_seconds() / 4
        self._poll = poll
        self._grace = grace
        self._stopping = Event()
        # What a signal handler may touch: putting into a SimpleQueue is safe even inside itself.
        self._wishes: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._held: dict[str, Claim | None] = {_holder(str(number)): None for number in range(threads)}
        self._database_answers = True
        self._free_from = 0.0
        self._sweep_from = 0.0

    def run(self) -> None:
        """Work until a signal or :meth:`stop`, then let running jobs end, or give them back."""
        discover()
        runners = [Thread(target=self._work, args=[holder], daemon=True) for holder in self._held]
        for runner in runners:
            runner.start()
        self._keep_house()
        self._stopping.set()
        self._see_off(runners)
        connection.close()

    def listen(self) -> None:
        """Stop on SIGTERM and SIGINT; a second one does not wait for what runs. Main thread only."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda received, _: self._wishes.put(received))

    def stop(self) -> None:
        """Ask it to stop; safe from any thread and any signal handler."""
        self._wishes.put(signal.SIGTERM)

    def _work(self, holder: str) -> None:
        """Be a runner: claim, run, record."""
        while not self._stopping.is_set():
            try:
                found = services.claim(holder=holder, at=timezone.now(), lease=self._lease)
            except Exception as problem:
                self._rest(problem)
                continue
            self._database_answers = True
            if found is None:
                self._stopping.wait(self._poll)
                continue
            self._held[holder] = found
            self._record(found, perform(found))
            self._held[holder] = None
        connection.close()

    def _record(self, found: Claim, error: str) -> None:
        """Record how a job ended, as often as it takes: what is done must not be done again for want of a database."""
        while True:
            try:
                return _settle(found, error)
            except (OperationalError, InterfaceError) as problem:
                if self._stopping.is_set():
                    return None
                self._rest(problem)
            except Exception:
                # Its lease runs out, and it is tried again; the runner must live to run the others.
                logger.exception("job %s %s: its end could not be recorded", found.job_id, found.kind)
                return None

    def _rest(self, problem: Exception) -> None:
        """Let the database come to itself, and start over with a new connection."""
        if self._database_answers:
            logger.warning("the database does not answer, waiting: %s", problem)
        self._database_answers = False
        connection.close()
        self._stopping.wait(DATABASE_PAUSE)

    def _keep_house(self) -> None:
        """Renew, free and sweep until somebody wishes the worker to stop."""
        while True:
            try:
                self._renew()
                now = time.monotonic()
                if now >= self._free_from:
                    freed = services.free_expired(at=timezone.now())
                    if freed:
                        logger.warning("%s jobs of dead workers freed", freed)
                if now >= self._sweep_from:
                    services.sweep(at=timezone.now())
                    self._sweep_from = now + SWEEP_EVERY
            except Exception as problem:
                # Other workers could not renew either: they are given the time to, once the database is back.
                self._free_from = time.monotonic() + self._turn * 2
                logger.warning("the database does not answer the housekeeping: %s", problem)
                connection.close()
            if self._wish_within(self._turn):
                return

    def _wish_within(self, seconds: float) -> bool:
        try:
            self._wishes.get(timeout=seconds)
        except queue.Empty:
            return False
        return True

    def _renew(self) -> None:
        holders = [holder for holder, found in self._held.items() if found]
        if holders:
            services.renew(holders=holders, at=timezone.now(), lease=self._lease)

    def _see_off(self, runners: list[Thread]) -> None:
        """Wait for what runs, for a while; then give it back for another worker to do."""
        patience = time.monotonic() + min(self._grace, self._lease.total_seconds() / 2)
        while any(runner.is_alive() for runner in runners):
            if self._wish_within(0.05) or time.monotonic() > patience:
                break
        holders = [holder for holder, found in self._held.items() if found]
        if holders:
            try:
                logger.warning("stopped before %s jobs were done; given back", services.release(holders=holders))
            except (OperationalError, InterfaceError):
                logger.warning("stopped before %s jobs were done; their leases run out", len(holders))
