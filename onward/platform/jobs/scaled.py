"""What Celery's workers do: take the job that a message names, and keep the table in order."""

import logging
import os
import time
from datetime import timedelta
from functools import cache
from threading import Event, Thread

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from onward.platform.jobs import broker, services
from onward.platform.jobs.registry import periodic_kinds
from onward.platform.jobs.running import Attempt, Keeper
from onward.platform.jobs.services import Claim
from onward.platform.jobs.worker import DATABASE_PAUSE, LEASE, holder_name

logger = logging.getLogger("onward.jobs")

# A due job of which no message came through is told of again after this long.
AGAIN_AFTER = timedelta(seconds=10)
# No more messages are added by a sweep when so many wait.
MOST_WAITING = 1000
# Seconds between two looks at what runs.
TURN = 0.5


def run(job_id: int) -> None:
    """Run a job, unless it is not due or somebody else has taken it."""
    claim = services.claim_one(job_id, holder=holder_name(), at=timezone.now(), lease=LEASE)
    if claim is not None:
        _run(claim)


def run_heavy(job_id: int) -> None:
    """Run the heavy job whose account's turn it is: a message says that there is one more, not which is next.

    A job that had to wait, because its account had two under way, is told of by the one that ends.
    """
    claim = services.claim_heavy(holder=holder_name(), at=timezone.now(), lease=LEASE)
    if claim is None:
        return
    try:
        _run(claim)
    finally:
        services.announce_heavy(at=timezone.now())


def _run(claim: Claim) -> None:
    attempt = Attempt(claim)
    watch = _watch(os.getpid())
    watch.keeper.add(attempt)
    watch.wake.set()
    try:
        _record(attempt, attempt.perform())
    finally:
        watch.keeper.remove(attempt)


def _record(attempt: Attempt, error: str | None) -> None:
    """Record how a job ended, for as long as it is believed to run: what is done should not be done again."""
    until = time.monotonic() + LEASE.total_seconds()
    while True:
        try:
            return attempt.record(error)
        except (OperationalError, InterfaceError):
            if time.monotonic() > until:
                raise
            connection.close()
            time.sleep(DATABASE_PAUSE)


def keep_house() -> None:
    """Free the jobs of dead workers, plan periodic ones, and tell of due ones that nobody has picked up."""
    now = timezone.now()
    freed = services.free_expired(at=now)
    if freed:
        logger.warning("%s jobs of dead workers freed", freed)
    services.plan(periodic_kinds(), at=now)
    waiting = broker.length()
    if waiting is not None and waiting < MOST_WAITING:
        services.announce_due(at=now, again_after=AGAIN_AFTER, most=MOST_WAITING - waiting)


class Watch:
    """A thread beside the one that runs jobs: it renews leases and stops what takes too long."""

    def __init__(self) -> None:
        self.keeper = Keeper(LEASE)
        self.wake = Event()
        Thread(target=self._live, name="watch", daemon=True).start()

    def _live(self) -> None:
        while True:
            self.wake.wait()
            if not self.keeper.holders:
                self.wake.clear()
                # An attempt may have been added in between.
                if not self.keeper.holders:
                    continue
            self.wake.set()
            try:
                self.keeper.turn()
            except Exception as problem:
                logger.warning("the database does not answer the housekeeping: %s", problem)
                connection.close()
            time.sleep(TURN)


@cache
def _watch(process: int) -> Watch:
    # By process: threads do not survive a fork.
    return Watch()
