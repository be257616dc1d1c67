"""What an import would do, row by row, before anything is written."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from onward.domain.applications.choices import Priority, Source, Status
from onward.domain.applications.models import Application
from onward.domain.companies.models import Company
from onward.domain.exchange.cells import restore
from onward.domain.exchange.exporting import APPLICATION_HEADERS
from onward.domain.exchange.importing import dates, salaries, words
from onward.domain.exchange.importing.headers import Column, columns
from onward.domain.exchange.importing.present import Present
from onward.domain.exchange.importing.reading import DELIMITERS, Line, Sheet, read
from onward.domain.exchange.importing.rows import Entry, Fate, Row
from onward.platform.record import name_key

DATES = {"applied_date", "response_date", "next_action_date", "created_at"}
ESSENTIAL = {"company", "job_title"}
_LENGTHS: dict[str, Any] = {
    "company": Company._meta.get_field("name").max_length,
    **{
        name: getattr(Application._meta.get_field(name), "max_length", None)
        for name in ("job_title", "job_url", "location", "referrer_name", "next_action")
    },
}
_LONGEST_KEY: Any = Company._meta.get_field("name_key").max_length
# "acme.example/jobs/7": what people copy without its beginning.
_HOST_FIRST = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,}(?:[:/?#]\S*)?")
_HOSTS = {"linkedin.com": Source.LINKEDIN, "indeed.com": Source.INDEED, "glassdoor.com": Source.GLASSDOOR}


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    :param columns: what each column of the file was taken for
    :param notes: what its owner should know before they say yes
    :param newest: the id of the last application that was there when this was planned
    :param own: whether the file is an export of ours, whose rows are different applications even when they look alike
    """

    owner_id: int
    at: datetime
    encoding: str
    delimiter: str
    own: bool
    columns: tuple[Column, ...]
    notes: tuple[str, ...]
    rows: tuple[Row, ...]
    newest: int

    def of(self, fate: Fate) -> list[Row]:
        """The rows of this fate."""
        return [row for row in self.rows if row.fate is fate]


def plan(source: bytes | str, *, owner_id: int, at: datetime) -> Plan:
    """Read a CSV file of applications and say what an import would do. Writes nothing.

    :param at: the time on the owner's clock
    :raises Invalid: when the file cannot be imported at all
    """
    sheet = read(source)
    reader = Reader(sheet)
    rows = [row for line in sheet.lines if (row := reader.row(line))]
    present = Present(owner_id)
    settled = present.settle_own(rows) if reader.own else present.settle(rows)
    return Plan(
        owner_id=owner_id,
        at=at,
        encoding=sheet.encoding,
        delimiter=DELIMITERS[sheet.delimiter],
        own=reader.own,
        columns=tuple(reader.columns),
        notes=tuple(reader.notes),
        rows=tuple(settled),
        newest=present.newest,
    )


class Problem(Exception):
    """Why a row cannot be taken."""


@dataclass(slots=True)
class Draft:
    """A row while it is read."""

    company: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None
    written: str = ""
    leftovers: list[str] = field(default_factory=list)

    def keep(self, column: Column, text: str) -> None:
        """Put into the notes what the record has no other place for."""
        self.leftovers.append(f"{column.name}: {text}")


