"""The embedded worker: takes due jobs from the database and runs them."""

import logging
import os
import queue
import secrets
import signal
import socket
import time
from collections.abc import Callable, Collection
from datetime import timedelta
from threading import Event, Lock, Thread
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from onward.platform.jobs import services
from onward.platform.jobs.registry import DEFAULT, HEAVY, OUTBOUND, Kind, discover, periodic_kinds
from onward.platform.jobs.running import Attempt, Keeper
from onward.platform.jobs.services import Claim

logger = logging.getLogger("onward.jobs")

# Seconds between two looks at the table: half of it is how long a job waits on average.
POLL = 0.1
# A job of a worker that was killed runs again after at most one lease and a quarter.
LEASE = timedelta(seconds=60)
# Seconds that jobs are given to end when the worker is told to stop.
GRACE = 8.0
DATABASE_PAUSE = 1.0
# Jobs that run at the same time; those that wait for other people's servers cost little.
THREADS = 2
OUTBOUND_THREADS = 64
# Seconds that a job which cannot be stopped is left alone after its lease has run out. Then the worker ends.
PATIENCE = 60.0
HEAVY_THREADS = 8
# Seconds between two looks at what runs, and after which a thread without work ends.
TURN = 0.5
IDLE = 30.0


def run_due() -> int:
    """Run all jobs that are due, here and now, and return how many attempts that were."""
    attempts = 0
    while claim := _next(holder_name(), LEASE):
        Attempt(claim).run()
        attempts += 1
    return attempts


def _next(holder: str, lease: timedelta) -> Claim | None:
    at = timezone.now()
    return services.claim(holder=holder, at=at, lease=lease) or services.claim_heavy(holder=holder, at=at, lease=lease)


def holder_name() -> str:
    """Make a name for whoever holds a lease that nobody else has."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(6)}"


class Worker:
    """Runs jobs until it is told to stop.

    One thread claims jobs and hands each to a thread of its queue; the main thread renews leases, interrupts what takes
    too long, frees the jobs of dead workers, plans periodic ones and listens for signals. A database that does not
    answer is waited for.

    :param threads: how many jobs of the default queue run at the same time
    :param lease: how long a job is believed to run without a sign of life
    :param periodic: the kinds that it plans; None: all there are
    """

    def __init__(
        self,
        *,
        threads: int = THREADS,
        outbound: int = OUTBOUND_THREADS,
        heavy: int = HEAVY_THREADS,
        lease: timedelta = LEASE,
        poll: float = POLL,
        grace: float = GRACE,
        patience: float = PATIENCE,
        periodic: Collection[Kind[Any]] | None = None,
    ) -> None:
        self._lease = lease
        self._turn = lease.total_seconds() / 4
        self._poll = poll
        self._grace = grace
        self._patience = patience
        self._stuck: list[Attempt] = []
        self._periodic = periodic
        self._stopping = Event()
        # What a signal handler may touch: putting into a SimpleQueue is safe even inside itself.
        self._stop_requests: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._keeper = Keeper(lease)
        self._freed = Event()
        threads_of = {DEFAULT: threads, OUTBOUND: outbound, HEAVY: heavy}
        self._pools = {name: Pool(most, self._run, self._freed) for name, most in threads_of.items()}
        self._database_answers = True
        self._house_from = 0.0

    def run(self) -> bool:
        """Work until a signal or :meth:`stop`, then let running jobs end, or give them back.

        It stops by itself when a job cannot be stopped: ending its process is the only way that leaves nothing half
        done in it. Whoever started the worker starts it again.

        :returns: whether it was stopped from outside
        """
        discover()
        claimer = Thread(target=self._claim, daemon=True)
        claimer.start()
        is_requested = self._keep_house()
        self._stopping.set()
        self._freed.set()
        self._end(claimer)
        connection.close()
        return is_requested

    def listen(self) -> None:
        """Stop on SIGTERM and SIGINT; a second one does not wait for what runs. Main thread only."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda received, _: self._stop_requests.put(received))

    def stop(self) -> None:
        """Ask it to stop; safe from any thread and any signal handler."""
        self._stop_requests.put(signal.SIGTERM)

    def _claim(self) -> None:
        """Claim due jobs and hand them out, as many as there are threads for."""
        holder = holder_name()
        while not self._stopping.is_set():
            self._freed.clear()
            free = [name for name, pool in self._pools.items() if pool.free]
            if not free:
                self._freed.wait(self._turn)
                continue
            try:
                found = self._claim_from(free, holder)
            except Exception as problem:
                self._pause(problem)
                continue
            self._database_answers = True
            if found is None:
                self._stopping.wait(self._poll)
                continue
            holder = holder_name()
            self._pool_of(found).put(found)
        connection.close()

    def _claim_from(self, free: list[str], holder: str) -> Claim | None:
        """Claim from these queues; light jobs first, which take no time from the heavy ones' threads."""
        at = timezone.now()
        found = None
        light = [name for name in free if name != HEAVY]
        if light:
            queues = () if len(light) == len(self._pools) - 1 else light
            found = services.claim(holder=holder, at=at, lease=self._lease, queues=queues)
        if found is None and HEAVY in free:
            found = services.claim_heavy(holder=holder, at=at, lease=self._lease)
        return found

    def _run(self, found: Claim) -> None:
        """Run a job and record what became of it, in a thread of a pool."""
        attempt = Attempt(found)
        self._keeper.add(attempt)
        try:
            self._record(attempt, attempt.perform())
        finally:
            self._keeper.remove(attempt)
            if attempt.replaced:
                self._pool_of(found).change_most(-1)

    def _record(self, attempt: Attempt, error: str | None) -> None:
        """Record how a job ended, as often as it takes: what is done must not be done again for want of a database."""
        while True:
            try:
                return attempt.record(error)
            except (OperationalError, InterfaceError) as problem:
                if self._stopping.is_set():
                    return None
                self._pause(problem)
            except Exception:
                # Its lease runs out, and it is tried again; the runner must live to run the others.
                logger.exception("job %s %s: its end could not be recorded", attempt.claim.job_id, attempt.claim.kind)
                return None

    def _pause(self, problem: Exception) -> None:
        """Wait for the database, and start over with a new connection."""
        if self._database_answers:
            logger.warning("the database does not answer, waiting: %s", problem)
        self._database_answers = False
        connection.close()
        self._stopping.wait(DATABASE_PAUSE)

    def _keep_house(self) -> bool:
        """Renew, stop, free and plan until somebody requests it to stop; False when it has to by itself."""
        is_kept = True
        while True:
            try:
                self._replace_stuck(self._keeper.turn())
                if time.monotonic() >= self._house_from:
                    self._house_from = time.monotonic() + self._turn
                    freed = services.free_expired(at=timezone.now())
                    if freed:
                        logger.warning("%s jobs of dead workers freed", freed)
                    services.plan(periodic_kinds() if self._periodic is None else self._periodic, at=timezone.now())
                    is_kept = True
            except Exception as problem:
                # Other workers could not renew either: they are given the time to, once the database is back.
                self._house_from = time.monotonic() + self._turn * 2
                if is_kept:
                    logger.warning("the database does not answer the housekeeping: %s", problem)
                is_kept = False
                connection.close()
            if self._is_stop_requested_within(min(TURN, self._turn)):
                return True
            if self._is_out_of_patience():
                return False

    def _replace_stuck(self, overdue: list[Attempt]) -> None:
        """Start a thread in the place of one that a job does not give back: its lease has run out by now."""
        late = time.monotonic() - self._lease.total_seconds()
        for attempt in overdue:
            if attempt.overdue_since is not None and attempt.overdue_since < late:
                self._keeper.remove(attempt)
                attempt.replaced = True
                self._stuck.append(attempt)
                self._pool_of(attempt.claim).change_most(+1)

    def _is_out_of_patience(self) -> bool:
        """Whether a job that could not be stopped still runs, long after another worker may have it."""
        late = time.monotonic() - self._lease.total_seconds() - self._patience
        self._stuck = [attempt for attempt in self._stuck if not attempt.over]
        for attempt in self._stuck:
            if attempt.overdue_since is not None and attempt.overdue_since < late:
                logger.error("job %s %s: does not stop; the worker ends", attempt.claim.job_id, attempt.claim.kind)
                return True
        return False

    def _pool_of(self, claim: Claim) -> "Pool":
        return self._pools.get(claim.queue, self._pools[DEFAULT])

    def _is_stop_requested_within(self, seconds: float) -> bool:
        try:
            self._stop_requests.get(timeout=seconds)
        except queue.Empty:
            return False
        return True

    def _end(self, claimer: Thread) -> None:
        """Wait a while for what runs; then give it back for another worker to do."""
        patience = time.monotonic() + min(self._grace, self._lease.total_seconds() / 2)
        while claimer.is_alive() or any(pool.busy for pool in self._pools.values()):
            if self._is_stop_requested_within(0.05) or time.monotonic() > patience:
                break
        for pool in self._pools.values():
            pool.stop()
        holders = self._keeper.holders
        if holders:
            try:
                logger.warning("stopped before %s jobs were done; given back", services.release(holders=holders))
            except (OperationalError, InterfaceError):
                logger.warning("stopped before %s jobs were done; their leases run out", len(holders))


