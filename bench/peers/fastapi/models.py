"""Models over the tables that are there already."""

import uuid
from datetime import UTC, date, datetime

from sqlalchemy import DateTime, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bench.peers.fastapi.database import Base


def now() -> datetime:
    return datetime.now(UTC)


class User(Base):
    __tablename__ = "accounts_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    email: Mapped[str]
    is_active: Mapped[bool]


class Company(Base):
    __tablename__ = "companies_company"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("accounts_user.id"))
    name: Mapped[str]
    industry: Mapped[str]
    location: Mapped[str]


class Resume(Base):
    __tablename__ = "resumes_resume"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    owner_id: Mapped[int] = mapped_column(ForeignKey("accounts_user.id"))


class Application(Base):
    __tablename__ = "applications_application"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
    owner_id: Mapped[int] = mapped_column(ForeignKey("accounts_user.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("companies_company.id"))
    job_title: Mapped[str]
    job_url: Mapped[str]
    job_description: Mapped[str]
    status: Mapped[str]
    priority: Mapped[str]
    work_type: Mapped[str]
    job_type: Mapped[str] = mapped_column(default="")
    location: Mapped[str]
    salary_min: Mapped[int | None]
    salary_max: Mapped[int | None]
    salary_currency: Mapped[str] = mapped_column(default="USD")
    source: Mapped[str]
    referrer_name: Mapped[str]
    cover_letter: Mapped[str]
    resume_id: Mapped[int | None] = mapped_column(ForeignKey("resumes_resume.id"))
    applied_date: Mapped[date | None]
    response_date: Mapped[date | None]
    next_action: Mapped[str]
    next_action_date: Mapped[date | None]
    interview_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    offer_date: Mapped[date | None]
    interview_feedback: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now, onupdate=now)

    company: Mapped[Company] = relationship()
    owner: Mapped[User] = relationship()
    resume: Mapped[Resume | None] = relationship()
    stages: Mapped[list["Interview"]] = relationship(
        order_by="(Interview.day, Interview.scheduled_at, Interview.created_at)", viewonly=True
    )
    main_note: Mapped["Note | None"] = relationship(
        primaryjoin="and_(Note.application_id == Application.id, Note.is_main)", uselist=False, viewonly=True
    )
    outcome: Mapped["Outcome | None"] = relationship(uselist=False)
    reflection: Mapped["Reflection | None"] = relationship(uselist=False)
    notes: Mapped[list["Note"]] = relationship(order_by="Note.created_at.desc()")
    interviews: Mapped[list["Interview"]] = relationship(order_by="Interview.scheduled_at")
    saved_job: Mapped["SavedJob | None"] = relationship(back_populates="application", uselist=False)
    documents: Mapped[list["Document"]] = relationship(order_by="Document.id")
    moves: Mapped[list["StatusChange"]] = relationship(order_by="StatusChange.id")

    @property
    def company_name(self) -> str:
        return self.company.name

    @property
    def days_since_applied(self) -> int | None:
        return (now().date() - self.applied_date).days if self.applied_date else None

    @property
    def has_response(self) -> bool:
        return self.response_date is not None


class Note(Base):
    __tablename__ = "applications_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications_application.id"))
    content: Mapped[str]
    note_type: Mapped[str]
    is_main: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now, onupdate=now)


class Interview(Base):
    __tablename__ = "interviews_interview"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("accounts_user.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications_application.id"))
    uid: Mapped[uuid.UUID]
    name: Mapped[str]
    day: Mapped[date | None]
    interviewer_names: Mapped[str]
    preparation_notes: Mapped[str]
    post_interview_notes: Mapped[str]
    questions: Mapped[list[str] | None] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    round_number: Mapped[int]
    interview_type: Mapped[str]
    scheduled_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    duration_minutes: Mapped[int]
    status: Mapped[str]
    outcome: Mapped[str]


class Outcome(Base):
    __tablename__ = "applications_outcome"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    application_id: Mapped[int] = mapped_column(ForeignKey("applications_application.id"))
    status: Mapped[str]
    salary: Mapped[int | None]
    salary_currency: Mapped[str]
    bonus: Mapped[str]
    equity: Mapped[str]
    benefits: Mapped[str]
    start_date: Mapped[date | None]
    deadline: Mapped[date | None]
    negotiation_notes: Mapped[str]
    notes: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Reflection(Base):
    __tablename__ = "applications_reflection"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    application_id: Mapped[int] = mapped_column(ForeignKey("applications_application.id"))
    what_worked: Mapped[str]
    what_failed: Mapped[str]
    skill_gaps: Mapped[dict[str, object] | None] = mapped_column(JSONB)
    improvement_plan: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class SavedJob(Base):
    __tablename__ = "applications_savedjob"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
    owner_id: Mapped[int] = mapped_column(ForeignKey("accounts_user.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications_application.id"))
    posting_id: Mapped[int | None]
    company_name: Mapped[str]
    company_website: Mapped[str] = mapped_column(default="")
    job_title: Mapped[str]
    job_url: Mapped[str]
    location: Mapped[str]
    description: Mapped[str]
    requirements: Mapped[str]
    responsibilities: Mapped[str]
    tech_stack: Mapped[list[str]] = mapped_column(JSONB)
    documents_required: Mapped[object | None] = mapped_column(JSONB(none_as_null=True))
    job_type: Mapped[str]
    work_type: Mapped[str]
    salary_min: Mapped[int | None]
    salary_max: Mapped[int | None]
    salary_currency: Mapped[str]
    priority: Mapped[str] = mapped_column(default="medium")
    source: Mapped[str]
    notes: Mapped[str]
    status: Mapped[str] = mapped_column(default="active")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now, onupdate=now)

    application: Mapped[Application | None] = relationship(back_populates="saved_job")


class Document(Base):
    __tablename__ = "applications_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications_application.id"))
    name: Mapped[str]
    file_url: Mapped[str]


class StatusChange(Base):
    __tablename__ = "applications_statuschange"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications_application.id"))
    after: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
