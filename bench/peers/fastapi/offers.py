"""What comes out of the nested list of the offers API, mapped to its words by Pydantic."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AliasPath, BeforeValidator, Field, computed_field

from bench.peers import words
from bench.peers.fastapi.schemas import Out


def word(known: dict[str, str]) -> BeforeValidator:
    return BeforeValidator(known.get)


# The row holds a number; the application that it is shown in says its own UUID.
ApplicationId = Annotated[UUID | None, BeforeValidator(lambda number: None)]
Text = Annotated[str | None, BeforeValidator(lambda text: text or None)]


class StageOut(Out):
    id: UUID = Field(validation_alias="uid")
    name: str = Field(exclude=True)
    stage_type: Annotated[str | None, word(words.STAGE_TYPE)] = Field(validation_alias="interview_type")
    stage_date: date | None = Field(validation_alias="day")
    status: str = Field(exclude=True)
    outcome: Annotated[str, word(words.RESULT)] = Field(exclude=True)
    duration_minutes: int | None
    interviewer_names: Text
    prep_notes: Text = Field(validation_alias="preparation_notes")
    questions_asked: list[str] | None = Field(validation_alias="questions")
    notes: Text = Field(validation_alias="post_interview_notes")
    created_at: datetime
    updated_at: datetime
    application_id: ApplicationId = None

    @computed_field
    @property
    def stage_name(self) -> str:
        return self.name or self.stage_type or "Interview"

    @computed_field
    @property
    def result(self) -> str:
        return "Cancelled" if self.status == "cancelled" else self.outcome


class OutcomeOut(Out):
    id: UUID = Field(validation_alias="uid")
    application_id: ApplicationId = None
    status: Annotated[str | None, word(words.OUTCOME)]
    salary: int | None
    salary_currency: str
    bonus: Text
    equity: Text
    benefits: Text
    start_date: date | None
    deadline: date | None
    negotiation_notes: Text
    notes: Text
    created_at: datetime
    updated_at: datetime


class ReflectionOut(Out):
    id: UUID = Field(validation_alias="uid")
    application_id: ApplicationId = None
    what_worked: Text
    what_failed: Text
    skill_gaps: dict[str, object] | None
    improvement_plan: Text
    created_at: datetime
    updated_at: datetime


class OfferedApplication(Out):
    id: UUID = Field(validation_alias="uid")
    user_id: UUID = Field(validation_alias=AliasPath("owner", "uid"))
    company_name: str
    role_title: str = Field(validation_alias="job_title")
    url: Text = Field(validation_alias="job_url")
    description: Text = Field(validation_alias="job_description")
    location: Text
    job_type: Annotated[str | None, word(words.JOB_TYPE)]
    work_mode: Annotated[str | None, word(words.WORK_MODE)] = Field(validation_alias="work_type")
    salary_min: int | None
    salary_max: int | None
    salary_currency: str
    applied_source: Annotated[str | None, word(words.SOURCE)] = Field(validation_alias="source")
    applied_date: date | None
    follow_up_date: date | None = Field(validation_alias="next_action_date")
    priority: Annotated[str | None, word(words.PRIORITY)]
    notes: Annotated[str | None, BeforeValidator(lambda note: note and note.content)] = Field(
        validation_alias="main_note"
    )
    status: Annotated[str, word(words.STATUS)]
    resume_version_id: Annotated[UUID | None, BeforeValidator(lambda resume: resume and resume.uid)] = Field(
        validation_alias="resume"
    )
    created_at: datetime
    updated_at: datetime
    stages: list[StageOut]
    outcome: OutcomeOut | None
    reflection: ReflectionOut | None

    def model_post_init(self, context: object) -> None:
        for part in (*self.stages, self.outcome, self.reflection):
            if part is not None:
                part.application_id = self.id
