"""Applying for postings on this server's own board: one application of a member for one posting."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.accounts import queries as accounts
from onward.domain.applications.choices import Source, Status
from onward.domain.applications.models import Application, SavedJob
from onward.domain.applications.services import saved_jobs
from onward.domain.applications.services.applications import already, change_status, create_at, update
from onward.domain.board import eligibility
from onward.domain.board import queries as board
from onward.domain.board.choices import JobType
from onward.domain.board.models import Posting
from onward.domain.board.services import is_over
from onward.domain.companies import services as companies
from onward.platform.record import locked
from onward.platform.refusals import Conflict


class NotEligible(Conflict):
    """A posting asks for what somebody's profile does not have; ``fields`` says what, under ``reasons``."""

    code = "not_eligible"


@transaction.atomic
def apply_to(
    *, owner_id: int, posting_id: int, at: datetime, is_internship: bool | None = None, **fields: Any
) -> Application:
    """Make somebody's application for a posting, with what the posting says; one that was withdrawn is taken up again.

    A wish for it, or a job of theirs that was put aside, becomes the application. Many at once make one.

    :param at: the time on the owner's clock
    :param is_internship: where only an internship, or only another job, is meant
    :param fields: as `create` takes them; they go before what the posting says
    :raises Missing: when there is no such posting on the board
    :raises Conflict: when it is closed, or they have applied for it already
    :raises NotEligible: when it asks for what their profile does not have
    :raises Invalid: as `create` does
    """
    posting = board.on_board(pk=posting_id, is_internship=is_internship)
    if posting.state == "closed" or is_over(posting, at=at):
        raise Conflict("This posting is closed: nobody can apply for it any more.", code="closed")
    _check_eligible(posting, owner_id)
    job = SavedJob.objects.filter(owner_id=owner_id, posting=posting).first()
    # The job before its application, as those do who move both.
    job = None if job is None else locked(job)
    found = Application.objects.filter(owner_id=owner_id, posting=posting).first()
    if found is not None:
        return _taken_up(locked(found), at, fields)
    said = {"status": Status.APPLIED, "source": Source.JOB_BOARD, **fields}
    if job is not None and job.application_id is None:
        return saved_jobs.apply_for(saved_job=job, at=at, **said)
    return _make(posting, owner_id, at, said)


@transaction.atomic
def withdraw(*, application: Application, at: datetime) -> Application:
    """Withdraw an application. :raises Conflict: when it is withdrawn already"""
    application = locked(application)
    if application.status == Status.WITHDRAWN:
        raise Conflict("This application is withdrawn already.")
    return change_status(application=application, to=Status.WITHDRAWN, at=at)


def _taken_up(application: Application, at: datetime, fields: dict[str, Any]) -> Application:
    if application.status not in (Status.WISHLIST, Status.WITHDRAWN):
        raise already()
    return update(application=application, at=at, sent_on=at.date(), status=Status.APPLIED, **fields)


def _make(posting: Posting, owner_id: int, at: datetime, fields: dict[str, Any]) -> Application:
    employer = posting.employer
    said = {
        "job_title": posting.title,
        "job_url": posting.url or posting.apply_url,
        "job_description": posting.description,
        "job_type": JobType.INTERNSHIP if posting.is_internship else posting.job_type,
        "work_type": posting.work_mode,
        "location": posting.location[:255],
        **saved_jobs.yearly_pay(posting),
    }
    application = create_at(
        owner_id=owner_id,
        company_name=posting.company_name,
        company_website=employer.website if employer else "",
        at=at,
        sent_on=at.date(),
        posting_id=posting.pk,
        **{**said, **fields},
    )
    if employer is not None:
        companies.point_to(company=application.company, employer_id=employer.pk)
    return application


def _check_eligible(posting: Posting, owner_id: int) -> None:
    if not posting.eligibility:
        return
    person = accounts.person(pk=owner_id)
    gpa = None if person.gpa is None else float(person.gpa)
    studies = eligibility.Studies(person.graduation_year, person.programme, gpa, person.work_authorised)
    verdict = eligibility.judge(posting.eligibility, studies)
    if not verdict.is_eligible:
        sentence = f"You cannot apply for this posting: {' '.join(verdict.reasons)}"
        raise NotEligible(sentence, fields={"reasons": verdict.reasons})
