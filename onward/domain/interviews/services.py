"""Writing interviews."""

import uuid
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from onward.domain.applications import queries as applications
from onward.domain.applications import services as application_services
from onward.domain.applications.choices import WAITING, Status
from onward.domain.applications.services.locking import lock_applications
from onward.domain.interviews.choices import InterviewStatus, InterviewType
from onward.domain.interviews.events import (
    InterviewCancelled,
    InterviewCompleted,
    InterviewDeleted,
    InterviewScheduled,
    InterviewUpdated,
)
from onward.domain.interviews.models import Interview
from onward.domain.interviews.moments import asked, midnight, moment, placed
from onward.platform.bin.services import discard
from onward.platform.events import publish
from onward.platform.record import change, fields_of, locked, locked_for_removal, save
from onward.platform.record.append import append

FIELDS = fields_of(Interview)


# What is kept in two forms is one thing, told by the name that everybody knows.
TOLD_AS = {"day": "scheduled_at", "has_time": "scheduled_at", "questions": "questions_asked"}


@transaction.atomic
def create(
    *,
    owner_id: int,
    application_id: int,
    at: datetime,
    scheduled_at: datetime | None = None,
    day: date | None = None,
    **fields: Any,
) -> Interview:
    """Take an interview into the record: at a time, or on a day whose time nobody knows.

    :param at: the time on the owner's clock
    :param scheduled_at: when it begins
    :param day: the day on which it is, where there is no time; today, where there is neither
    :raises Invalid: when the application is not the owner's
    :raises Missing: when it goes at this moment
    """
    application = applications.referred_to(owner_id=owner_id, pk=application_id)
    lock_applications(application_id)
    values = {
        "owner_id": owner_id,
        "application_id": application_id,
        "round_number": 1,
        "interview_type": InterviewType.PHONE,
        "uid": uuid.uuid4(),
        **moment(scheduled_at, day, at=at),
        **asked(fields),
    }
    pk = append(Interview, created_at=at, updated_at=at, **values)
    interview = Interview(pk=pk, created_at=at, updated_at=at, **values)
    interview.application = application
    publish(InterviewScheduled(at=at, **_about(interview)))
    return interview


@transaction.atomic
def add_stage(*, owner_id: int, application_id: int, day: date | None, at: datetime, **fields: Any) -> Interview:
    """Take an interview into the record as a step of its application, which is no longer merely applied then.

    :param at: the time on the owner's clock
    :raises Missing: when the application is gone by now
    :raises Invalid: when it is not the owner's
    """
    # Held first, as by everybody who changes both; so the rounds count up, however many come at once.
    lock_applications(application_id)
    application = applications.referred_to(owner_id=owner_id, pk=application_id)
    before = Interview.objects.filter(application_id=application_id).count()
    interview = create(
        owner_id=owner_id, application_id=application_id, day=day, at=at, round_number=before + 1, **fields
    )
    if application.status in WAITING:
        application_services.advance(application=application, to=Status.INTERVIEWING, at=at)
    return interview


@transaction.atomic
def update(*, interview: Interview, at: datetime, **changes: Any) -> Interview:
    """Change an interview. What is not named stays as it is; what is named and the same is no change.

    Another ``scheduled_at`` gives it a time; another ``day`` moves it there, with its time if it has one.

    :param at: the time on the owner's clock
    :raises Invalid: when the application that it is to belong to is not the owner's
    """
    other = changes.get("application_id", interview.application_id)
    if other != interview.application_id:
        applications.referred_to(owner_id=interview.owner_id, pk=other)
    lock_applications(interview.application_id, other)
    interview = locked(interview)
    different = {f: value for f, value in changes.items() if f in FIELDS and getattr(interview, f) != value}
    wanted = asked(placed(interview, different, at=at))
    changed = change(interview, FIELDS, wanted)
    if not changed:
        return interview
    save(interview, changed, at=at)
    about = _about(interview)
    told = sorted({TOLD_AS.get(field, field) for field in changed})
    # An end is told as such, and not as one change among others.
    if "status" in changed and interview.status == InterviewStatus.COMPLETED:
        publish(InterviewCompleted(at=at, outcome=interview.outcome, **about))
    elif "status" in changed and interview.status == InterviewStatus.CANCELLED:
        publish(InterviewCancelled(at=at, **about))
    else:
        publish(InterviewUpdated(at=at, changed=told, **about))
    return interview


@transaction.atomic
def follow_clock(*, owner_id: int, zone: ZoneInfo) -> None:
    """Bring the days of somebody's interviews in line with another clock.

    A day stays that day and begins at the new clock's midnight; a time stays that time and may fall on another day.
    """
    interviews = list(
        Interview.objects.select_for_update(no_key=True).filter(owner_id=owner_id, day__isnull=False).order_by("pk")
    )
    for interview in interviews:
        if interview.has_time:
            interview.day = interview.scheduled_at.astimezone(zone).date()
        else:
            interview.scheduled_at = midnight(interview.day, zone)
    Interview.objects.bulk_update(interviews, ["day", "scheduled_at"], batch_size=500)


@transaction.atomic
def delete(*, interview: Interview, at: datetime) -> int:
    """Remove an interview. :returns: the number under which it is in the bin"""
    lock_applications(interview.application_id)
    interview = locked_for_removal(interview)
    about = _about(interview)
    title = f"{interview.title or 'Interview'} at {about['company_name']}"
    kept = discard(interview, owner_id=interview.owner_id, title=title, at=at)
    publish(InterviewDeleted(at=at, **about))
    return kept


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
        "title": interview.title,
    }