class Reader:
    """Reads the rows of one sheet by what its header and whole columns say."""

    def __init__(self, sheet: Sheet) -> None:
        headers = [restore(cell) for cell in sheet.header.cells]
        # Our own export is taken at its word, to the last space.
        self.own = sorted(headers) == sorted(APPLICATION_HEADERS)
        self.columns = columns(headers)
        self.notes: list[str] = []
        self._by_field = {column.field: column for column in self.columns if column.field}
        self._orders = self._date_orders(sheet.lines)
        self._stars = self._most_stars(sheet.lines)

    def row(self, line: Line) -> Row | None:
        """Read a row; None when there is nothing in it."""
        if line.problem:
            return Row(line.number, Fate.FAIL, reason=line.problem)
        cells = [self._clean(cell) for cell in line.cells]
        if self._is_blank(cells):
            return None
        draft = Draft()
        problems = []
        for column, text in self._given(cells):
            try:
                self._read(draft, column, text)
            except Problem as problem:
                problems.append(f"{column.name}: {problem}")
        problems += self._lacking(cells) or self._contradictions(draft)
        if problems:
            return Row(line.number, Fate.FAIL, reason="; ".join(problems))
        return Row(line.number, Fate.CREATE, self._entry(draft))

    def _clean(self, cell: str) -> str:
        text = restore(cell)
        return text if self.own else text.strip().replace("\u200b", "").replace("\ufeff", "")

    def _given(self, cells: Sequence[str]) -> Iterable[tuple[Column, str]]:
        for place, text in enumerate(cells):
            if text:
                yield self.columns[place] if place < len(self.columns) else Column(place, "", ""), text

    def _is_blank(self, cells: Sequence[str]) -> bool:
        """Whether a row has neither company nor title, and in other columns nothing but boxes nobody has checked."""
        if any(self._cell(cells, name) for name in ESSENTIAL):
            return False
        return all(not text or words.plain(text) in words.CHECKED | words.NOTHING for text in cells)

    def _cell(self, cells: Sequence[str], name: str) -> str:
        column = self._by_field[name]
        return cells[column.place].strip() if column.place < len(cells) else ""

    def _lacking(self, cells: Sequence[str]) -> list[str]:
        return [f"{self._by_field[name].name}: is empty" for name in sorted(ESSENTIAL) if not self._cell(cells, name)]

    def _contradictions(self, draft: Draft) -> list[str]:
        found = []
        low, high = draft.values.get("salary_min"), draft.values.get("salary_max")
        if low is not None and high is not None and low > high:
            found.append(f"{self._name('salary_min')}: {low} is more than the {high} of {self._name('salary_max')}")
        applied, answered = draft.values.get("applied_date"), draft.values.get("response_date")
        if applied and answered and answered < applied:
            found.append(f"{self._name('response_date')}: {answered} is before {applied}, the day it was sent")
        return found

    def _name(self, field_name: str) -> str:
        column = self._by_field.get(field_name) or self._by_field.get("salary")
        return column.name if column else field_name

    def _entry(self, draft: Draft) -> Entry:
        values = draft.values
        values.setdefault("status", Status.APPLIED.value)
        values.setdefault("priority", Priority.MEDIUM.value)
        if "source" not in values:
            values["source"] = _source_of(values.get("job_url", ""))
        notes = tuple(note for note in (draft.written, "\n".join(draft.leftovers)) if note)
        return Entry(draft.company, values, draft.created_at, notes)

    def _read(self, draft: Draft, column: Column, text: str) -> None:
        name = column.field
        if name == "counted":
            return
        if name == "company":
            draft.company = _short(name, text)
        elif name == "job_title":
            draft.values[name] = _short(name, text)
        elif name == "notes":
            draft.written = text
        elif name in DATES:
            self._read_date(draft, column, text)
        elif reader := _READERS.get(name):
            reader(self, draft, column, text)
        else:
            draft.keep(column, text)

    def _read_date(self, draft: Draft, column: Column, text: str) -> None:
        word = words.plain(text)
        if word in words.NOTHING:
            return
        if word in words.NO_DATE:
            draft.keep(column, text)
            return
        order = self._orders[column.place]
        try:
            if column.field == "created_at":
                draft.created_at = dates.read_instant(text, order)
            else:
                draft.values[column.field] = dates.read_date(text, order)
        except ValueError as problem:
            if column.field != "created_at":
                raise Problem(str(problem)) from None
            draft.keep(column, text)

    def _read_follow_up(self, draft: Draft, column: Column, text: str) -> None:
        """Read a column in which some write what they will do next, and others when."""
        word = words.plain(text)
        if word in words.NOTHING:
            return
        try:
            name, value = "next_action_date", dates.read_date(text, self._orders[column.place])  # type: str, Any
        except ValueError:
            name, value = "next_action", text
        if word in words.NO_DATE or name in self._by_field or len(text) > _LENGTHS["next_action"]:
            draft.keep(column, text)
        else:
            draft.values[name] = value

    def _read_text(self, draft: Draft, column: Column, text: str) -> None:
        longest = _LENGTHS.get(column.field)
        if words.plain(text) in words.CHECKED and column.field in {"referrer_name", "cover_letter"}:
            draft.keep(column, text)
        elif longest and len(text) > longest:
            draft.values[column.field] = text[:longest]
            draft.keep(column, text)
        else:
            draft.values[column.field] = text

    def _read_url(self, draft: Draft, column: Column, text: str) -> None:
        if address := _web_address(text):
            draft.values["job_url"] = address
        elif words.plain(text) not in words.NOTHING:
            draft.keep(column, text)

    def _read_word(self, draft: Draft, column: Column, text: str) -> None:
        if words.plain(text) in words.NOTHING and not words.count_stars(text):
            return
        match column.field:
            case "status":
                word = words.status(text)
            case "priority":
                word = words.priority(text, stars=self._stars)
            case "work_type":
                word = words.work_type(text, asks_remote="remote" in words.plain(column.header))
            case _:
                word = words.source(text) or words.Word(Source.OTHER, exact=False)
        if word:
            draft.values[column.field] = str(word.value)
        if not (word and word.exact):
            draft.keep(column, text)

    def _read_salary(self, draft: Draft, column: Column, text: str) -> None:
        if words.plain(text) in words.NOTHING:
            return
        if column.field == "salary":
            salary = salaries.read(text)
            bounds = {"salary_min": salary.low, "salary_max": salary.high} if salary else {}
            # Where there are columns for the ends of the range, they say it.
            used = {name: value for name, value in bounds.items() if value is not None and name not in self._by_field}
            draft.values |= used
            exact = salary is not None and salary.exact and used == bounds
        else:
            bound = salaries.read_bound(text)
            if bound is not None:
                draft.values[column.field] = bound
            exact = bound is not None and text.strip() == str(bound)
        if not exact:
            draft.keep(column, text)

    def _date_orders(self, lines: Sequence[Line]) -> dict[int, dates.Order]:
        """Decide for each column of dates whether the day comes first: by the column, else by the other columns."""
        found = {
            column: dates.evidence(
                column.header, [line.cells[column.place] for line in lines if column.place < len(line.cells)]
            )
            for column in self.columns
            if column.field in DATES | {"follow_up"}
        }
        together = sum(found.values(), dates.Evidence())
        orders = {}
        for column, said in found.items():
            order = said.order or together.order
            orders[column.place] = order or dates.Order.MONTH_FIRST
            if said.mixed:
                self.notes.append(
                    f"{column.name}: some dates can only be {dates.Order.DAY_FIRST.value}, others only "
                    f"{dates.Order.MONTH_FIRST.value}; those that can be both are read {orders[column.place].value}"
                )
            elif said.either and not order:
                self.notes.append(
                    f"{column.name}: nothing tells days from months; dates such as 03/04/2026 are read month first"
                )
            elif said.either or said.order:
                why = "" if said.order else ", as in the other columns"
                self.notes.append(f"{column.name}: dates are read {orders[column.place].value}{why}")
        return orders

    def _most_stars(self, lines: Sequence[Line]) -> int:
        column = self._by_field.get("priority")
        if column is None:
            return 0
        return max((words.count_stars(x.cells[column.place]) for x in lines if column.place < len(x.cells)), default=0)


