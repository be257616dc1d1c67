"""Work of the assistant that is done later, or while a request waits."""

from typing import Any

from django.utils import timezone

from onward.domain.assistant import resumes, services
from onward.domain.assistant.asking import Asked
from onward.domain.assistant.writing import WriterFailed
from onward.domain.resumes.uploads.services import MOST_ATTEMPTS
from onward.platform.jobs import answers, job
from onward.platform.jobs.registry import HEAVY
from onward.platform.refusals import Refusal


# One more than a task has, so that the last one can say that all before it died. A provider may keep it waiting.
@job(max_attempts=services.MOST_ATTEMPTS + 1, time_limit=180, queue=HEAVY)
def write(*, task_id: int) -> None:
    """Write what a task asks for."""
    services.perform(task_id=task_id, at=timezone.now(), clock=timezone.now)


# Once: nobody waits any more when it could be tried again.
@job(max_attempts=1, time_limit=services.ANSWER_WITHIN, queue=HEAVY)
def answer(*, owner_id: int, asked: dict[str, Any], save: bool) -> None:
    """Write what a request waits for."""
    answers.give(
        lambda: services.answer(owner_id=owner_id, asked=Asked.unpacked(asked), save=save, clock=timezone.now),
        told=(Refusal, WriterFailed),
    )


# One more than an upload has, so that the last one can say that all before it died.
@job(max_attempts=MOST_ATTEMPTS + 1, time_limit=180, queue=HEAVY)
def read_resume(*, resume_id: int) -> None:
    """Read a résumé that came in."""
    resumes.read(resume_id=resume_id, clock=timezone.now)