class Pool:
    """Threads that begin when there is work and end when there has been none for a while.

    Each keeps its database connection from one job to the next.
    """

    def __init__(self, most: int, run: Callable[[Claim], None], freed: Event) -> None:
        self._most = most
        self._run = run
        self._freed = freed
        self._lock = Lock()
        self._resting: list[queue.SimpleQueue[Claim | None]] = []
        self.busy = 0

    @property
    def free(self) -> bool:
        """Whether there is a thread for another job."""
        return self.busy < self._most

    def put(self, claim: Claim) -> None:
        """Have a job run."""
        with self._lock:
            self.busy += 1
            if self._resting:
                self._resting.pop().put(claim)
                return
        Thread(target=self._live, args=[claim], daemon=True).start()

    def change_most(self, by: int) -> None:
        """Make up for a thread that does not come back, or for one that came back after all."""
        with self._lock:
            self._most += by
        self._freed.set()

    def stop(self) -> None:
        """End the idle threads."""
        with self._lock:
            while self._resting:
                self._resting.pop().put(None)

    def _live(self, claim: Claim | None) -> None:
        box: queue.SimpleQueue[Claim | None] = queue.SimpleQueue()
        while claim is not None:
            try:
                self._run(claim)
            except Exception:
                logger.exception("job %s %s: could not be recorded", claim.job_id, claim.kind)
            with self._lock:
                self.busy -= 1
                self._resting.append(box)
            self._freed.set()
            claim = self._next(box)
        connection.close()

    def _next(self, box: "queue.SimpleQueue[Claim | None]") -> Claim | None:
        try:
            return box.get(timeout=IDLE)
        except queue.Empty:
            with self._lock:
                if box in self._resting:
                    self._resting.remove(box)
                    return None
            # Work was put in at the last moment.
            return box.get()
