"""Writing saved jobs, and making applications of them."""

import uuid
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction

from onward.domain.applications.choices import SavedJobStatus, Source, Status
from onward.domain.applications.events import JobConverted, JobSaved, SavedJobChanged, SavedJobDeleted
from onward.domain.applications.models import Application, SavedJob
from onward.domain.applications.services import applications
from onward.domain.board import queries as board
from onward.domain.board.choices import Period
from onward.domain.board.models import Posting
from onward.platform.bin.services import discard
from onward.platform.events import publish, publish_all
from onward.platform.record import append, change, change_all, clash, fields_of, locked, name_key, save
from onward.platform.refusals import Conflict, Invalid

FIELDS = fields_of(SavedJob, but=("application_id",))
# Of an application whose posting named none.
UNTITLED = "Untitled role"
_MOST_PAY = 2**31 - 1
# What people call the sources that the record knows, without regard to case.
_SOURCES = {
    **{name_key(word): source for source in Source for word in (source.value, source.label)},
    "career fair": Source.JOB_FAIR,
}


class Saved(NamedTuple):
    """What names a job that was just put aside."""

    pk: int
    uid: uuid.UUID


@transaction.atomic
def save_job(
    *,
    owner_id: int,
    company_name: str,
    at: datetime,
    application_status: str = Status.WISHLIST,
    applied_date: date | None = None,
    **fields: Any,
) -> Saved:
    """Put a job aside for somebody.

    :param at: the time on the owner's clock
    :param application_status: where its application stands; of a wish, none is made
    :param applied_date: the day on which they applied, if they did
    :raises Invalid: when the salary contradicts itself, or a day is given on which nobody applied
    """
    _check_salary(fields, told_at="salary_max")
    uid = uuid.uuid4()
    # An instance of the row would cost as much as writing it.
    pk = append(SavedJob, owner_id=owner_id, company_name=company_name, uid=uid, created_at=at, updated_at=at, **fields)
    publish(
        JobSaved(
            owner_id=owner_id,
            at=at,
            saved_job_id=pk,
            saved_job_uid=uid,
            company_name=company_name,
            job_title=fields.get("job_title", ""),
        )
    )
    if application_status != Status.WISHLIST or applied_date is not None:
        pursued = locked(SavedJob(pk=pk))
        _pursue(pursued, at, {"status": application_status, "applied_date": applied_date})
    return Saved(pk, uid)


def save_posting(*, owner_id: int, posting_id: int, at: datetime, **fields: Any) -> Saved:
    """Put a posting aside for somebody, with what it says.

    :param fields: as `save_job` takes them; they go before what the posting says
    :raises Missing: when they may see no such posting, or it is closed
    :raises Conflict: when they have put it aside before
    :raises Invalid: as `save_job` does
    """
    posting = board.open_to_all(pk=posting_id)
    said = {**_said(posting), **fields}
    if "salary_currency" not in fields and {"salary_min", "salary_max"} & fields.keys():
        # Another sum is in the usual currency.
        del said["salary_currency"]
    with _once_each(), transaction.atomic():
        return save_job(owner_id=owner_id, posting_id=posting.pk, at=at, **said)


def _said(posting: Posting) -> dict[str, Any]:
    """Return what a posting says, by the columns of a saved job."""
    employer = posting.employer
    said: dict[str, Any] = {
        "company_name": employer.name if employer else posting.company_name,
        "company_website": employer.website if employer else "",
        "job_title": posting.title,
        "job_url": posting.url or posting.apply_url,
        "description": posting.description,
        "job_type": posting.job_type,
        "work_type": posting.work_mode,
        "location": posting.location[:255],
        "tech_stack": [skill for skill in posting.skills if isinstance(skill, str)],
        "deadline": posting.closes_on,
        **yearly_pay(posting),
    }
    return said


