"""The desk's leads as a file: CSV, or an Excel workbook."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from onward.domain.accounts.queries import full_name
from onward.domain.board.choices import InternshipType, PostingState, WorkType
from onward.domain.exchange.sheet import MOST_ROWS, workbook
from onward.domain.exchange.tables import Column, begun, csv_file, instant, label, pages_of, sources_of
from onward.domain.outreach.choices import LeadStatus
from onward.domain.outreach.models import Remark
from onward.domain.outreach.queries import leads
from onward.platform.refusals import Invalid


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value not in ({}, "") else ""


def _yes(value: Any) -> str:
    return "yes" if value else "no"


_REMARKS = Remark.objects.filter(lead_id=OuterRef("pk"))
COLUMNS = (
    Column("ID", "pk"),
    Column("Title", "posting__title"),
    Column("Company", Coalesce("posting__employer__name", "posting__company_name")),
    Column("Industry", "posting__employer__industry"),
    Column("Location", "posting__location"),
    Column("Type", "posting__internship_type", label(InternshipType)),
    Column("Work Mode", "posting__work_mode", label(WorkType)),
    Column("Status", "status", label(LeadStatus)),
    Column("Assigned To", full_name(lambda name: f"assigned_to__{name}")),
    Column("Assignee Email", "assigned_to__email"),
    Column("Source", "source"),
    Column("URL", "posting__url"),
    Column("Posted", "posting__posted_on", date.isoformat),
    Column("Deadline", "posting__closes_on", date.isoformat),
    Column("Stipend", "posting__stipend"),
    Column("State", "posting__state", label(PostingState)),
    Column("Score", "posting__score"),
    Column("Next Follow-up", "next_followup", date.isoformat),
    Column("Stale", "stale", _yes),
    Column("Contact", "contact", _json),
    Column("Metadata", "metadata", _json),
    Column("Remarks", Coalesce(Subquery(_REMARKS.values("lead").annotate(count=Count("pk")).values("count")), 0)),
    Column("Last Remark", Subquery(_REMARKS.order_by("-pk").values("text")[:1])),
    Column("Found At", "created_at", instant),
    Column("Last Seen At", "posting__last_seen_at", instant),
    Column("Published At", "posting__published_at", instant),
)


def as_csv(*, keys: Sequence[int], at: datetime) -> Iterator[bytes]:
    """Return leads as a CSV file, part by part, in the order of their keys."""
    return begun(csv_file(_pages(keys, at), _SOURCES, COLUMNS))


def as_workbook(*, keys: Sequence[int], at: datetime) -> Iterator[bytes]:
    """Return leads as an Excel workbook, part by part, in the order of their keys.

    :raises Invalid: when there are more than a sheet can hold
    """
    if len(keys) > MOST_ROWS:
        raise Invalid(fields={"format": [f"A sheet holds {MOST_ROWS} rows: choose csv, or fewer internships."]})
    return begun(workbook(_pages(keys, at), _SOURCES, COLUMNS, title="Internships"))


_SOURCES = sources_of(COLUMNS)


def _pages(keys: Sequence[int], at: datetime) -> Iterator[list[tuple[Any, ...]]]:
    return pages_of(leads.leads(stale_before=leads.when_stale(at)), keys, _SOURCES)
