"""What goes over the wire about postings of jobs and internships, and the applications to them."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.db import models
from django.db.models import Case, F, Func, OuterRef, Subquery, Value, When
from django.db.models.expressions import Combinable
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from onward.apis.campus.schemas.people import Reference, reference
from onward.domain.accounts.models import User
from onward.domain.applications.choices import Status
from onward.domain.applications.models import Application
from onward.domain.board.choices import JobType, WorkType
from onward.domain.board.eligibility import Studies, judge
from onward.domain.board.queries import is_closed
from onward.platform.lens import Unset
from onward.platform.wire import (
    EMPTY_IS_NULL,
    MAX_INT4,
    Body,
    Choice,
    From,
    Id,
    Instant,
    Param,
    Text,
    Whole,
    Wire,
)
from onward.platform.wire.encoders import Document, EncodedBoolean, EncodedNumber
from onward.platform.wire.fields import Path

NOW = Param("now", models.DateTimeField())
# The day in UTC of that moment.
DAY = Param("day", models.DateField())
ASKER = Param("asker_id", models.BigIntegerField())
NOTHING = Unset(stored="", shown=None)
# The relation from an application to its posting, as long as that is on the board.
ON_BOARD = "board_posting"
OPEN, CLOSED = "open", "closed"
_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class _EndOfDay(Func):
    """The last second of a day in UTC."""

    arity = 1
    output_field = models.DateTimeField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "((%(expressions)s + time '23:59:59') AT TIME ZONE 'UTC')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s || ' 23:59:59')", **context)


def _closes_at(at: Path) -> Combinable:
    return Case(
        When(**{f"{at('closes_at')}__isnull": False}, then=F(at("closes_at"))),
        default=_EndOfDay(F(at("closes_on"))),
        output_field=models.DateTimeField(),
    )


def _status(at: Path) -> Combinable:
    posting = at("pk").rpartition("__")[0]
    closed = is_closed(NOW, DAY, posting=posting)
    return Case(When(closed, then=Value(CLOSED)), default=Value(OPEN), output_field=models.TextField())


class PostingFields(Wire):
    """A posting, the same to everybody."""

    id: int
    title: str
    description: str
    company: Annotated[str, From("company_name")]
    location: str
    posted_date: Annotated[datetime | None, From("published_at")]
    closes_at: Annotated[datetime | None, From(_closes_at, writes="closes_at")]
    status: Annotated[str, From(_status)]
    work_type: Annotated[WorkType | None, From("work_mode", lens=NOTHING)]
    job_type: Annotated[JobType | None, From("job_type", lens=NOTHING)]
    salary_min: Annotated[float | None, From("pay_min")]
    salary_max: Annotated[float | None, From("pay_max")]
    salary_currency: Annotated[str | None, From("pay_currency", lens=NOTHING)]
    eligibility: dict[str, Any]


def _studies(at: Path) -> Combinable:
    # Of whoever asks: looked up once, and compared when the rows are there (`judged`).
    said = Document(
        ("graduation_year", F("graduation_year")),
        ("programme", F("programme")),
        ("gpa", EncodedNumber(F("gpa"))),
        ("work_authorised", EncodedBoolean(F("work_authorised"))),
    )
    return Subquery(User.objects.filter(pk=ASKER).annotate(said=said).values("said"), output_field=models.JSONField())


def _applied(at: Path) -> Combinable:
    mine = Application.objects.filter(owner_id=ASKER, posting_id=OuterRef(at("pk")))
    sent = mine.exclude(status__in=(Status.WISHLIST.value, Status.WITHDRAWN.value))
    return models.Exists(sent)


class PostingOut(PostingFields):
    """A posting, as whoever asks sees it.

    ``eligible`` is null to nobody. ``reasons`` say what their profile does not meet, and what it does not say.
    """

    eligible: Annotated[bool | None, From(lambda at: Value(None, output_field=models.BooleanField()))]
    reasons: Annotated[list[str], From(_studies)]
    applied: Annotated[bool, From(_applied)]


def judged(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Mark rows of `PostingOut`, as the database gives them, with whether who asks may apply, and why not."""
    for row in rows:
        studies = row["reasons"]
        row["reasons"] = []
        if studies is not None:
            row["eligible"], row["reasons"] = judge(row["eligibility"], Studies(**studies))
    return rows


