"""Writing applications."""

import uuid
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from onward.domain.applications.choices import ANSWERED, WAITING, Status
from onward.domain.applications.events import (
    ApplicationCreated,
    ApplicationDeleted,
    ApplicationUpdated,
    StatusChanged,
)
from onward.domain.applications.models import Application, StatusChange
from onward.domain.applications.services.documents import replace_documents
from onward.domain.applications.services.locking import lock_saved_jobs
from onward.domain.applications.services.notes import add_to_main_note, write_main_note
from onward.domain.companies import queries as companies_read
from onward.domain.companies import services as companies
from onward.domain.resumes import queries as resumes
from onward.platform.bin.services import discard
from onward.platform.events import publish
from onward.platform.record import change, clash, fields_of, locked, locked_for_removal, name_key, save
from onward.platform.record.append import append
from onward.platform.refusals import Conflict, Invalid

# Who moves an application back to one of these says that there has been no answer.
UNANSWERED = (Status.WISHLIST, *WAITING)
FIELDS = fields_of(Application, but=("has_undated_response",))


@transaction.atomic
def create(
    *,
    owner_id: int,
    company_id: int,
    job_title: str,
    at: datetime,
    status: str = Status.APPLIED,
    notes: str = "",
    documents: Iterable[tuple[str, str]] = (),
    sent_on: date | None = None,
    created_at: datetime | None = None,
    saved_job_uid: uuid.UUID | None = None,
    **fields: Any,
) -> Application:
    """Take an application into somebody's record.

    :param at: the time on the owner's clock
    :param notes: its main note
    :param documents: name and address of each
    :param sent_on: the day on which it was sent, if it was and nobody says when
    :param created_at: when it was first written down, if that was elsewhere and before
    :param saved_job_uid: of the job that it is made of, if it is
    :raises Invalid: when the salary or the dates contradict each other, or the company or résumé is not the owner's
    :raises Conflict: when there is one for the same posting
    """
    values = {"company_id": company_id, "job_title": job_title, "status": status, "uid": uuid.uuid4(), **fields}
    company = companies_read.referred_to(owner_id=owner_id, pk=company_id)
    _check_resume(owner_id, values)
    if sent_on is not None and status == Status.APPLIED and values.get("applied_date") is None:
        values["applied_date"] = sent_on
    check_salary(values)
    check_dates(values)
    values["created_at"] = created_at or at
    # Of one posting there is one; the database knows, however many come at once.
    with _one_for_its_posting() if values.get("posting_id") else nullcontext():
        pk = append(Application, owner_id=owner_id, updated_at=at, **values)
    for move in first_moves(status, values.get("applied_date"), values.get("response_date"), at):
        append(StatusChange, application_id=pk, recorded_at=at, **move)
    application = Application(pk=pk, owner_id=owner_id, updated_at=at, **values)
    if notes:
        write_main_note(application_id=pk, content=notes, at=at)
    if documents:
        replace_documents(application=application, documents=documents, at=at)
    publish(
        ApplicationCreated(
            owner_id=owner_id,
            at=at,
            application_id=pk,
            company_name=company.name,
            job_title=job_title,
            status=status,
            saved_job_uid=saved_job_uid,
        )
    )
    return application


def already() -> Conflict:
    """Return why somebody does not apply for a posting again."""
    return Conflict("You have applied for this already.", code="applied_already")


@contextmanager
def _one_for_its_posting() -> Iterator[None]:
    with (
        clash(
            constraint="application_is_one_for_its_posting",
            column="applications_application.posting_id",
            refusal=already(),
        ),
        transaction.atomic(),
    ):
        yield


@transaction.atomic
def create_at(
    *, owner_id: int, company_name: str, at: datetime, company_website: str = "", **fields: Any
) -> Application:
    """Take an application into somebody's record whose company is known by its name only, and found or made by it.

    :param company_website: where the company has none yet
    :raises Invalid: as `create` does
    """
    company = companies.find_or_create(owner_id=owner_id, name=company_name, website=company_website, at=at)
    return create(owner_id=owner_id, company_id=company.pk, at=at, **fields)


