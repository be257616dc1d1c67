"""Telling Celery's workers of a job, over Redis: a message carries the job's id and nothing else.

The row stays the truth. A message that gets lost, comes late or comes twice costs time and nothing else, so none is
sent again at once and nobody waits long for Redis.
"""

import logging
import time
from functools import cache
from threading import Lock
from typing import Any

from django.conf import settings

from onward.platform.jobs.registry import HEAVY, LONGEST_LIMIT, QUEUES

logger = logging.getLogger("onward.jobs")

RUN = "onward.run"
RUN_HEAVY = "onward.run_heavy"
KEEP_HOUSE = "onward.keep_house"
HOUSE = "house"
# Seconds between two sweeps of the beat.
SWEEP_EVERY = 5.0
# Seconds that Redis has for an answer, and in which it is then left alone.
PATIENCE = 1
REST = 5.0
# Seconds that a job has to stop after its time is up, before its process is ended.
MARGIN = 60.0
# More connections than there are threads that answer requests: none waits for another's.
CONNECTIONS = 32

_lock = Lock()
_rests_until = 0.0


@cache
def app() -> Any:
    """Make the Celery application. Celery is loaded here and nowhere else: it weighs as much as a small server."""
    from celery import Celery
    from kombu import Queue

    found = Celery("onward", broker=settings.REDIS_URL)
    found.conf.update(
        task_queues=[Queue(queue_name(name)) for name in (*QUEUES, HOUSE)],
        task_default_queue=queue_name(QUEUES[0]),
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        # A message is put back when whoever has it dies.
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        # Where the message names none.
        task_time_limit=LONGEST_LIMIT + 300,
        task_publish_retry=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_pool_limit=CONNECTIONS,
        broker_transport_options={
            "socket_timeout": PATIENCE,
            "socket_connect_timeout": PATIENCE,
            "max_retries": 0,
            "visibility_timeout": 3600,
        },
        worker_hijack_root_logger=False,
        worker_send_task_events=False,
        # Remembers nothing: what is periodic are rows, and a file would be missed on a full disk.
        beat_scheduler="celery.beat:Scheduler",
        beat_schedule={
            KEEP_HOUSE: {
                "task": KEEP_HOUSE,
                "schedule": SWEEP_EVERY,
                "options": {"queue": queue_name(HOUSE), "expires": SWEEP_EVERY * 2},
            }
        },
    )
    # What it puts off until it is used, the first request that asks for a job would wait for.
    found.finalize(auto=True)
    return found


def queue_name(queue: str) -> str:
    """Return the name of a queue in Redis."""
    return f"onward.{queue}"


def announce(job_id: int, queue: str, time_limit: float) -> bool:
    """Announce a job to the workers; False when Redis does not answer, or did not a moment ago.

    :param time_limit: the job's, in seconds. Celery ends the process whose job does not stop for it; that is the only
        safe way where code does not ask, and it is there where a process runs one job (the pool `prefork`)
    """
    if not _may_ask():
        return False
    try:
        app().send_task(
            RUN_HEAVY if queue == HEAVY else RUN,
            args=[job_id],
            queue=queue_name(queue),
            retry=False,
            ignore_result=True,
            time_limit=time_limit + MARGIN,
        )
    except Exception as problem:
        _leave_alone(problem)
        return False
    _answers()
    return True


def length() -> int | None:
    """Return how many messages wait; None when Redis does not answer."""
    import redis

    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
    try:
        return sum(int(client.llen(queue_name(queue))) for queue in QUEUES)
    except redis.RedisError as problem:
        _leave_alone(problem)
        return None
    finally:
        client.close()


def _may_ask() -> bool:
    """Let one thread through when the rest is over, to see whether Redis is back; the others go on without it."""
    global _rests_until
    if not _rests_until:
        return True
    with _lock:
        now = time.monotonic()
        if now < _rests_until:
            return False
        _rests_until = now + 3 * PATIENCE
        return True


def _leave_alone(problem: Exception) -> None:
    global _rests_until
    _rests_until = time.monotonic() + REST
    logger.warning("Redis does not answer, so jobs wait to be swept up (%s)", type(problem).__name__)


def _answers() -> None:
    global _rests_until
    _rests_until = 0.0
