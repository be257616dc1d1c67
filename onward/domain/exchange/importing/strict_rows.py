"""Reading rows strictly: what cannot be read as it stands fails its row, and is told by field and value.

The other reader (`reader`) takes in whatever somebody's spreadsheet says and keeps the rest as notes. This one is for
programs that want to hear of their mistakes.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from pydantic_core import PydanticCustomError

from onward.domain.applications.choices import Source, Status
from onward.domain.applications.models import Application
from onward.domain.companies.models import Company
from onward.domain.exchange.cells import restore
from onward.domain.exchange.importing import dates, links, words
from onward.domain.exchange.importing.grid import Line
from onward.domain.exchange.importing.headers import Column, Meanings
from onward.domain.exchange.importing.objects import Other
from onward.domain.exchange.importing.reading import Table
from onward.platform.record import name_key
from onward.platform.wire import storable

DAYS = ("applied_date", "response_date", "offer_date", "next_action_date")
# So much of a value is told, in characters.
_SHOWN = 200
_LONGEST_NOTES = 100_000
_LONGEST: dict[str, Any] = {
    "company": Company._meta.get_field("name").max_length,
    **{
        name: getattr(Application._meta.get_field(name), "max_length", None)
        for name in ("job_title", "job_url", "location")
    },
}
_LONGEST_KEY: Any = Company._meta.get_field("name_key").max_length
_MOST_ID = 2**63 - 1
# The same day by two names in some files.
_INSTEAD = {"follow_up": "next_action_date"}


@dataclass(frozen=True, slots=True)
class Terms:
    """What the document calls things by which a file is read strictly.

    :ivar names: its names for the record's fields
    :ivar aliases: the names of columns that other spreadsheets do not have, by the field
    :ivar headers: of the document's own export, whose rows are different applications even when they look alike
    :ivar passed_over: the names of columns of its own that say nothing to an import
    :ivar status: reads a status; none where the word is unknown
    :ivar parts: reads a value that comes as JSON, by the field; raises ValueError where it is none
    """

    names: Mapping[str, str]
    aliases: Mapping[str, Sequence[str]]
    headers: Sequence[str]
    passed_over: frozenset[str]
    status: Callable[[str], str | None]
    parts: Mapping[str, Callable[[Any], Any]]

    def meanings(self) -> Meanings:
        """Return what the headers of a file mean by these terms."""
        return Meanings(more=self.aliases, enough="job_id", is_literal=True)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row was not taken in. :ivar field: in the document's words; :ivar value: what stands there"""

    row_number: int
    field: str
    error: str
    value: str


@dataclass(slots=True)
class Given:
    """An application as a row gives it.

    :ivar job_id: the saved job that it is for, which then says what the row does not
    :ivar values: by column
    :ivar documents: name and address of each
    """

    number: int
    company: str = ""
    job_id: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None
    notes: list[str] = field(default_factory=list)
    documents: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _Unreadable(ValueError):
    """What is wrong with a cell, for its owner."""


