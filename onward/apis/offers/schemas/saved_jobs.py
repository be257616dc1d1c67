"""Saved jobs as the offers document shows them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from onward.apis.offers.lenses import JOB_TYPE, SAVED_JOB_PRIORITY, SAVED_JOB_STATUS, TEXT, WORK_MODE
from onward.domain.applications.choices import SavedJobStatus
from onward.platform.wire import (
    EMPTY_IS_NULL,
    Body,
    Date,
    From,
    OneOf,
    Text,
    Unsigned4,
    WebAddress,
    Whole,
    Wire,
    empty_is,
)

JobTypeWord = Annotated[str, OneOf(*JOB_TYPE.words)]
WorkModeWord = Annotated[str, OneOf(*WORK_MODE.words)]
PriorityWord = Annotated[str, OneOf(*SAVED_JOB_PRIORITY.words)]
StatusWord = Annotated[str, OneOf(*SAVED_JOB_STATUS.words)]
# Converting says the third.
SettableStatus = Annotated[str, OneOf(*map(SAVED_JOB_STATUS.show, (SavedJobStatus.ACTIVE, SavedJobStatus.ARCHIVED)))]
Name = Annotated[str, Text(255, shortest=1)]


class SavedJobResponse(Wire):
    """A job that somebody has put aside."""

    id: Annotated[UUID, From("uid")]
    user_id: Annotated[UUID, From("owner__uid")]
    company_name: str
    role_title: Annotated[str | None, From("job_title", lens=TEXT)]
    url: Annotated[str | None, From("job_url", lens=TEXT)]
    company_website: Annotated[str | None, From("company_website", lens=TEXT)]
    location: Annotated[str | None, From("location", lens=TEXT)]
    job_type: Annotated[JobTypeWord | None, From("job_type", lens=JOB_TYPE)]
    work_mode: Annotated[WorkModeWord | None, From("work_type", lens=WORK_MODE)]
    salary_range_min: Annotated[int | None, From("salary_min")]
    salary_range_max: Annotated[int | None, From("salary_max")]
    salary_currency: str
    priority: Annotated[PriorityWord, From("priority", lens=SAVED_JOB_PRIORITY)]
    source: Annotated[str | None, From("source", lens=TEXT)]
    notes: Annotated[str | None, From("notes", lens=TEXT)]
    deadline: date | None
    excitement_level: Annotated[int | None, From("excitement")]
    status: Annotated[StatusWord, From("status", lens=SAVED_JOB_STATUS)]
    converted_to_application_id: Annotated[UUID | None, From("application__uid")]
    created_at: datetime
    updated_at: datetime


class _Said(Body):
    """What a client may say of a saved job, new or not. Null clears."""

    company_name: Name | None = None
    role_title: Annotated[str, Text(255)] | None = None
    url: Annotated[Annotated[str, WebAddress(500)] | None, EMPTY_IS_NULL] = None
    company_website: Annotated[Annotated[str, WebAddress(500)] | None, EMPTY_IS_NULL] = None
    location: Annotated[str, Text(255)] | None = None
    job_type: Annotated[JobTypeWord | None, EMPTY_IS_NULL] = None
    work_mode: Annotated[WorkModeWord | None, EMPTY_IS_NULL] = None
    salary_range_min: Annotated[Unsigned4 | None, EMPTY_IS_NULL] = None
    salary_range_max: Annotated[Unsigned4 | None, EMPTY_IS_NULL] = None
    salary_currency: Annotated[Annotated[str, Text(3)] | None, EMPTY_IS_NULL] = None
    priority: Annotated[PriorityWord | None, EMPTY_IS_NULL] = None
    source: Annotated[str, Text(255)] | None = None
    notes: Annotated[str, Text()] | None = None
    deadline: Annotated[Date | None, EMPTY_IS_NULL] = None
    excitement_level: Annotated[Annotated[int, Whole(1, 5)] | None, EMPTY_IS_NULL] = None


class SavedJobChanges(_Said):
    """What a client changes about a saved job. What is absent stays as it is."""

    status: Annotated[SettableStatus | None, EMPTY_IS_NULL] = None


class SavedJobIn(_Said):
    """What a client says of a new saved job. Only the company must be given."""

    company_name: Name
    salary_currency: Annotated[Annotated[str, Text(3)] | None, EMPTY_IS_NULL] = "USD"
    priority: Annotated[PriorityWord, empty_is("Medium")] = "Medium"
