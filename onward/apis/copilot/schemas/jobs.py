"""Jobs as the copilot document shows them: what somebody tracks."""

from datetime import date, datetime
from typing import Annotated, Any

from django.db.models import F
from django.db.models.functions import Coalesce, NullIf, Substr
from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from onward.apis.copilot.lenses import JOB_STATUS, JOB_TYPE, REMOTE_OPTION, SOURCE, TEXT
from onward.apis.copilot.schemas.words import (
    Amount,
    IdInBody,
    JobStatusWord,
    JobTypeWord,
    Name,
    RemoteWord,
    SourceWord,
    needed_without,
)
from onward.platform.database.literal import Literal
from onward.platform.wire import EMPTY_IS_NULL, Body, Date, From, Text, WebAddress, Wire, empty_is
from onward.platform.wire.fields import Path

# So much of a description is shown as its beginning, in characters.
PREVIEW = 200
_DOCUMENTS = WithJsonSchema(
    {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}, {"type": "null"}]}
)


def _status(at: Path) -> Coalesce:
    return Coalesce(F(at("application__status")), Literal(""))


def _beginning(at: Path) -> NullIf:
    return NullIf(Substr(at("description"), Literal(1), Literal(PREVIEW)), Literal(""))


class JobRow(Wire):
    """A job that somebody tracks."""

    id: int
    user_id: Annotated[int, From("owner_id")]
    posting_id: int | None
    company: Annotated[str, From("company_name")]
    title: Annotated[str, From("job_title")]
    location: Annotated[str | None, From("location", lens=TEXT)]
    description: Annotated[str | None, From("description", lens=TEXT)]
    requirements: Annotated[str | None, From("requirements", lens=TEXT)]
    responsibilities: Annotated[str | None, From("responsibilities", lens=TEXT)]
    salary_min: int | None
    salary_max: int | None
    currency: Annotated[str, From("salary_currency")]
    job_type: Annotated[JobTypeWord | None, From("job_type", lens=JOB_TYPE)]
    remote_option: Annotated[RemoteWord | None, From("work_type", lens=REMOTE_OPTION)]
    tech_stack: list[str]
    documents_required: Annotated[Any | None, _DOCUMENTS]
    application_url: Annotated[str | None, From("job_url", lens=TEXT)]
    source: Annotated[SourceWord, From("source", lens=SOURCE)]
    status: Annotated[JobStatusWord, From(_status, lens=JOB_STATUS, writes="application_status")]
    date_applied: Annotated[date | None, From("application__applied_date", writes="applied_date")]
    notes: Annotated[str | None, From("notes", lens=TEXT)]
    created_at: datetime
    updated_at: datetime


class JobOut(JobRow):
    """A job by itself, with the beginning of its description."""

    description_preview: Annotated[str | None, From(_beginning)]


def _letters(code: str) -> str:
    if not (code.isascii() and code.isalpha()):
        raise PydanticCustomError("currency", "A currency is three letters, such as EUR.")
    return code.upper()


Currency = Annotated[str, Text(3, shortest=3), AfterValidator(_letters)]
Techs = Annotated[list[Annotated[str, Text(100, shortest=1)]], Field(max_length=100), empty_is([])]
Texts = Annotated[list[Annotated[str, Text(500, shortest=1)]], Field(max_length=100)]


class _Said(Body):
    """What a client may say of a job, new or not. Null clears."""

    location: Annotated[str, Text(255)] | None = None
    description: Annotated[str, Text()] | None = None
    requirements: Annotated[str, Text()] | None = None
    responsibilities: Annotated[str, Text()] | None = None
    salary_min: Annotated[Amount | None, EMPTY_IS_NULL] = None
    salary_max: Annotated[Amount | None, EMPTY_IS_NULL] = None
    job_type: Annotated[JobTypeWord | None, EMPTY_IS_NULL] = None
    remote_option: Annotated[RemoteWord | None, EMPTY_IS_NULL] = None
    tech_stack: Techs = Field(default_factory=list)
    documents_required: Texts | Annotated[str, Text()] | None = None
    application_url: Annotated[Annotated[str, WebAddress(2000)] | None, EMPTY_IS_NULL] = None
    date_applied: Annotated[Date | None, EMPTY_IS_NULL] = None
    notes: Annotated[str, Text()] | None = None


class JobIn(_Said):
    """What a client says of a new job: company and title, or a posting that has them."""

    posting_id: Annotated[IdInBody | None, EMPTY_IS_NULL] = None
    company: Annotated[Name | None, needed_without("posting_id"), Field(validate_default=True)] = None
    title: Annotated[Name | None, needed_without("posting_id"), Field(validate_default=True)] = None
    currency: Currency = "USD"
    source: Annotated[SourceWord, empty_is("manual")] = "manual"
    status: Annotated[JobStatusWord, empty_is("not_applied")] = "not_applied"


class JobChanges(_Said):
    """What a client changes about a job. What is absent stays as it is."""

    company: Name = ""
    title: Name = ""
    currency: Currency = "USD"
    source: SourceWord = "manual"
    status: JobStatusWord = "not_applied"


class Count(Wire):
    """How many jobs have something in common."""

    location: str
    count: int


class Bucket(Wire):
    """How many jobs pay so much: from one sum, which belongs to it, to another, which does not."""

    from_: Annotated[int, Field(alias="from")]
    to: int
    count: int


class Insights(Wire):
    """Somebody's jobs in numbers."""

    timeframe_days: int
    total_jobs: int
    status_breakdown: dict[str, int]
    source_breakdown: dict[str, int]
    top_locations: list[Count]
    remote_jobs: int
    remote_percentage: float
    salary_currency: str | None
    salary_histogram: list[Bucket]
