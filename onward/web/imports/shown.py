"""What the page of a plan shows: the columns with their first cells, and what becomes of the rows."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from onward.domain.exchange import services
from onward.domain.exchange.importing import Fate, Line, Plan
from onward.domain.exchange.models import Import
from onward.platform.refusals import Refusal
from onward.web import refusals
from onward.web.imports.forms import Columns

# Rows of a plan that are shown as they will be, and reasons of those that will not.
FIRST = 8
REASONS = 50
CELLS = 2


class Seen(NamedTuple):
    """A column of a file, with what stands in its first cells."""

    header: str
    cells: list[str]
    bound: Any


def plan(found: Import, *, at: datetime, refused: Refusal | None) -> dict[str, Any]:
    """Return what the page shows of a plan; where the file cannot be read so, its columns and why."""
    planned, problem = _planned(found, at)
    refused = refused or problem
    rows = {fate: planned.of(fate) if planned else [] for fate in Fate}
    return {
        "found": found,
        "plan": planned,
        "refused": refusals.refusal(refused) if refused else refusals.said(found.problem),
        "columns": _columns(found, planned),
        "form": _form(None, found, planned),
        "new": rows[Fate.CREATE],
        "there": rows[Fate.SKIP],
        "broken": rows[Fate.FAIL],
        "first": FIRST,
        "reasons": REASONS,
    }


def columns_form(data: Any, found: Import, *, at: datetime) -> Columns:
    """Return the form in which its owner says what the columns are."""
    return _form(data, found, _planned(found, at)[0])


def _planned(found: Import, at: datetime) -> tuple[Plan | None, Refusal | None]:
    try:
        return services.plan_of(found, at=at), None
    except Refusal as refusal:
        return None, refusal


def _headers(found: Import, planned: Plan | None, lines: Sequence[Line]) -> dict[str, str]:
    """Return the headers, and what each is taken for."""
    if planned:
        columns = [column for table in planned.tables for column in table.columns if column.header]
        return {column.header: column.field or column.spare for column in columns}
    return {cell.strip(): "" for cell in (lines[0].cells if lines else []) if cell.strip()}


def _form(data: Any, found: Import, planned: Plan | None) -> Columns:
    taken = _headers(found, planned, services.beginning(found))
    return Columns(data, taken=taken, initial={"date_order": found.date_order})


def _columns(found: Import, planned: Plan | None) -> list[Seen]:
    lines = services.beginning(found)
    headers = _headers(found, planned, lines)
    form = _form(None, found, planned)
    at = next((n for n, line in enumerate(lines) if headers.keys() & {cell.strip() for cell in line.cells}), 0)
    places = {cell.strip(): place for place, cell in enumerate(lines[at].cells)} if lines else {}
    return [
        Seen(header, list(_cells(lines[at + 1 :], places.get(header, -1))), form[f"column_{number}"])
        for number, header in enumerate(headers)
    ]


def _cells(lines: Sequence[Line], place: int) -> Iterator[str]:
    filled = (line.cells[place].strip() for line in lines if 0 <= place < len(line.cells))
    for text, _ in zip((text for text in filled if text), range(CELLS), strict=False):
        yield text[:60]
