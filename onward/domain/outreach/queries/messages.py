"""Reading messages to employers, and how far drafts of them are."""

from dataclasses import dataclass

from django.db.models import QuerySet

from onward.domain.outreach.models import Message
from onward.platform.jobs.models import Job, State
from onward.platform.jobs.queries import find
from onward.platform.refusals import Missing

DRAFTING = "outreach.draft"
# What people call the states of a job.
CALLED = {
    State.WAITING: "queued",
    State.RUNNING: "running",
    State.DONE: "completed",
    State.DEAD: "failed",
    State.CANCELLED: "cancelled",
}
STATUSES = (*CALLED.values(), "cancelling")


@dataclass(frozen=True, kw_only=True)
class Drafting:
    """How far the drafts are that somebody has asked for.

    :ivar progress: percent
    :ivar total: how many leads there are a draft to be about, and ``saved``: how many are kept
    """

    task_id: int
    status: str
    progress: int
    total: int
    saved: int


def messages() -> QuerySet[Message]:
    """Return all messages."""
    return Message.objects.all()


def message(*, pk: int) -> Message:
    """Return a message with its lead.

    :raises Missing: when there is none of that number
    """
    found = Message.objects.select_related("lead__posting").filter(pk=pk).first()
    if found is None:
        raise Missing()
    return found


def drafting(*, pk: int) -> Drafting:
    """Return how far drafts are; whoever is on the team may know.

    :raises Missing: when nobody asked for any by that number, or a week after they were done
    """
    job = require_job(pk=pk)
    state = State(job.state)
    cancelling = state == State.RUNNING and job.cancel_requested_at is not None
    return Drafting(
        task_id=pk,
        status="cancelling" if cancelling else CALLED[state],
        progress=100 if state == State.DONE else job.progress,
        total=len(job.payload["lead_ids"]),
        saved=Message.objects.filter(batch=job.payload["batch"]).count(),
    )


def require_job(*, pk: int) -> Job:
    """Return the job that writes drafts.

    :raises Missing: when nobody asked for any by that number, or a week after they were done
    """
    job = find(DRAFTING, pk)
    if job is None:
        raise Missing()
    return job


def is_cancelled(*, pk: int | None) -> bool:
    """Whether somebody has cancelled drafts."""
    job = None if pk is None else find(DRAFTING, pk)
    return job is not None and job.cancel_requested_at is not None
