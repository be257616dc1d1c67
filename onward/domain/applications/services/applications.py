"""Writing applications."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from onward.domain.applications.choices import ANSWERED, Status
from onward.domain.applications.events import (
    ApplicationCreated,
    ApplicationDeleted,
    ApplicationUpdated,
    StatusChanged,
)
from onward.domain.applications.models import Application, StatusChange
from onward.domain.applications.services.notes import write_main_note
from onward.domain.companies import queries as companies_read
from onward.domain.companies import services as companies
from onward.domain.resumes import queries as resumes
from onward.platform.events import publish
from onward.platform.record import locked, locked_for_removal, name_key
from onward.platform.record.append import append
from onward.platform.refusals import Invalid

FIELDS = frozenset(
    {
        "company_id",
        "job_title",
        "job_url",
        "job_description",
        "status",
        "priority",
        "work_type",
        "job_type",
        "location",
        "salary_min",
        "salary_max",
        "salary_currency",
        "source",
        "referrer_name",
        "cover_letter",
        "resume_id",
        "applied_date",
        "response_date",
        "next_action",
        "next_action_date",
    }
)


@transaction.atomic
def create(
    *,
    owner_id: int,
    company_id: int,
    job_title: str,
    at: datetime,
    status: str = Status.APPLIED,
    notes: str = "",
    sent_on: date | None = None,
    created_at: datetime | None = None,
    saved_job_uid: uuid.UUID | None = None,
    **fields: Any,
) -> Application:
    """Take an application into somebody's record.

    :param at: the time on the owner's clock
    :param notes: its main note
    :param sent_on: the day on which it was sent, if it was and nobody says when
    :param created_at: when it was first written down, if that was elsewhere and before
    :param saved_job_uid: of the job that it is made of, if it is
    :raises Invalid: when the salary or the dates contradict each other, or the company or résumé is not the owner's
    """
    values = {"company_id": company_id, "job_title": job_title, "status": status, "uid": uuid.uuid4(), **fields}
    company = companies_read.referred_to(owner_id=owner_id, pk=company_id)
    _check_resume(owner_id, values)
    if sent_on is not None and status == Status.APPLIED and values.get("applied_date") is None:
        values["applied_date"] = sent_on
    _check(values)
    check_answer(values)
    values["created_at"] = created_at or at
    pk = append(Application, owner_id=owner_id, updated_at=at, **values)
    _begin_history(pk, status, values.get("applied_date"), values.get("response_date"), at)
    if notes:
        write_main_note(application_id=pk, content=notes, at=at)
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
    return Application(pk=pk, owner_id=owner_id, updated_at=at, **values)


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


def update(*, application: Application, at: datetime, sent_on: date | None = None, **changes: Any) -> Application:
    """Change an application. What is not named stays as it is; what is named and the same is no change.

    :param at: the time on the owner's clock
    :param sent_on: the day on which it is sent, if a wish becomes an application now and nobody says when
    :param changes: by field; ``notes`` is its main note, and ``company_name`` moves it to the company of that name
    :raises Invalid: when the salary or the dates contradict each other, or the company or résumé is not the owner's
    """
    return _update(application, changes, at, sent_on=sent_on)


def advance(*, application: Application, to: str, at: datetime) -> Application:
    """Move an application because something else happened, and say so. Repeating it is harmless."""
    return _update(application, {"status": to}, at, automatic=True)


@transaction.atomic
def _update(
    application: Application,
    changes: dict[str, Any],
    at: datetime,
    *,
    sent_on: date | None = None,
    **about_the_move: Any,
) -> Application:
    """Change an application. :param about_the_move: what the event of a move says besides"""
    application = locked(application)
    before = Status(application.status)
    wanted = _at_company(application, changes, at)
    derived: set[str] = set()
    applied_for = before == Status.WISHLIST and wanted.get("status") == Status.APPLIED
    if sent_on is not None and applied_for and wanted.get("applied_date", application.applied_date) is None:
        wanted["applied_date"] = sent_on
        derived = {"applied_date"}
    changed = {f: value for f, value in wanted.items() if f in FIELDS and getattr(application, f) != value}
    noted = "notes" in wanted and write_main_note(application_id=application.pk, content=wanted["notes"], at=at)
    if not changed and not noted:
        return application
    if "company_id" in changed:
        companies_read.referred_to(owner_id=application.owner_id, pk=changed["company_id"])
    _check_resume(application.owner_id, changed)
    for field, value in changed.items():
        setattr(application, field, value)
    moved = "status" in changed
    if moved:
        _note_the_answer(application, at)
        _record_move(application, before, at, dated=changed)
    _check(vars(application))
    if "response_date" in changed:
        check_answer(vars(application))
    application.updated_at = at
    application.save(update_fields=[*changed, "response_date", "updated_at"])
    about: dict[str, Any] = {
        "owner_id": application.owner_id,
        "at": at,
        "application_id": application.pk,
        "company_name": application.company.name,
        "job_title": application.job_title,
    }
    others = changed.keys() | ({"notes"} if noted else set())
    if moved:
        others -= {"status", "response_date", *derived}
        publish(StatusChanged(**about, before=before, after=application.status, **about_the_move))
    if others:
        publish(ApplicationUpdated(**about, changed=sorted(others), moved=moved))
    return application


def _at_company(application: Application, changes: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Say a company's name by its row. Another spelling of the name at hand is a correction of it."""
    wanted = dict(changes)
    name = wanted.pop("company_name", None)
    if name is None or name == application.company.name:
        return wanted
    if name_key(name) == application.company.name_key:
        companies.update(company=application.company, name=name, at=at)
        application.company.name = name
        return wanted
    found = companies.find_or_create(owner_id=application.owner_id, name=name, at=at)
    return wanted | {"company_id": found.pk}


