"""Jobs for whose answer a request waits.

Whatever may take long is done by a worker, also where a contract wants the answer at once: the request asks for a job,
waits for it without holding a thread (:mod:`onward.platform.http.awaiting`) and takes what the job has given.
"""

import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from django.utils.module_loading import import_string

from onward.platform.jobs import running, services
from onward.platform.jobs.models import Job, State
from onward.platform.jobs.queries import ENDED
from onward.platform.refusals import Refusal, Throttled

# What was asked and answered is kept no longer than this beyond the moment until which somebody waited for it.
UNTAKEN = timedelta(minutes=10)
# Seconds after which it is worth asking again: when the work had not begun, and when it had.
SOON, LATER = 10, 60
# Where the classes of refusals that a row may name come from.
OURS = ("onward.",)


class Busy(Throttled):
    """The answer was not there in time. :ivar wait: seconds until it is worth trying again"""

    code = "busy"

    def __init__(self, message: str, *, wait: int) -> None:
        super().__init__(wait)
        self.message = message


class Failed(Exception):
    """The job ended in a way that says nothing to whoever asked."""


def ask(name: str, /, *, account: int, seconds: float, at: datetime, **payload: Any) -> int:
    """Ask for a job and wait for its answer, up to so many seconds; returns the id of its row.

    :param account: whose turn it takes
    """
    return services.enqueue(name, account=account, awaited_until=at + timedelta(seconds=seconds), **payload)


def give(work: Callable[[], Any], *, told: tuple[type[Exception], ...] = (Refusal,)) -> None:
    """Do the work of the job that calls this, and leave what it returns to whoever waits.

    :param work: returns what JSON knows
    :param told: exceptions that are the answer, too; their attributes must be what JSON knows
    """
    try:
        # As text: a database may keep an object's names in an order of its own.
        answer: dict[str, Any] = {"value": json.dumps(work())}
    except told as problem:
        kind = type(problem)
        answer = {"raised": f"{kind.__module__}.{kind.__qualname__}", "args": list(problem.args), "with": vars(problem)}
    running.leave_answer(answer)


def ended(job_ids: Collection[int]) -> set[int]:
    """Return which of these jobs have ended, or are not there any more."""
    open_ = Job.objects.filter(pk__in=job_ids).exclude(state__in=ENDED).values_list("pk", flat=True)
    return set(job_ids) - set(open_)


def take(job_id: int) -> Any:
    """Return what a job has given, once. One that has not ended is given up.

    :raises Exception: what it has told instead
    :raises Busy: when it has not come to its end in time
    :raises Failed: when it broke
    """
    row = Job.objects.filter(pk=job_id).values_list("state", "answer", "started_at").first()
    if row is None:
        raise Failed
    state, answer, started_at = row
    if state not in ENDED:
        services.cancel(job_id)
        raise _late(begun=started_at is not None)
    services.forget_answers(Job.objects.filter(pk=job_id))
    if state != State.DONE or answer is None:
        raise Failed
    if "raised" not in answer:
        return json.loads(answer["value"])
    raise _told(answer)


def give_up(job_id: int) -> None:
    """Cancel a job that nobody waits for any more."""
    services.cancel(job_id)


def forget_untaken(*, at: datetime) -> int:
    """Empty the rows of answers that nobody has taken; returns how many."""
    late = Job.objects.filter(awaited_until__lt=at - UNTAKEN, state__in=ENDED)
    return services.forget_answers(late.exclude(answer=None, payload={}))


def _late(*, begun: bool) -> Busy:
    if begun:
        return Busy("This takes longer than a request can wait for. Try again later.", wait=LATER)
    return Busy("Too much work like this waits before yours. Try again in a moment.", wait=SOON)


def _told(answer: dict[str, Any]) -> Exception:
    """Make again what a job has told instead of an answer."""
    kind = import_string(answer["raised"]) if answer["raised"].startswith(OURS) else None
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        return Failed()
    problem = kind.__new__(kind, *answer["args"])
    vars(problem).update(answer["with"])
    return problem
