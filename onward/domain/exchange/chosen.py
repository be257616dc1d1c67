"""Some of somebody's applications as a file, in columns that a document chooses: CSV, an Excel workbook, or a PDF."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from onward.domain.applications.choices import Priority, Source, Status
from onward.domain.applications.models import Application
from onward.domain.exchange import queries
from onward.domain.exchange.report import report
from onward.domain.exchange.sheet import workbook
from onward.domain.exchange.tables import Column, Row, begun, csv_file, instant, label, pages, pages_of, sources_of

# The source of a column of documents: name and address of each; None where there are none.
DOCUMENTS = "documents"
# What stands in a file for each column that a table of applications may show.
SHOWN: Mapping[str, tuple[Column, ...]] = {
    "company": (Column("Company", "company__name"),),
    "title": (Column("Job Title", "job_title"),),
    "status": (Column("Status", "status", label(Status)),),
    "applied": (Column("Applied Date", "applied_date", date.isoformat),),
    "next": (Column("Next Action", "next_action"), Column("Next Action Date", "next_action_date", date.isoformat)),
    "priority": (Column("Priority", "priority", label(Priority)),),
    "location": (Column("Location", "location"),),
    "source": (Column("Source", "source", label(Source)),),
    "salary": (
        Column("Salary Min", "salary_min"),
        Column("Salary Max", "salary_max"),
        Column("Salary Currency", "salary_currency"),
    ),
    "deadline": (Column("Deadline", "deadline", date.isoformat),),
    "touched": (Column("Updated At", "updated_at", instant),),
}


def chosen(
    *, owner_id: int, at: datetime, statuses: Collection[str] = (), since: date | None = None, until: date | None = None
) -> Any:
    """Return the applications that are asked for.

    :param at: a time on the owner's clock
    :param statuses: all, where none is named
    :param since: the first day on which they were sent, or written down where nobody knows when they were sent
    :param until: the last one
    """
    found = Application.objects.filter(owner_id=owner_id)
    if statuses:
        found = found.filter(status__in=statuses)
    undated = Q(applied_date__isnull=True)
    if since is not None:
        found = found.filter(Q(applied_date__gte=since) | (undated & Q(created_at__gte=_begin(since, at))))
    if until is not None:
        following = _begin(until + timedelta(days=1), at)
        found = found.filter(Q(applied_date__lte=until) | (undated & Q(created_at__lt=following)))
    return found


def _begin(day: date, at: datetime) -> datetime:
    return datetime.combine(day, time.min, tzinfo=at.tzinfo).astimezone(UTC)


def as_csv(rows: Any, columns: Sequence[Column], *, keys: Sequence[int] | None = None) -> Iterator[bytes]:
    """Return applications as a CSV file, part by part.

    :param keys: their ids, in the order in which they are written; none: the order in which they were made
    """
    return begun(csv_file(*_read(rows, columns, keys), columns))


def as_workbook(rows: Any, columns: Sequence[Column], *, keys: Sequence[int] | None = None) -> Iterator[bytes]:
    """Return applications as an Excel workbook, part by part.

    :param keys: their ids, in the order in which they are written; none: the order in which they were made
    """
    return begun(workbook(*_read(rows, columns, keys), columns, title="Applications"))


def as_report(rows: Any, columns: Sequence[Column], *, widths: Sequence[float], made: str) -> Iterator[bytes]:
    """Return applications as a PDF, in the order in which they were made.

    :param widths: of the columns, in relation to each other
    :param made: when it was made, in words
    """
    found, sources = _read(rows, columns)
    cells = [(sources.index(column.source), column.show) for column in columns]

    def shown(row: Row) -> list[str]:
        return ["" if row[place] is None else show(row[place]) for place, show in cells]

    lines = ([shown(row) for row in page] for page in found)
    headers = [column.header for column in columns]
    return begun(report(lines, title="Applications", headers=headers, widths=widths, made=made))


def _read(
    rows: Any, columns: Sequence[Column], keys: Sequence[int] | None = None
) -> tuple[Iterator[list[Row]], list[Any]]:
    """Read applications for some columns, a page at a time. :returns: the pages, and what stands in their rows"""
    sources = ["pk", *(source for source in sources_of(columns) if source != DOCUMENTS)]
    found = pages(rows, sources) if keys is None else pages_of(rows, keys, sources)
    return _with_documents(found), [*sources, DOCUMENTS]


def _with_documents(found: Iterator[list[Row]]) -> Iterator[list[Row]]:
    for page in found:
        documents = queries.documents_of([row[0] for row in page])
        yield [(*row, documents.get(row[0])) for row in page]