def _short(name: str, text: str) -> str:
    if len(text) > _LENGTHS[name]:
        raise Problem(f"is longer than {_LENGTHS[name]} characters")
    # What a name is known by may grow when its case is folded; only hostile text does that much.
    if name == "company" and len(name_key(text)) > _LONGEST_KEY:
        raise Problem("is too long")
    return text


def _web_address(text: str) -> str:
    """Complete and check a link; empty when it is none."""
    text = text.strip()
    if len(text) > _LENGTHS["job_url"] or not text.isprintable() or " " in text:
        return ""
    address = f"https://{text}" if _HOST_FIRST.fullmatch(text) else text
    try:
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        return ""
    return address if known and len(address) <= _LENGTHS["job_url"] else ""


def _source_of(url: str) -> str:
    """Where a job was found, by the host of its posting."""
    host = urlsplit(url).hostname or ""
    return next(
        (s.value for name, s in _HOSTS.items() if host == name or host.endswith(f".{name}")), Source.OTHER.value
    )


_READERS: dict[str, Callable[[Reader, Draft, Column, str], None]] = {
    **dict.fromkeys(("location", "referrer_name", "cover_letter", "job_description", "next_action"), Reader._read_text),
    **dict.fromkeys(("status", "priority", "work_type", "source"), Reader._read_word),
    **dict.fromkeys(("salary", "salary_min", "salary_max"), Reader._read_salary),
    "job_url": Reader._read_url,
    "follow_up": Reader._read_follow_up,
}
