"""The record as CSV files, and all of it as one ZIP.

Everything is made as it is sent: the memory it takes does not grow with the record. Labels stand for codes, dates
are ISO 8601, instants ISO 8601 in UTC. There is no byte order mark: the first header is ``Company``, to any reader.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from zipstream import ZIP_DEFLATED, ZipStream

from onward.domain.applications.choices import Priority, Source, Status, WorkType
from onward.domain.companies.choices import Size
from onward.domain.exchange import queries
from onward.domain.exchange.account import contents
from onward.domain.exchange.tables import Column, Row, begun, csv_file, instant, label, pages, sources_of
from onward.domain.interviews.choices import InterviewStatus, InterviewType, Outcome
from onward.platform.refusals import Invalid


def _days_until(today: date) -> Callable[[date], str]:
    return lambda day: str((today - day).days)


def application_columns(today: date) -> tuple[Column, ...]:
    """The columns of applications.csv. :param today: the day it is where the owner is"""
    return (
        Column("Company", "company__name"),
        Column("Job Title", "job_title"),
        Column("Status", "status", label(Status)),
        Column("Priority", "priority", label(Priority)),
        Column("Work Type", "work_type", label(WorkType)),
        Column("Location", "location"),
        Column("Source", "source", label(Source)),
        Column("Applied Date", "applied_date", date.isoformat),
        Column("Response Date", "response_date", date.isoformat),
        Column("Salary Min", "salary_min"),
        Column("Salary Max", "salary_max"),
        Column("Job URL", "job_url"),
        Column("Notes Count", queries.NOTES_COUNT),
        Column("Interviews Count", queries.INTERVIEWS_COUNT),
        Column("Days Since Applied", "applied_date", _days_until(today)),
        Column("Created At", "created_at", instant),
    )


APPLICATION_HEADERS = tuple(column.header for column in application_columns(date.min))

COMPANY_COLUMNS = (
    Column("Company Name", "name"),
    Column("Website", "website"),
    Column("Industry", "industry"),
    Column("Size", "size", label(Size)),
    Column("Location", "location"),
    Column("Applications Count", queries.APPLICATIONS_COUNT),
    Column("Notes", "notes"),
    Column("Created At", "created_at", instant),
)

INTERVIEW_COLUMNS = (
    Column("Company", "application__company__name"),
    Column("Job Title", "application__job_title"),
    Column("Round", "round_number"),
    Column("Type", "interview_type", label(InterviewType)),
    Column("Status", "status", label(InterviewStatus)),
    Column("Outcome", "outcome", label(Outcome)),
    Column("Scheduled At", "scheduled_at", instant),
    Column("Duration (min)", "duration_minutes"),
    Column("Meeting Link", "meeting_link"),
    Column("Location", "meeting_location"),
    Column("Interviewer Names", "interviewer_names"),
    Column("Interviewer Titles", "interviewer_titles"),
    Column("Created At", "created_at", instant),
)


def applications(*, owner_id: int, status: str = "", at: datetime) -> Iterator[bytes]:
    """One owner's applications as a CSV file, part by part.

    :param status: only those of this status; all when empty
    :param at: the time on the owner's clock
    :raises Invalid: when there is no such status
    """
    _known(status, Status)
    return begun(_file(queries.applications(owner_id=owner_id, status=status), application_columns(at.date())))


def companies(*, owner_id: int) -> Iterator[bytes]:
    """One owner's companies as a CSV file, part by part."""
    return begun(_file(queries.companies(owner_id=owner_id), COMPANY_COLUMNS))


def interviews(*, owner_id: int, status: str = "") -> Iterator[bytes]:
    """One owner's interviews as a CSV file, part by part.

    :param status: only those of this status; all when empty
    :raises Invalid: when there is no such status
    """
    _known(status, InterviewStatus)
    return begun(_file(queries.interviews(owner_id=owner_id, status=status), INTERVIEW_COLUMNS))


def full_report(*, owner_id: int, at: datetime) -> Iterator[bytes]:
    """All that is the owner's, as one ZIP, part by part: three CSV files and their sum in words, then every table.

    :param at: the time on the owner's clock
    """
    tally = Tally()
    archive = ZipStream(compress_type=ZIP_DEFLATED)
    columns = application_columns(at.date())
    archive.add(
        begun(
            _file(
                queries.applications(owner_id=owner_id), columns, tally.application, counted=("has_undated_response",)
            )
        ),
        "applications.csv",
    )
    archive.add(_file(queries.companies(owner_id=owner_id), COMPANY_COLUMNS, tally.company), "companies.csv")
    archive.add(_file(queries.interviews(owner_id=owner_id), INTERVIEW_COLUMNS, tally.interview), "interviews.csv")
    # Written last, out of what was counted on the way: the sum always agrees with the files beside it.
    archive.add((text.encode() for text in (tally.summary(at) for _ in range(1))), "summary.txt")
    for name, parts in contents(owner_id=owner_id, at=at, pages=pages):
        archive.add(parts, name)
    return iter(archive)


class Tally:
    """Counts the rows of a report as they go by."""

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.answered = 0
        self.companies = 0
        self.interviews: Counter[str] = Counter()

    def application(self, row: dict[str, Any]) -> None:
        """Count an application."""
        self.statuses[row["status"]] += 1
        answered = row["response_date"] is not None or row["has_undated_response"]
        self.answered += answered and row["status"] != Status.WISHLIST

    def company(self, row: dict[str, Any]) -> None:
        """Count a company."""
        self.companies += 1

    def interview(self, row: dict[str, Any]) -> None:
        """Count an interview."""
        self.interviews[row["status"]] += 1

    def summary(self, at: datetime) -> str:
        """Return what was counted, in plain words."""
        sent = self.statuses.total() - self.statuses[Status.WISHLIST]
        rate = round(self.answered / sent * 100, 1) if sent else 0.0
        lines = [
            "Job search report",
            f"Made on {at:%Y-%m-%d %H:%M %Z}",
            "",
            f"Applications: {self.statuses.total()}",
            *(f"  {status.label}: {self.statuses[status]}" for status in Status if self.statuses[status]),
            f"Companies: {self.companies}",
            f"Interviews: {self.interviews.total()}",
            *(f"  {status.label}: {self.interviews[status]}" for status in InterviewStatus if self.interviews[status]),
            "",
            f"Response rate: {rate}% ({self.answered} of {sent} applications sent were answered)",
        ]
        return "\r\n".join(lines) + "\r\n"


def _known(status: str, choices: Any) -> None:
    if status and status not in choices.values:
        raise Invalid(fields={"status": [f'"{status}" is not a valid choice.']})


def _file(
    mine: QuerySet[Any],
    columns: Sequence[Column],
    count: Callable[[dict[str, Any]], None] | None = None,
    *,
    counted: Sequence[str] = (),
) -> Iterator[bytes]:
    """Write rows as CSV, a page at a time, headers first. :param counted: what is counted besides what is written"""
    sources = sources_of(columns, more=counted)
    found = pages(mine, sources)
    return csv_file(found if count is None else _counting(found, sources, count), sources, columns)


def _counting(
    found: Iterator[list[Row]], sources: Sequence[str | Combinable], count: Callable[[dict[str, Any]], None]
) -> Iterator[list[Row]]:
    for page in found:
        for row in page:
            count({name: value for name, value in zip(sources, row, strict=True) if isinstance(name, str)})
        yield page
