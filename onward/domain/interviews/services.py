"""Writing interviews."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.applications import queries as applications
from onward.domain.interviews.choices import InterviewStatus, InterviewType
from onward.domain.interviews.events import (
    InterviewCancelled,
    InterviewCompleted,
    InterviewDeleted,
    InterviewScheduled,
    InterviewUpdated,
)
from onward.domain.interviews.models import Interview
from onward.platform.events import publish
from onward.platform.record import locked
from onward.platform.record.append import append

FIELDS = frozenset(
    {
        "application_id",
        "round_number",
        "interview_type",
        "scheduled_at",
        "duration_minutes",
        "timezone",
        "meeting_link",
        "meeting_location",
        "interviewer_names",
        "interviewer_titles",
        "status",
        "outcome",
        "preparation_notes",
        "post_interview_notes",
        "questions_asked",
    }
)


@transaction.atomic
def create(*, owner_id: int, application_id: int, scheduled_at: datetime, at: datetime, **fields: Any) -> Interview:
    """Take an interview into the record.

    :raises Invalid: when the application is not the owner's
    """
    application = applications.referred_to(owner_id=owner_id, pk=application_id)
    values = {
        "owner_id": owner_id,
        "application_id": application_id,
        "scheduled_at": scheduled_at,
        "round_number": 1,
        "interview_type": InterviewType.PHONE,
        "uid": uuid.uuid4(),
        **fields,
    }
    pk = append(Interview, created_at=at, updated_at=at, **values)
    interview = Interview(pk=pk, created_at=at, updated_at=at, **values)
    interview.application = application
    publish(InterviewScheduled(at=at, **_about(interview)))
    return interview


@transaction.atomic
def update(*, interview: Interview, at: datetime, **changes: Any) -> Interview:
    """Change an interview. What is not named stays as it is; what is named and the same is no change.

    :raises Invalid: when the application that it is to belong to is not the owner's
    """
    interview = locked(interview)
    changed = sorted(f for f, value in changes.items() if f in FIELDS and getattr(interview, f) != value)
    if not changed:
        return interview
    if "application_id" in changed:
        applications.referred_to(owner_id=interview.owner_id, pk=changes["application_id"])
    for field in changed:
        setattr(interview, field, changes[field])
    interview.updated_at = at
    interview.save(update_fields=[*changed, "updated_at"])
    about = _about(interview)
    # An end is told as such, and not as one change among others.
    if "status" in changed and interview.status == InterviewStatus.COMPLETED:
        publish(InterviewCompleted(at=at, outcome=interview.outcome, **about))
    elif "status" in changed and interview.status == InterviewStatus.CANCELLED:
        publish(InterviewCancelled(at=at, **about))
    else:
        publish(InterviewUpdated(at=at, changed=changed, **about))
    return interview


@transaction.atomic
def delete(*, interview: Interview, at: datetime) -> None:
    """Remove an interview."""
    interview = locked(interview)
    about = _about(interview)
    interview.delete()
    publish(InterviewDeleted(at=at, **about))


def _about(interview: Interview) -> dict[str, Any]:
    return {
        "owner_id": interview.owner_id,
        "interview_id": interview.pk,
        "application_id": interview.application_id,
        "company_name": interview.application.company.name,
        "job_title": interview.application.job_title,
        "interview_type": interview.interview_type,
        "round_number": interview.round_number,
        "scheduled_at": interview.scheduled_at,
    }