class StrictReader:
    """Reads the rows of one table. :param zone: on whose clock an hour is meant that says no other"""

    def __init__(self, table: Table, terms: Terms, *, zone: Any) -> None:
        headers = [restore(cell) for cell in table.header.cells]
        self.is_own = [name.strip() for name in headers] == list(terms.headers)
        self._terms, self._zone = terms, zone
        columns = terms.meanings().columns(headers)
        self._columns = {column.place: column for column in columns}
        self._orders = _orders(columns, table.lines)

    def row(self, line: Line) -> Given | None:
        """Read a row; None where there is nothing in it."""
        given = Given(line.number)
        if line.problem:
            given.problems.append(Problem(line.number, "row", line.problem, _shown(",".join(line.cells))))
            return given
        if not any(map(str.strip, line.cells)):
            return None
        leftovers = []
        for place, cell in enumerate(line.cells):
            column = self._columns.get(place) or Column(place, "", "")
            name = _INSTEAD.get(column.field, column.field)
            text = cell if isinstance(cell, Other) else _clean(restore(cell))
            if not text:
                continue
            if name not in _READERS and name not in self._terms.parts:
                if words.plain(column.header) not in self._terms.passed_over:
                    leftovers.append(f"{column.name}: {text}")
                continue
            try:
                self._read(given, name, text, column)
            except _Unreadable as problem:
                self._refuse(given, name, str(problem), text)
        if leftovers:
            given.notes.append("\n".join(leftovers))
        self._settle(given)
        return given

    def _read(self, given: Given, name: str, text: str, column: Column) -> None:
        if name in self._terms.parts:
            try:
                value = self._terms.parts[name](json.loads(text))
            except (ValueError, RecursionError):
                raise _Unreadable("This is not what the documentation describes, as JSON.") from None
            if name == "documents":
                given.documents = value
            else:
                given.values[name] = value
            return
        if isinstance(text, Other):
            raise _Unreadable("A text is expected.")
        try:
            storable(text)
        except PydanticCustomError as problem:
            raise _Unreadable(problem.message()) from None
        _READERS[name](self, given, name, text, column)

    def _refuse(self, given: Given, name: str, error: str, value: str = "") -> None:
        given.problems.append(Problem(given.number, self._terms.names.get(name, name), error, _shown(value)))

    def _settle(self, given: Given) -> None:
        said = {problem.field for problem in given.problems}
        if given.job_id is None and self._terms.names["job_id"] not in said:
            for name, value in (("company", given.company), ("job_title", given.values.get("job_title", ""))):
                if not value and self._terms.names[name] not in said:
                    self._refuse(given, name, "This field is required.")
            # Nobody has said; a job may have.
            given.values.setdefault("source", "")
        applied, answered = given.values.get("applied_date"), given.values.get("response_date")
        if applied and answered and answered < applied:
            self._refuse(given, "response_date", "It must not be before the application.", str(answered))
        if "status" not in given.values:
            sent = applied or answered
            given.values["status"] = Status.APPLIED.value if sent else Status.WISHLIST.value

    def _company(self, given: Given, name: str, text: str, column: Column) -> None:
        given.company = _within(text, _LONGEST["company"])
        if len(name_key(text)) > _LONGEST_KEY:
            raise _Unreadable(f"It must not be longer than {_LONGEST['company']} characters.")

    def _text(self, given: Given, name: str, text: str, column: Column) -> None:
        given.values[name] = _within(text, _LONGEST[name])

    def _url(self, given: Given, name: str, text: str, column: Column) -> None:
        whole = links.address(text, longest=_LONGEST["job_url"])
        if not whole:
            raise _Unreadable("This is no web address.")
        given.values[name] = whole

    def _job(self, given: Given, name: str, text: str, column: Column) -> None:
        number = text.removesuffix(".0")
        if not (number.isascii() and number.isdigit()) or not 0 < int(number[:20]) <= _MOST_ID or len(number) > 19:
            raise _Unreadable("This is no number of a job.")
        given.job_id = int(number)

    def _status(self, given: Given, name: str, text: str, column: Column) -> None:
        status = self._terms.status(text)
        if status is None:
            raise _Unreadable("This status is unknown.")
        given.values[name] = status

    def _source(self, given: Given, name: str, text: str, column: Column) -> None:
        word = words.source(text)
        given.values[name] = str(word.value) if word else Source.OTHER.value
        if not (word and word.exact):
            given.notes.append(f"{column.name}: {text}")

    def _notes(self, given: Given, name: str, text: str, column: Column) -> None:
        given.notes.append(_within(text, _LONGEST_NOTES))

    def _day(self, given: Given, name: str, text: str, column: Column) -> None:
        try:
            given.values[name] = dates.read_date(text, self._orders[column.place])
        except ValueError as problem:
            raise _Unreadable(_sentence(problem)) from None

    def _moment(self, text: str, column: Column) -> datetime:
        try:
            found = datetime.fromisoformat(text)
            found = (found if found.tzinfo else found.replace(tzinfo=self._zone)).astimezone(UTC)
            if dates.FIRST_YEAR <= found.year <= dates.LAST_YEAR:
                return found
        except (ValueError, OverflowError):
            pass
        if ":" in text:
            raise _Unreadable("This is no time. Write it as 2026-03-02T09:30:00Z.")
        try:
            day: date = dates.read_date(text, self._orders[column.place])
        except ValueError as problem:
            raise _Unreadable(_sentence(problem)) from None
        return datetime.combine(day, time.min, self._zone).astimezone(UTC)

    def _instant(self, given: Given, name: str, text: str, column: Column) -> None:
        given.values[name] = self._moment(text, column)

    def _created(self, given: Given, name: str, text: str, column: Column) -> None:
        given.created_at = self._moment(text, column)


_READERS: dict[str, Callable[[StrictReader, Given, str, str, Column], None]] = {
    "company": StrictReader._company,
    **dict.fromkeys(("job_title", "location"), StrictReader._text),
    "job_id": StrictReader._job,
    "job_url": StrictReader._url,
    "status": StrictReader._status,
    "source": StrictReader._source,
    "notes": StrictReader._notes,
    **dict.fromkeys(DAYS, StrictReader._day),
    "interview_date": StrictReader._instant,
    "created_at": StrictReader._created,
}


def _orders(columns: Iterable[Column], lines: Sequence[Line]) -> dict[int, dates.Order]:
    """Decide for each column of dates whether the day comes first: by the column, else by the other columns."""
    dated = {*DAYS, "interview_date", "created_at", *_INSTEAD}
    found = {
        column.place: dates.evidence(
            column.header, [line.cells[column.place] for line in lines if column.place < len(line.cells)]
        )
        for column in columns
        if column.field in dated
    }
    together = sum(found.values(), dates.Evidence()).order or dates.Order.MONTH_FIRST
    return {place: said.order or together for place, said in found.items()}


def _clean(text: str) -> str:
    stripped = text.strip()
    # What shows nothing at all says nothing.
    return stripped if stripped.isascii() or any(letter.isprintable() for letter in stripped) else ""


def _within(text: str, longest: int) -> str:
    if len(text) > longest:
        raise _Unreadable(f"It must not be longer than {longest} characters.")
    return text


def _sentence(problem: Exception) -> str:
    return f"{problem}."


def _shown(value: str) -> str:
    return value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
