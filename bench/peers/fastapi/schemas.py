"""What goes in and what comes out."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Status(StrEnum):
    WISHLIST = "wishlist"
    APPLIED = "applied"
    SCREENING = "screening"
    INTERVIEWING = "interviewing"
    OFFER = "offer"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    GHOSTED = "ghosted"


class Priority(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class WorkType(StrEnum):
    REMOTE = "remote"
    HYBRID = "hybrid"
    ONSITE = "onsite"
    UNKNOWN = ""


class Source(StrEnum):
    LINKEDIN = "linkedin"
    INDEED = "indeed"
    GLASSDOOR = "glassdoor"
    COMPANY_SITE = "company_site"
    REFERRAL = "referral"
    RECRUITER = "recruiter"
    JOB_FAIR = "job_fair"
    OTHER = "other"


class Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CompanyOut(Out):
    id: int
    name: str
    industry: str
    location: str
    application_count: int


class NoteOut(Out):
    id: int
    content: str
    note_type: str
    created_at: datetime
    updated_at: datetime


class InterviewOut(Out):
    id: int
    round_number: int
    interview_type: str
    scheduled_at: datetime
    duration_minutes: int
    status: str
    outcome: str


class ApplicationRow(Out):
    id: int
    company: int = Field(validation_alias="company_id")
    company_name: str
    job_title: str
    status: Status
    priority: Priority
    work_type: WorkType
    location: str
    source: Source
    applied_date: date | None
    days_since_applied: int | None
    updated_at: datetime


class ApplicationNested(ApplicationRow):
    notes: list[NoteOut]
    interviews: list[InterviewOut]


class ApplicationPage(BaseModel):
    count: int
    next: str | None
    previous: str | None
    results: list[ApplicationRow]


class ApplicationOut(Out):
    id: int
    company: int = Field(validation_alias="company_id")
    company_name: str
    company_details: CompanyOut
    job_title: str
    job_url: str
    job_description: str
    status: Status
    priority: Priority
    work_type: WorkType
    location: str
    salary_min: int | None
    salary_max: int | None
    source: Source
    referrer_name: str
    cover_letter: str
    resume_version: int | None = Field(validation_alias="resume_id")
    applied_date: date | None
    response_date: date | None
    next_action: str
    next_action_date: date | None
    days_since_applied: int | None
    has_response: bool
    notes_count: int
    interviews_count: int
    notes: list[NoteOut]
    created_at: datetime
    updated_at: datetime


class ApplicationIn(BaseModel):
    company: int
    job_title: Annotated[str, Field(min_length=1, max_length=255)]
    job_url: Annotated[str, Field(max_length=2000)] = ""
    job_description: str = ""
    status: Status = Status.APPLIED
    priority: Priority = Priority.MEDIUM
    work_type: WorkType = WorkType.UNKNOWN
    location: Annotated[str, Field(max_length=255)] = ""
    salary_min: Annotated[int, Field(ge=0)] | None = None
    salary_max: Annotated[int, Field(ge=0)] | None = None
    source: Source = Source.LINKEDIN
    referrer_name: Annotated[str, Field(max_length=255)] = ""
    cover_letter: str = ""
    resume_version: int | None = None
    applied_date: date | None = None
    response_date: date | None = None
    next_action: Annotated[str, Field(max_length=255)] = ""
    next_action_date: date | None = None

    @model_validator(mode="after")
    def check_salaries(self) -> Self:
        if self.salary_min and self.salary_max and self.salary_min > self.salary_max:
            raise ValueError("The salary range is the wrong way round.")
        return self


class Dashboard(BaseModel):
    total_applications: int
    active_applications: int
    offers_received: int
    interviews_scheduled: int
    response_rate: float
    avg_response_days: float | None
    status_breakdown: dict[str, int]