def yearly_pay(posting: Posting) -> dict[str, Any]:
    """Return what a posting pays, by the columns of a saved job or an application, whose salary is a year's."""
    pay: dict[str, Any] = {"salary_currency": posting.pay_currency or "USD"}
    if posting.pay_period in ("", Period.YEAR):
        pay |= {"salary_min": _whole(posting.pay_min), "salary_max": _whole(posting.pay_max)}
    return pay


def _whole(pay: Any) -> int | None:
    return None if pay is None or not 0 <= pay <= _MOST_PAY else int(pay)


@transaction.atomic
def update_saved_job(*, saved_job: SavedJob, at: datetime, **changes: Any) -> SavedJob:
    """Change a saved job. What is not named stays as it is; what is named and the same is no change.

    :param at: the time on the owner's clock
    :param changes: by field; ``application_status`` and ``applied_date`` are its application's, which is made where
        there is none and the job is more than a wish
    :raises Invalid: when the salary or the days then contradict themselves, or a day is given on which nobody applied
    :raises Conflict: when it is to be put aside again although an application came of it
    """
    saved_job = locked(saved_job)
    if changes.get("status", saved_job.status) != saved_job.status:
        _check_unconverted(saved_job)
    changed = change(saved_job, FIELDS, changes)
    if changed:
        if not {"salary_min", "salary_max"}.isdisjoint(changed):
            _check_salary(vars(saved_job), told_at="salary_max" if "salary_max" in changed else "salary_min")
        save(saved_job, changed, at=at)
        publish(SavedJobChanged(at=at, changed=changed, **_about(saved_job)))
    named = {"application_status": "status", "applied_date": "applied_date"}
    _pursue(saved_job, at, {own: changes[name] for name, own in named.items() if name in changes})
    return saved_job


def _pursue(saved_job: SavedJob, at: datetime, changes: dict[str, Any]) -> None:
    """Bring the application of a job to where it shall stand; one that is more than a wish is made.

    :param saved_job: locked
    :param changes: its status, and the day on which it was sent
    """
    if saved_job.application_id is not None and changes:
        application = Application(pk=saved_job.application_id)
        applications.update(application=application, at=at, sent_on=at.date(), **changes)
    elif changes.get("status", Status.WISHLIST) != Status.WISHLIST:
        _make_application(saved_job, at, **changes)
        saved_job.is_adoptable = True
        saved_job.save(update_fields=["is_adoptable"])
    elif changes.get("applied_date") is not None:
        raise Invalid(fields={"applied_date": ["Nobody has applied for this job yet: give its status, too."]})


@transaction.atomic
def delete_saved_job(*, saved_job: SavedJob, at: datetime) -> int:
    """Remove a saved job; an application that came of it stays. :returns: the number under which it is in the bin"""
    saved_job = locked(saved_job)
    event = SavedJobDeleted(at=at, **_about(saved_job))
    kept = discard(saved_job, owner_id=saved_job.owner_id, title=str(saved_job), at=at)
    publish(event)
    return kept


@transaction.atomic
def convert(*, saved_job: SavedJob, at: datetime) -> Application:
    """Make an application of a saved job: a wish still, with all that is known of the job. Two at once make one.

    :param at: the time on the owner's clock
    :raises Conflict: when one came of it before and is there
    """
    saved_job = locked(saved_job)
    _check_unconverted(saved_job)
    return _make_application(saved_job, at)


@transaction.atomic
def apply_for(*, saved_job: SavedJob, at: datetime, **fields: Any) -> Application:
    """Make the application for a saved job, or adopt the one that a move of the job has made. Two at once make one.

    :param at: the time on the owner's clock
    :param fields: as `applications.create` and `applications.update` take them; they go before what the job says
    :raises Conflict: when one came of it before and is there
    :raises Invalid: as those two do
    """
    saved_job = locked(saved_job)
    if saved_job.is_adoptable and saved_job.application_id is not None:
        saved_job.is_adoptable = False
        saved_job.save(update_fields=["is_adoptable"])
        application = Application(pk=saved_job.application_id)
        return applications.update(application=application, at=at, sent_on=at.date(), **fields)
    if saved_job.application_id is not None:
        raise Conflict("There is an application for this job already.")
    return _make_application(saved_job, at, **fields)