def change_status(*, application: Application, to: str, at: datetime, response_date: date | None = None) -> Application:
    """Move an application to another status and announce the move.

    Repeating a move is harmless: it is neither recorded nor announced twice.

    :param response_date: the day on which the company answered, when it was not today; the move is dated by it
    """
    dates = {} if response_date is None else {"response_date": response_date}
    return update(application=application, at=at, status=to, **dates)


@transaction.atomic
def delete(*, application: Application, at: datetime) -> None:
    """Remove an application with its notes, interviews and history."""
    application = locked_for_removal(application)
    event = ApplicationDeleted(
        owner_id=application.owner_id,
        at=at,
        application_id=application.pk,
        company_name=application.company.name,
        job_title=application.job_title,
    )
    application.delete()
    publish(event)


def _check_resume(owner_id: int, values: dict[str, Any]) -> None:
    resume = values.get("resume_id")
    if resume is not None and not resumes.is_owned(owner_id=owner_id, resume_id=resume):
        raise Invalid(fields={"resume": ["Resume not found."]})


def _check(values: dict[str, Any]) -> None:
    low, high = values.get("salary_min"), values.get("salary_max")
    if low is not None and high is not None and low > high:
        raise Invalid(code="salary_range", fields={"": ["salary_min must not be greater than salary_max."]})


def check_answer(values: Mapping[str, Any]) -> None:
    """Refuse an answer from before it was sent.

    Asked where somebody says when the answer came. Where only the day of sending changes, an answer that is there
    stays as it is: not every API shows it, and those that do ask this themselves.

    :raises Invalid: when the dates contradict each other
    """
    applied, answered = values.get("applied_date"), values.get("response_date")
    if applied is not None and answered is not None and answered < applied:
        raise Invalid(fields={"": ["response_date must not be before applied_date."]})


def _begin_history(pk: int, status: str, applied: date | None, answered: date | None, at: datetime) -> None:
    if status == Status.WISHLIST:
        append(StatusChange, application_id=pk, after=status, changed_at=at, recorded_at=at)
        return
    sent = _moment(applied, at)
    if status != Status.APPLIED and applied is not None:
        # Whatever came of it, it was sent first, on a day that we know.
        append(StatusChange, application_id=pk, after=Status.APPLIED, changed_at=sent, recorded_at=at)
        moved = max(sent, _moment(answered, at))
        append(StatusChange, application_id=pk, before=Status.APPLIED, after=status, changed_at=moved, recorded_at=at)
    else:
        append(StatusChange, application_id=pk, after=status, changed_at=sent, recorded_at=at)


def _record_move(application: Application, before: str, at: datetime, *, dated: dict[str, Any]) -> None:
    # A date that comes with a move is the day of the move; one that was there before belongs to an earlier one.
    day = dated.get("applied_date" if application.status == Status.APPLIED else "response_date")
    moment = _moment(day, at)
    # Looked for among those before it, so that the history never runs backwards.
    last = application.status_changes.order_by("-pk").values_list("changed_at", flat=True).first()
    append(
        StatusChange,
        application_id=application.pk,
        before=before,
        after=application.status,
        changed_at=moment if last is None else max(moment, last),
        recorded_at=at,
    )


def _moment(day: date | None, at: datetime) -> datetime:
    """Give the beginning of a past day on the owner's clock; now, for today, for the future and for no day."""
    if day is None or day >= at.date():
        return at
    return datetime.combine(day, time.min, tzinfo=at.tzinfo)


def _note_the_answer(application: Application, at: datetime) -> None:
    if application.status in ANSWERED and application.response_date is None:
        today = at.date()
        application.response_date = max(today, application.applied_date or today)
