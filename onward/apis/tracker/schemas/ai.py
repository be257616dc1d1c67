"""What the tracker says and hears about the assistant."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, model_validator
from pydantic_core import PydanticCustomError

from onward.domain.assistant.choices import Kind, TaskStatus, Tone
from onward.platform.lens import Lens
from onward.platform.wire import Body, Choice, From, Id, Text, Whole, Wire

SHORTEST_POSTING = 50

# What this document has words for; the record has more.
KINDS = (Kind.COVER_LETTER, Kind.JOB_MATCH, Kind.INTERVIEW_QUESTIONS)
TONES = (Tone.PROFESSIONAL, Tone.ENTHUSIASTIC, Tone.FORMAL, Tone.CONVERSATIONAL)
KIND_LABEL = Lens.one_to_one({kind: str(kind.label) for kind in KINDS})
STATUS_LABEL = Lens.one_to_one(dict(TaskStatus.choices))

# In the order of the document; the database keeps none.
INPUT_PARAMS = ("company_name", "job_title", "tone", "question_count")

KindWord = Annotated[str, Choice(KINDS)]
StatusWord = Annotated[str, Choice(TaskStatus)]


def _long_enough(text: str) -> str:
    if len(text) < SHORTEST_POSTING:
        raise PydanticCustomError("too_short", f"Ensure this field has at least {SHORTEST_POSTING} characters.")
    return text


class Asking(Body):
    """What all three are asked with."""

    job_description: Annotated[str, Text(), AfterValidator(_long_enough)]
    application_id: Id | None = None
    save_to_history: bool = True
    async_mode: bool = False


class WithResume(Asking):
    """What needs a résumé: its text, or the number of a version."""

    resume_text: Annotated[str, Text()] | None = None
    resume_version_id: Id | None = None

    @model_validator(mode="after")
    def _has_one_resume(self) -> "WithResume":
        if self.resume_text and self.resume_version_id is not None:
            raise PydanticCustomError("two_resumes", "Provide either resume_text or resume_version_id, not both.")
        if not self.resume_text and self.resume_version_id is None:
            raise PydanticCustomError("no_resume", "Provide either resume_text or resume_version_id.")
        return self


class CoverLetterIn(WithResume):
    """What a cover letter is written from."""

    company_name: Annotated[str, Text(255)] = ""
    job_title: Annotated[str, Text(255)] = ""
    tone: Annotated[str, Choice(TONES)] = Tone.PROFESSIONAL


class JobMatchIn(WithResume):
    """What is compared."""


class QuestionsIn(Asking):
    """What questions are asked from."""

    company_name: Annotated[str, Text(255)] = ""
    job_title: Annotated[str, Text(255)] = ""
    question_count: Annotated[int, Whole(5, 20)] = 10


class CoverLetterOut(BaseModel):
    """A cover letter. `saved_id` is its number in the history, or null; `warnings` say what is uncertain."""

    cover_letter: str
    model: str
    tokens_used: int
    saved_id: int | None
    warnings: list[str]


class Analysis(BaseModel):
    """How a résumé fits a posting. The score is 0 to 100; `parts` are the scores that it is made of."""

    match_score: int
    matching_skills: list[str]
    missing_skills: list[str]
    recommendations: list[str]
    summary: str
    parts: dict[str, int]
    warnings: list[str]


class JobMatchOut(BaseModel):
    """A match. `saved_id` is its number in the history, or null."""

    analysis: Analysis
    model: str
    tokens_used: int
    saved_id: int | None


class QuestionsOut(BaseModel):
    """Interview questions. `saved_id` is their number in the history, or null; `warnings` say what was not read."""

    questions: str
    model: str
    tokens_used: int
    saved_id: int | None
    warnings: list[str]


class Queued(BaseModel):
    """Something that will be written. Its task tells how far it is."""

    task_id: int
    status: Literal["pending"] = "pending"
    message: str


class _Task(Wire):
    id: int
    task_type: Annotated[KindWord, From("kind")]
    task_type_display: Annotated[str, From("kind", lens=KIND_LABEL)]
    status: StatusWord
    status_display: Annotated[str, From("status", lens=STATUS_LABEL)]
    created_at: datetime


class TaskRow(_Task):
    """A task in a list."""

    completed_at: Annotated[datetime | None, From("ended_at")]


class PendingTask(_Task):
    """A task that is not at its end."""

    started_at: datetime | None


class TaskOut(Wire):
    """A task in full. `result` is what the same request would have been answered at once; `duration` is in seconds."""

    id: int
    task_type: KindWord
    task_type_display: str
    status: StatusWord
    status_display: str
    input_params: dict[str, Any]
    result: CoverLetterOut | JobMatchOut | QuestionsOut | None
    error_message: str
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    duration: float | None


class Cancelled(BaseModel):
    """What a cancelled task is from now on."""

    status: Literal["cancelled"] = "cancelled"


class HistoryRow(Wire):
    """Something that was written, in a list."""

    id: int
    content_type: Annotated[KindWord, From("kind")]
    content_type_display: Annotated[str, From("kind", lens=KIND_LABEL)]
    input_company_name: Annotated[str, From("company_name")]
    input_job_title: Annotated[str, From("job_title")]
    output_content: Annotated[str, From("content")]
    model_used: Annotated[str, From("model")]
    tokens_used: Annotated[int, From("tokens")]
    is_favorite: bool
    rating: int | None
    created_at: datetime


class HistoryItem(HistoryRow):
    """Something that was written, in full: with what it rests on, and what it claims without a ground."""

    application_id: int | None
    analysis: Annotated[dict[str, Any] | None, From("analysis")]
    sources: Annotated[list[Any], From("sources")]
    warnings: Annotated[list[Any], From("warnings")]


class Marks(Body):
    """A person's own marks on something that was written. What is absent stays as it is."""

    is_favorite: bool = False
    rating: Annotated[int, Whole(1, 5)] | None = None


class RatingIn(Body):
    """One to five stars."""

    rating: Any = None


class Favorite(BaseModel):
    """Whether it is a favourite now."""

    is_favorite: bool


class Rated(BaseModel):
    """The stars it has now."""

    rating: int