def compact(value: Any) -> str:
    """Return JSON as the database writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


Title = Annotated[str, Text(255, shortest=1)]
Pay = Annotated[Decimal, Field(ge=0, le=MAX_INT4, max_digits=12, decimal_places=2, allow_inf_nan=False)]
Currency = Annotated[str, Text(3), Field(pattern=r"^(?:[A-Z]{3})?$")]


def _end_of_day(value: Any) -> Any:
    """Take a day for its last second, in UTC."""
    if isinstance(value, str) and _A_DAY.fullmatch(value.strip()):
        return f"{value.strip()}T23:59:59Z"
    return value


def _in_utc(value: datetime | None) -> datetime | None:
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def _no_number(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "A valid integer is required.")
    return value


Programme = Annotated[str, Text(255, shortest=1)]
Year = Annotated[int, Whole(1900, 2200)]
Least = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False), BeforeValidator(_no_number)]


class EligibilityIn(Body):
    """Who may apply: one of each list, and all of it together. What is left out, or null, is not asked for."""

    graduation_years: Annotated[list[Year], Field(max_length=50)] | None = None
    programmes: Annotated[list[Programme], Field(max_length=50)] | None = None
    min_gpa: Least | None = None
    work_authorisation: bool | None = None


def _nothing_asked(value: Any) -> Any:
    return {} if value is None else value


class PostingIn(Body):
    """What the team says of a posting."""

    title: Title
    company: Title
    description: str = ""
    location: Annotated[str, Text(1000)] = ""
    closes_at: Annotated[Instant | None, AfterValidator(_in_utc), BeforeValidator(_end_of_day), EMPTY_IS_NULL] = None
    work_type: Annotated[Annotated[str, Choice(WorkType)] | None, EMPTY_IS_NULL] = None
    job_type: Annotated[Annotated[str, Choice(JobType)] | None, EMPTY_IS_NULL] = None
    salary_min: Pay | None = None
    salary_max: Pay | None = None
    salary_currency: Annotated[Currency | None, EMPTY_IS_NULL] = None
    eligibility: Annotated[EligibilityIn, BeforeValidator(_nothing_asked)] = Field(default_factory=EligibilityIn)


class PostingChanges(PostingIn, partial=True):
    """What the team changes about a posting; what is left out stays."""


def recorded(fields: dict[str, Any]) -> dict[str, Any]:
    """Return what is said of a posting in the record's names and words. :param fields: with its names for columns"""
    found = dict(fields)
    if "closes_at" in found:
        moment = found["closes_at"]
        # The desk and those who look whether an opening is over know the day.
        found["closes_on"] = None if moment is None else moment.astimezone(UTC).date()
    if "eligibility" in found:
        found["eligibility"] = {name: value for name, value in found["eligibility"].items() if value not in (None, [])}
    return found


# Told to whoever applies.
NOTICE = (
    "The placement team sees your name, the status and the date of your application, and the résumé that you sent; "
    "nothing else."
)


class ApplyIn(Body):
    """An application of a member. ``resume_id`` is one of their résumés."""

    resume_id: Id | None = None
    cover_letter: Annotated[str, Text()] = ""


class ApplyForJobIn(ApplyIn):
    """An application of a member for a job."""

    job_id: Reference = reference("job")


class ApplyForInternshipIn(ApplyIn):
    """An application of a member for an internship."""

    internship_id: Reference = reference("internship")


class _ApplicationFields(Wire):
    user_id: Annotated[int, From("owner_id")]
    application_id: Annotated[int, From("id")]
    title: Annotated[str, From("posting__title")]
    company: Annotated[str, From("posting__company_name")]
    status: Status
    applied_date: date | None


class JobApplicationOut(_ApplicationFields):
    """Somebody's application for a job; ``job`` is null where that is gone from the board."""

    job_id: Annotated[int, From("posting_id")]
    job: Annotated[PostingFields | None, From(ON_BOARD)]


class InternshipApplicationOut(_ApplicationFields):
    """Somebody's application for an internship; ``internship`` is null where that is gone from the board."""

    internship_id: Annotated[int, From("posting_id")]
    internship: Annotated[PostingFields | None, From(ON_BOARD)]


class ResumeSentOut(Wire):
    """A résumé that was sent. ``url`` opens its file for an hour, or is its address elsewhere."""

    name: str
    url: str | None


class ApplicantOut(Wire):
    """What the team sees of somebody who has applied, and no more."""

    name: str
    status: Status
    applied_date: date | None
    resume: ResumeSentOut | None
