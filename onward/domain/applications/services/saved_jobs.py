"""Writing saved jobs, and making applications of them."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.applications.choices import SavedJobStatus, Source, Status
from onward.domain.applications.events import JobConverted, JobSaved, SavedJobChanged, SavedJobDeleted
from onward.domain.applications.models import Application, SavedJob
from onward.domain.applications.services.applications import create_at
from onward.platform.events import publish
from onward.platform.record import append, change, fields_of, locked, name_key, save
from onward.platform.refusals import Conflict, Invalid

FIELDS = fields_of(SavedJob, but=("application_id",))
# Of an application whose posting named none.
UNTITLED = "Untitled role"
# What people call the sources that the record knows, without regard to case.
_SOURCES = {
    **{name_key(word): source for source in Source for word in (source.value, source.label)},
    "career fair": Source.JOB_FAIR,
}


@transaction.atomic
def save_job(*, owner_id: int, company_name: str, at: datetime, **fields: Any) -> SavedJob:
    """Put a job aside for somebody.

    :raises Invalid: when the salary contradicts itself
    """
    values = {"owner_id": owner_id, "company_name": company_name, "uid": uuid.uuid4(), **fields}
    _check_salary(values, told_at="salary_max")
    pk = append(SavedJob, created_at=at, updated_at=at, **values)
    saved_job = SavedJob(pk=pk, created_at=at, updated_at=at, **values)
    publish(JobSaved(at=at, **_about(saved_job)))
    return saved_job


@transaction.atomic
def update_saved_job(*, saved_job: SavedJob, at: datetime, **changes: Any) -> SavedJob:
    """Change a saved job. What is not named stays as it is; what is named and the same is no change.

    :raises Invalid: when the salary then contradicts itself
    :raises Conflict: when it is to be put aside again although an application came of it
    """
    saved_job = locked(saved_job)
    if changes.get("status", saved_job.status) != saved_job.status:
        _check_unconverted(saved_job)
    changed = change(saved_job, FIELDS, changes)
    if not changed:
        return saved_job
    if not {"salary_min", "salary_max"}.isdisjoint(changed):
        _check_salary(vars(saved_job), told_at="salary_max" if "salary_max" in changed else "salary_min")
    save(saved_job, changed, at=at)
    publish(SavedJobChanged(at=at, changed=changed, **_about(saved_job)))
    return saved_job


@transaction.atomic
def delete_saved_job(*, saved_job: SavedJob, at: datetime) -> None:
    """Remove a saved job; an application that came of it stays."""
    saved_job = locked(saved_job)
    event = SavedJobDeleted(at=at, **_about(saved_job))
    saved_job.delete()
    publish(event)


@transaction.atomic
def convert(*, saved_job: SavedJob, at: datetime) -> Application:
    """Make an application of a saved job: a wish still, with all that is known of the job. Two at once make one.

    :param at: the time on the owner's clock
    :raises Conflict: when one came of it before, even if that is gone
    """
    saved_job = locked(saved_job)
    _check_unconverted(saved_job)
    application = create_at(
        owner_id=saved_job.owner_id,
        company_name=saved_job.company_name,
        company_website=saved_job.company_website,
        at=at,
        status=Status.WISHLIST,
        job_title=saved_job.job_title or UNTITLED,
        job_url=saved_job.job_url,
        location=saved_job.location,
        job_type=saved_job.job_type,
        work_type=saved_job.work_type,
        salary_min=saved_job.salary_min,
        salary_max=saved_job.salary_max,
        salary_currency=saved_job.salary_currency,
        priority=saved_job.priority,
        source=_source(saved_job.source),
        notes=saved_job.notes,
        saved_job_uid=saved_job.uid,
    )
    saved_job.status = SavedJobStatus.CONVERTED
    saved_job.application = application
    saved_job.updated_at = at
    saved_job.save(update_fields=["status", "application", "updated_at"])
    publish(JobConverted(at=at, application_id=application.pk, **_about(saved_job)))
    return application


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


def _about(saved_job: SavedJob) -> dict[str, Any]:
    return {
        "owner_id": saved_job.owner_id,
        "saved_job_id": saved_job.pk,
        "saved_job_uid": saved_job.uid,
        "company_name": saved_job.company_name,
        "job_title": saved_job.job_title,
    }
