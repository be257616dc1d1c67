"""Work of the desk that is done later, or while a request waits."""

from django.utils import timezone

from onward.domain.outreach.services import writing
from onward.platform.jobs import answers, job
from onward.platform.jobs.registry import HEAVY


# Once: nobody waits any more when it could be tried again.
@job(max_attempts=1, time_limit=writing.ANSWER_WITHIN, queue=HEAVY)
def write(*, member_id: int, lead_id: int | None, employer_id: int | None, message_type: str, tone: str) -> None:
    """Write the message that a request waits for."""
    answers.give(
        lambda: writing.write(
            member_id=member_id, lead_id=lead_id, employer_id=employer_id, message_type=message_type, tone=tone
        )
    )


@job(time_limit=1200, queue=HEAVY)
def draft(*, member_id: int, lead_ids: list[int], message_type: str, tone: str, batch: int) -> None:
    """Write a draft about each of many leads, and tell who asked for them."""
    writing.draft(
        member_id=member_id,
        lead_ids=lead_ids,
        message_type=message_type,
        tone=tone,
        batch=batch,
        clock=timezone.now,
    )