@transaction.atomic
def change_status(*, application: Application, to: str, at: datetime, response_date: date | None = None) -> Application:
    """Move an application to another status and announce the move.

    Repeating a move is harmless: it is neither recorded nor announced twice.

    :param at: the time on the owner's clock
    :param response_date: the day on which the company answered, when it was not today; the move is dated by it
    :raises Invalid: when that day is before the application was sent
    """
    application = locked(application)
    if application.status == to:
        if response_date is not None:
            update(application=application, at=at, response_date=response_date)
        return application
    day = response_date if response_date != application.response_date else None
    if day is not None:
        application.response_date = day
        check_dates(vars(application))
    _move(application, to, at, day=None if to == Status.APPLIED else day)
    return application


@transaction.atomic
def advance(*, application: Application, to: str, at: datetime) -> Application:
    """Move an application because something else happened, and say so. Repeating it is harmless."""
    application = locked(application)
    if application.status != to:
        _move(application, to, at, automatic=True)
    return application


def _move(
    application: Application,
    to: str,
    at: datetime,
    *,
    day: date | None = None,
    changed: Iterable[str] = (),
    automatic: bool = False,
) -> None:
    """Save a locked application under another status, with the move in its history, and announce it.

    :param day: the day of the move, if it was not today
    :param changed: other fields to be saved with it
    """
    before = Status(application.status)
    was = answer_of(application)
    application.status = to
    if to in UNANSWERED or application.response_date is not None:
        application.has_undated_response = False
    if to in ANSWERED and application.response_date is None and not application.has_undated_response:
        application.response_date = max(at.date(), application.applied_date or at.date())
    application.updated_at = at
    application.save(update_fields=[*changed, "status", "response_date", "has_undated_response", "updated_at"])
    # Looked for among those before it, so that the history never runs backwards.
    last = application.status_changes.order_by("-pk").values_list("changed_at", flat=True).first()
    moment = moment_of(day, at)
    append(
        StatusChange,
        application_id=application.pk,
        before=before,
        after=to,
        changed_at=moment if last is None else max(moment, last),
        recorded_at=at,
        displaced={
            name: [value, then] for name, value in was.items() if (then := answer_of(application)[name]) != value
        },
    )
    publish(StatusChanged(**_about(application, at), before=before, after=to, automatic=automatic))


def answer_of(application: Application) -> dict[str, Any]:
    """Return what an application says of its answer, as JSON has it: a move may change it."""
    day = application.response_date
    return {
        "response_date": day.isoformat() if day else None,
        "has_undated_response": application.has_undated_response,
    }


@transaction.atomic
def update(
    *,
    application: Application,
    at: datetime,
    sent_on: date | None = None,
    unseen: Container[str] = (),
    **changes: Any,
) -> Application:
    """Change an application. What is not named stays as it is; what is named and the same is no change.

    :param at: the time on the owner's clock
    :param sent_on: the day on which it is sent, if a wish becomes an application now and nobody says when
    :param unseen: fields that whoever changes it is not shown: what they say now, nobody is asked to put right
    :param changes: by field; ``status`` moves it as `change_status` does, ``notes`` is its main note, and
        ``company_name`` moves it to the company of that name; ``added_notes`` go below the main note, and
        ``documents`` are all that it has, by name and address
    :raises Invalid: when the salary or the dates contradict each other, or the company or résumé is not the owner's
    """
    # Before its company, as those do who remove both.
    application = locked(application)
    wanted = _at_company(application, changes, at)
    to = wanted.pop("status", application.status)
    derived: set[str] = set()
    applied_for = application.status == Status.WISHLIST and to == Status.APPLIED
    if sent_on is not None and applied_for and wanted.get("applied_date", application.applied_date) is None:
        wanted["applied_date"] = sent_on
        derived = {"applied_date"}
    changed = change(application, FIELDS, wanted)
    beside = _write_beside(application, wanted, at)
    moves = to != application.status
    if not (changed or beside or moves):
        return application
    if "company_id" in changed:
        companies_read.referred_to(owner_id=application.owner_id, pk=application.company_id)
    if "resume_id" in changed:
        _check_resume(application.owner_id, wanted)
    check_salary(vars(application))
    if "response_date" in changed or ("applied_date" in changed and "response_date" not in unseen):
        check_dates(vars(application))
    told = {*changed, *beside}
    if moves:
        # A date that comes with a move is the day of the move; one that was there before belongs to an earlier one.
        dated = "applied_date" if to == Status.APPLIED else "response_date"
        day = wanted[dated] if dated in changed else None
        _move(application, to, at, day=day, changed=changed)
        told -= {"response_date", *derived}
    else:
        application.has_undated_response &= application.response_date is None
        save(application, [*changed, "has_undated_response"], at=at)
    if told:
        publish(ApplicationUpdated(**_about(application, at), changed=sorted(told), moved=moves))
    return application


