"""The record as CSV files, and all of it as one ZIP.

Everything is made as it is sent: the memory it takes does not grow with the record. Labels stand for codes, dates
are ISO 8601, instants ISO 8601 in UTC. There is no byte order mark: the first header is ``Company``, to any reader.
"""

import csv
import io
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from zipstream import ZIP_DEFLATED, ZipStream

from onward.domain.applications.choices import Priority, Source, Status, WorkType
from onward.domain.companies.choices import Size
from onward.domain.exchange import queries
from onward.domain.exchange.account import contents
from onward.domain.exchange.cells import neutralise
from onward.domain.interviews.choices import InterviewStatus, InterviewType, Outcome
from onward.platform.refusals import Invalid

# Rows asked for, and sent, at once.
PAGE = 1000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a CSV file.

    :param source: where the value comes from, as a queryset's ``values_list`` knows it, or an expression
    :param show: the value as text; nothing but the empty cell stands for None
    """

    header: str
    source: str | Combinable
    show: Callable[[Any], str] = str


def _label(choices: Any) -> Callable[[Any], str]:
    labels = dict(choices.choices)
    return lambda code: str(labels.get(code, code))


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _days_until(today: date) -> Callable[[date], str]:
    return lambda day: str((today - day).days)


def application_columns(today: date) -> tuple[Column, ...]:
    """The columns of applications.csv. :param today: the day it is where the owner is"""
    return (
        Column("Company", "company__name"),
        Column("Job Title", "job_title"),
        Column("Status", "status", _label(Status)),
        Column("Priority", "priority", _label(Priority)),
        Column("Work Type", "work_type", _label(WorkType)),
        Column("Location", "location"),
        Column("Source", "source", _label(Source)),
        Column("Applied Date", "applied_date", date.isoformat),
        Column("Response Date", "response_date", date.isoformat),
        Column("Salary Min", "salary_min"),
        Column("Salary Max", "salary_max"),
        Column("Job URL", "job_url"),
        Column("Notes Count", queries.NOTES_COUNT),
        Column("Interviews Count", queries.INTERVIEWS_COUNT),
        Column("Days Since Applied", "applied_date", _days_until(today)),
        Column("Created At", "created_at", _instant),
    )


APPLICATION_HEADERS = tuple(column.header for column in application_columns(date.min))

COMPANY_COLUMNS = (
    Column("Company Name", "name"),
    Column("Website", "website"),
    Column("Industry", "industry"),
    Column("Size", "size", _label(Size)),
    Column("Location", "location"),
    Column("Applications Count", queries.APPLICATIONS_COUNT),
    Column("Notes", "notes"),
    Column("Created At", "created_at", _instant),
)

INTERVIEW_COLUMNS = (
    Column("Company", "application__company__name"),
    Column("Job Title", "application__job_title"),
    Column("Round", "round_number"),
    Column("Type", "interview_type", _label(InterviewType)),
    Column("Status", "status", _label(InterviewStatus)),
    Column("Outcome", "outcome", _label(Outcome)),
    Column("Scheduled At", "scheduled_at", _instant),
    Column("Duration (min)", "duration_minutes"),
    Column("Meeting Link", "meeting_link"),
    Column("Location", "meeting_location"),
    Column("Interviewer Names", "interviewer_names"),
    Column("Interviewer Titles", "interviewer_titles"),
    Column("Created At", "created_at", _instant),
)


def applications(*, owner_id: int, status: str = "", at: datetime) -> Iterator[bytes]:
    """One owner's applications as a CSV file, part by part.

    :param status: only those of this status; all when empty
    :param at: the time on the owner's clock
    :raises Invalid: when there is no such status
    """
    _known(status, Status)
    return _begun(_file(queries.applications(owner_id=owner_id, status=status), application_columns(at.date())))


def companies(*, owner_id: int) -> Iterator[bytes]:
    """One owner's companies as a CSV file, part by part."""
    return _begun(_file(queries.companies(owner_id=owner_id), COMPANY_COLUMNS))


def interviews(*, owner_id: int, status: str = "") -> Iterator[bytes]:
    """One owner's interviews as a CSV file, part by part.

    :param status: only those of this status; all when empty
    :raises Invalid: when there is no such status
    """
    _known(status, InterviewStatus)
    return _begun(_file(queries.interviews(owner_id=owner_id, status=status), INTERVIEW_COLUMNS))


def full_report(*, owner_id: int, at: datetime) -> Iterator[bytes]:
    """All that is the owner's, as one ZIP, part by part: three CSV files and their sum in words, then every table.

    :param at: the time on the owner's clock
    """
    tally = Tally()
    archive = ZipStream(compress_type=ZIP_DEFLATED)
    columns = application_columns(at.date())
    archive.add(
        _begun(
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
    for name, parts in contents(owner_id=owner_id, at=at, pages=_pages):
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
    sources = list(dict.fromkeys([*(column.source for column in columns), *counted]))
    cells = [(sources.index(column.source), column.show) for column in columns]
    lines: list[list[str]] = [[column.header for column in columns]]
    for page in _pages(mine, sources):
        for row in page:
            if count:
                count({name: value for name, value in zip(sources, row, strict=True) if isinstance(name, str)})
            lines.append(["" if row[place] is None else neutralise(show(row[place])) for place, show in cells])
        yield _written(lines)
        lines = []
    if lines:
        yield _written(lines)


def _pages(mine: QuerySet[Any], sources: Sequence[str | Combinable]) -> Iterator[list[tuple[Any, ...]]]:
    """Read rows in the order in which they were made, a page at a time.

    Which rows, is asked once (eight bytes a row); what is in them, page by page and by their keys. Each page is a
    statement of its own, not a part of one that stays open: a reader as slow as it pleases holds no cursor, no
    snapshot and no transaction, and the parts may be made in different threads.
    """
    found = mine.order_by("pk").values_list("pk", flat=True).iterator(10_000)
    # Sign-ins have UUIDs for keys; there are few of them.
    keys = list(found) if mine.model._meta.pk.get_internal_type() == "UUIDField" else array("q", found)
    for start in range(0, len(keys), PAGE):
        # By keys alone: with the owner as well, SQLite would look through all that is theirs for each page.
        rows = mine.model._default_manager.filter(pk__in=list(keys[start : start + PAGE]))
        yield list(rows.order_by("pk").values_list(*sources))


def _written(lines: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8", "replace")


def _begun(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Make the first part now, so that a database that is down is an error and not a file that breaks off."""
    first = next(parts, b"")
    return chain([first], parts)
