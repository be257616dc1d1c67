"""Jobs and the board of the copilot's document, mapped to its words by Pydantic."""

from collections import Counter
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Response
from pydantic import AliasPath, BaseModel, BeforeValidator, Field, computed_field
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from bench.peers import words
from bench.peers.fastapi.database import get_db
from bench.peers.fastapi.models import Application, SavedJob, User
from bench.peers.fastapi.offers import Text, word
from bench.peers.fastapi.schemas import Out
from bench.peers.fastapi.security import get_current_user

router = APIRouter(prefix="/copilot/api/v1")

CurrentUser = Annotated[User, Depends(get_current_user)]
Database = Annotated[Session, Depends(get_db)]


class JobOut(Out):
    id: int
    user_id: int = Field(validation_alias="owner_id")
    posting_id: int | None
    company: str = Field(validation_alias="company_name")
    title: str = Field(validation_alias="job_title")
    location: Text
    description: Text
    requirements: Text
    responsibilities: Text
    salary_min: int | None
    salary_max: int | None
    currency: str = Field(validation_alias="salary_currency")
    job_type: Annotated[str | None, BeforeValidator(lambda value: value.replace("_", "-") or None)]
    remote_option: Text = Field(validation_alias="work_type")
    tech_stack: list[str]
    documents_required: Any
    application_url: Text = Field(validation_alias="job_url")
    source: Annotated[str, BeforeValidator(lambda text: words.COPILOT_SOURCE.get(text.lower(), "manual"))]
    application: Annotated[Any, Field(exclude=True)]
    notes: Text
    created_at: datetime
    updated_at: datetime

    @computed_field
    @property
    def status(self) -> str:
        return words.COPILOT_JOB_STATUS[self.application.status] if self.application else "not_applied"

    @computed_field
    @property
    def date_applied(self) -> date | None:
        return self.application.applied_date if self.application else None


class JobWithPreview(JobOut):
    @computed_field
    @property
    def description_preview(self) -> str | None:
        return self.description[:200] if self.description else None


class JobIn(BaseModel):
    company: Annotated[str, Field(min_length=1, max_length=255)]
    title: Annotated[str, Field(min_length=1, max_length=255)]
    location: Annotated[str, Field(max_length=255)] = ""
    description: str = ""
    requirements: str = ""
    responsibilities: str = ""
    salary_min: Annotated[int, Field(ge=0)] | None = None
    salary_max: Annotated[int, Field(ge=0)] | None = None
    currency: Annotated[str, Field(min_length=3, max_length=3)] = "USD"
    job_type: str = ""
    remote_option: str = ""
    tech_stack: list[str] = []
    application_url: Annotated[str, Field(max_length=2000)] = ""
    source: str = "manual"
    notes: str = ""


class AttachmentOut(Out):
    name: str
    url: Text = Field(validation_alias="file_url")


class ApplicationOut(Out):
    id: int
    user_id: int = Field(validation_alias="owner_id")
    job_id: Annotated[int | None, BeforeValidator(lambda job: job and job.id)] = Field(validation_alias="saved_job")
    company: str = Field(validation_alias=AliasPath("company", "name"))
    title: str = Field(validation_alias="job_title")
    status: Annotated[str, word(words.COPILOT_STATUS)]
    applied_date: date | None
    response_date: date | None
    interview_date: datetime | None
    offer_date: date | None
    notes: Annotated[str | None, BeforeValidator(lambda note: note and note.content)] = Field(
        validation_alias="main_note"
    )
    interview_feedback: dict[str, Any] | None
    follow_up_date: date | None = Field(validation_alias="next_action_date")
    attachments: list[AttachmentOut] = Field(validation_alias="documents")
    created_at: datetime
    updated_at: datetime


class Column(BaseModel):
    status: str
    label: str
    color: str
    count: int


class Kanban(BaseModel):
    columns: list[Column]


class Board(BaseModel):
    items: list[ApplicationOut]
    total: int
    skip: int
    limit: int
    kanban: Kanban


@router.get("/jobs", response_model=list[JobOut])
def list_jobs(response: Response, db: Database, user: CurrentUser, skip: int = 0, limit: int = 100):
    total = db.scalar(select(func.count()).select_from(SavedJob).where(SavedJob.owner_id == user.id))
    response.headers["X-Total-Count"] = str(total)
    return db.scalars(
        select(SavedJob)
        .where(SavedJob.owner_id == user.id)
        .options(joinedload(SavedJob.application))
        .order_by(SavedJob.created_at.desc())
        .offset(skip)
        .limit(limit)
    ).all()


@router.get("/jobs/{job_id}", response_model=JobWithPreview)
def get_job(job_id: int, db: Database, user: CurrentUser):
    job = db.scalar(
        select(SavedJob)
        .where(SavedJob.id == job_id, SavedJob.owner_id == user.id)
        .options(joinedload(SavedJob.application))
    )
    if job is None:
        raise HTTPException(status_code=404, detail="Job not found")
    return job


@router.post("/jobs", response_model=JobWithPreview, status_code=201)
def create_job(body: JobIn, db: Database, user: CurrentUser):
    job = SavedJob(
        owner_id=user.id,
        company_name=body.company,
        job_title=body.title,
        job_url=body.application_url,
        salary_currency=body.currency,
        job_type=body.job_type.replace("-", "_"),
        work_type=body.remote_option,
        **body.model_dump(
            exclude={"company", "title", "application_url", "currency", "job_type", "remote_option"}
        ),
    )
    db.add(job)
    db.commit()
    db.refresh(job)
    return job


@router.get("/applications", response_model=Board)
def list_applications(db: Database, user: CurrentUser, skip: int = 0, limit: int = 100):
    mine = Application.owner_id == user.id
    counted = db.execute(select(Application.status, func.count()).where(mine).group_by(Application.status)).all()
    counts: Counter[str] = Counter()
    for status, number in counted:
        counts[words.COPILOT_STATUS[status]] += number
    applications = db.scalars(
        select(Application)
        .where(mine)
        .options(
            joinedload(Application.company),
            joinedload(Application.saved_job),
            selectinload(Application.main_note),
            selectinload(Application.documents),
            selectinload(Application.interviews),
            selectinload(Application.moves),
        )
        .order_by(Application.created_at.desc())
        .offset(skip)
        .limit(limit)
    ).all()
    items = []
    for application in applications:
        shown = ApplicationOut.model_validate(application)
        if shown.interview_date is None and application.interviews:
            shown.interview_date = application.interviews[0].scheduled_at
        if shown.offer_date is None:
            moves = [move.changed_at.date() for move in application.moves if move.after == "offer"]
            shown.offer_date = moves[-1] if moves else None
        items.append(shown)
    columns = [
        Column(status=status, label=label, color=color, count=counts[status])
        for status, (label, color) in words.COPILOT_COLUMNS.items()
    ]
    return Board(items=items, total=counts.total(), skip=skip, limit=limit, kanban=Kanban(columns=columns))