def _write_beside(application: Application, wanted: Mapping[str, Any], at: datetime) -> set[str]:
    """Write what hangs on an application and is told as a part of it. :returns: what is different now"""
    told = set()
    if "notes" in wanted and write_main_note(application_id=application.pk, content=wanted["notes"], at=at):
        told.add("notes")
    if "added_notes" in wanted and add_to_main_note(
        application_id=application.pk, content=wanted["added_notes"], at=at
    ):
        told.add("notes")
    if "documents" in wanted and replace_documents(application=application, documents=wanted["documents"], at=at):
        told.add("documents")
    return told


def _about(application: Application, at: datetime) -> dict[str, Any]:
    """Return what every event about an application carries."""
    return {
        "owner_id": application.owner_id,
        "at": at,
        "application_id": application.pk,
        "company_name": application.company.name,
        "job_title": application.job_title,
    }


def _at_company(application: Application, changes: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Replace a company's name by its id. Another spelling of the name at hand is a correction of it."""
    wanted = dict(changes)
    name = wanted.pop("company_name", None)
    if name is None or name == application.company.name:
        return wanted
    if name_key(name) == application.company.name_key:
        companies.update(company=application.company, name=name, at=at)
        return wanted | {"company_id": application.company_id}
    found = companies.find_or_create(owner_id=application.owner_id, name=name, at=at)
    return wanted | {"company_id": found.pk}


@transaction.atomic
def delete(*, application: Application, at: datetime) -> int:
    """Remove an application with its notes, interviews and history. The job that it came of is free again.

    :returns: the number under which it is in the bin
    """
    # Before the application, as those do who move both.
    lock_saved_jobs(application_id=application.pk)
    application = locked_for_removal(application)
    event = ApplicationDeleted(**_about(application, at))
    title = f"{application.job_title}, {application.company.name}"
    kept = discard(application, owner_id=application.owner_id, title=title, at=at)
    publish(event)
    return kept


def _check_resume(owner_id: int, values: dict[str, Any]) -> None:
    resume = values.get("resume_id")
    if resume is not None and not resumes.is_owned(owner_id=owner_id, resume_id=resume):
        raise Invalid(fields={"resume": ["Resume not found."]})


def check_salary(values: Mapping[str, Any]) -> None:
    """Refuse a salary whose lower end is above its upper one. :raises Invalid: when it is"""
    low, high = values.get("salary_min"), values.get("salary_max")
    if low is not None and high is not None and low > high:
        raise Invalid(code="salary_range", fields={"": ["salary_min must not be greater than salary_max."]})


def check_dates(values: Mapping[str, Any]) -> None:
    """Refuse an answer from before the application was sent. :raises Invalid: when the dates contradict each other"""
    applied, answered = values.get("applied_date"), values.get("response_date")
    if applied is not None and answered is not None and answered < applied:
        raise Invalid(fields={"": ["response_date must not be before applied_date."]})


def first_moves(status: str, applied: date | None, answered: date | None, at: datetime) -> list[dict[str, Any]]:
    """Return the moves with which the history of an application begins, by the columns of `StatusChange`."""
    if status == Status.WISHLIST:
        return [{"after": status, "changed_at": at}]
    sent = moment_of(applied, at)
    if status != Status.APPLIED and applied is not None:
        # Whatever came of it, it was sent first, on a day that we know.
        moved = max(sent, moment_of(answered, at))
        return [
            {"after": Status.APPLIED, "changed_at": sent},
            {"before": Status.APPLIED, "after": status, "changed_at": moved},
        ]
    return [{"after": status, "changed_at": sent}]


def moment_of(day: date | None, at: datetime) -> datetime:
    """Return the beginning of a past day on the owner's clock; now, for today, for the future and for no day."""
    if day is None or day >= at.date():
        return at
    return datetime.combine(day, time.min, tzinfo=at.tzinfo)