def _make_application(saved_job: SavedJob, at: datetime, **fields: Any) -> Application:
    """Make an application of a job, locked, with all that is known of it. :param fields: what goes before that"""
    said = {**said_of(saved_job), "company_website": saved_job.company_website, "status": Status.WISHLIST}
    application = applications.create_at(
        owner_id=saved_job.owner_id, at=at, sent_on=at.date(), saved_job_uid=saved_job.uid, **{**said, **fields}
    )
    saved_job.status = SavedJobStatus.CONVERTED
    saved_job.application = application
    saved_job.is_adoptable = False
    saved_job.updated_at = at
    saved_job.save(update_fields=["status", "application", "is_adoptable", "updated_at"])
    publish(JobConverted(at=at, application_id=application.pk, **_about(saved_job)))
    return application


def said_of(saved_job: SavedJob) -> dict[str, Any]:
    """Return what a job says about an application that is made of it, as `applications.create_at` takes it."""
    return {
        "company_name": saved_job.company_name,
        "job_title": saved_job.job_title or UNTITLED,
        "job_url": saved_job.job_url,
        "job_description": saved_job.description,
        "location": saved_job.location,
        "deadline": saved_job.deadline,
        "job_type": saved_job.job_type,
        "work_type": saved_job.work_type,
        "salary_min": saved_job.salary_min,
        "salary_max": saved_job.salary_max,
        "salary_currency": saved_job.salary_currency,
        "priority": saved_job.priority,
        "source": _source(saved_job.source),
        "notes": saved_job.notes,
        "posting_id": saved_job.posting_id,
    }


def lock_jobs(*, owner_id: int, pks: Collection[int]) -> dict[int, SavedJob]:
    """Lock somebody's saved jobs until the transaction ends, the lower first. :returns: those that there are, by id"""
    wanted, found = sorted(pks), SavedJob.objects.select_for_update(no_key=True).filter(owner_id=owner_id)
    return {
        job.pk: job
        for start in range(0, len(wanted), 500)
        for job in found.filter(pk__in=wanted[start : start + 500]).order_by("pk")
    }


def settle_converted(*, made: Mapping[int, SavedJob], at: datetime) -> None:
    """Write down which applications came of saved jobs, in the caller's transaction. :param made: locked, by those"""
    rows = [
        {
            "id": job.pk,
            "application_id": pk,
            "status": SavedJobStatus.CONVERTED,
            "is_adoptable": False,
            "updated_at": at,
        }
        for pk, job in made.items()
    ]
    change_all(SavedJob, ["application_id", "status", "is_adoptable", "updated_at"], rows)
    publish_all([JobConverted(at=at, application_id=pk, **_about(job)) for pk, job in made.items()])


def _source(words: str) -> str:
    """Return in the record's word where a job was found; what it has no word for was found elsewhere."""
    return _SOURCES.get(name_key(words), Source.OTHER) if words else ""


def _check_unconverted(saved_job: SavedJob) -> None:
    # Whose application has been deleted may be put aside again, or applied for anew.
    if saved_job.status == SavedJobStatus.CONVERTED and saved_job.application_id is not None:
        raise Conflict("Saved job already converted")


def _check_salary(values: dict[str, Any], *, told_at: str) -> None:
    low, high = values.get("salary_min"), values.get("salary_max")
    if low is not None and high is not None and low > high:
        raise Invalid(fields={told_at: ["The lowest salary must not be greater than the highest."]})


def _once_each() -> AbstractContextManager[None]:
    return clash(
        constraint="saved_job_is_one_of_its_posting",
        column="applications_savedjob.posting_id",
        refusal=Conflict("This posting is saved already."),
    )


def _about(saved_job: SavedJob) -> dict[str, Any]:
    return {
        "owner_id": saved_job.owner_id,
        "saved_job_id": saved_job.pk,
        "saved_job_uid": saved_job.uid,
        "company_name": saved_job.company_name,
        "job_title": saved_job.job_title,
    }
