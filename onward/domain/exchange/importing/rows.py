"""The rows of a file, read, and what tells two of them apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from onward.domain.applications.choices import Priority, Source, Status
from onward.domain.applications.models import Application
from onward.domain.exchange.importing.draft import WORDS
from onward.domain.exchange.importing.links import posting
from onward.platform.record import name_key

# What an application has that says none.
_CURRENCY = Application._meta.get_field("salary_currency").get_default()


class Fate(StrEnum):
    """What becomes of a row."""

    CREATE = "create"
    SKIP = "skip"
    FAIL = "fail"


class Identity(NamedTuple):
    """Who, what and when, whatever the case and spacing."""

    company_key: str
    title_key: str


@dataclass(slots=True)
class Traits:
    """What may tell two applications of one identity apart. What is empty tells nothing.

    :param telling: what the columns of contacts and of the postings' numbers say, each by its column
    :param cells: what the other cells say, by their fields, or by their columns
    """

    applied: date | None
    posting: str
    place: str
    referrer: str
    telling: dict[str, str]
    cells: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def key(self) -> tuple[date | None, str, str, str]:
        """What those have in common that are exactly the same."""
        return self.applied, self.posting, self.place, self.referrer

    def differ(self, other: "Traits") -> bool:
        """Whether something says that they are two."""
        pairs = [
            (self.posting, other.posting),
            (self.place, other.place),
            (self.referrer, other.referrer),
            *((text, other.telling.get(name)) for name, text in self.telling.items()),
        ]
        if any(mine and theirs and mine != theirs for mine, theirs in pairs):
            return True
        # Of a wish and an application only the posting says that they are one.
        apart = self.applied != other.applied
        return apart and not (self.posting and self.posting == other.posting and not (self.applied and other.applied))

    def differ_in_cells(self, other: "Traits") -> bool:
        """Whether another status, priority, sum or day says that they are two."""
        return any(mine != other.cells[name] for name, mine in self.cells.items() if name in other.cells)

    def learn(self, other: "Traits") -> None:
        """Take over what the other one says besides."""
        self.applied = self.applied or other.applied
        self.posting = self.posting or other.posting
        self.place = self.place or other.place
        self.referrer = self.referrer or other.referrer
        self.telling |= {name: text for name, text in other.telling.items() if name not in self.telling}
        self.cells |= {name: text for name, text in other.cells.items() if name not in self.cells}


@dataclass(frozen=True, slots=True)
class Entry:
    """An application, read.

    :param values: as ``applications.services.take_in`` takes them
    :param notes: the first is its main note
    :param telling: what its columns of contacts and numbers say, each by its column; in the notes as well
    :param unknown: the fields whose cells say something that we do not know
    :param said: the fields that cells say, not we
    :param kept: what stands in the notes because the record has no field for it, by its column
    """

    company: str
    values: dict[str, Any]
    created_at: datetime | None
    notes: tuple[str, ...]
    telling: tuple[tuple[str, str], ...] = ()
    unknown: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def identity(self) -> Identity:
        """What two applications share that may be the same."""
        return Identity(name_key(self.company), name_key(self.values["job_title"]))

    @property
    def traits(self) -> Traits:
        """What may tell it from others of its identity."""
        values = self.values
        return Traits(
            applied=values.get("applied_date"),
            posting=posting(values.get("job_url", "")),
            place=name_key(values.get("location", "")),
            referrer=name_key(values.get("referrer_name", "")),
            telling=dict(self.telling),
            cells={name: text.casefold() for name, text in self.kept.items()}
            | {name: "unknown" if name in self.unknown else str(values[name]) for name in self.said},
        )

    def fields(self) -> Iterator[tuple[str, str]]:
        """Each field with its value in words, as the record will have it."""
        yield "company", self.company
        for name, value in self.values.items():
            if name == "status":
                label = Status(value).label
                yield name, f"unknown, taken as {label}" if name in self.unknown else label
            elif name == "has_undated_response":
                yield "answered", "on an unknown day"
            elif value not in {None, ""}:
                yield name, str(value)
        if {"salary_min", "salary_max"} & self.values.keys() and "salary_currency" not in self.values:
            yield "salary_currency", f"{_CURRENCY}, as none is known"
        if self.created_at:
            yield "created_at", self.created_at.isoformat()
        for note in self.notes:
            yield "note", note

    def joined(self, other: "Entry") -> "Entry":
        """Return it with what another row about the same application says besides."""
        gained = {name: other.values[name] for name in _GAINED if other.values.get(name) and not self.values.get(name)}
        words = other.said & WORDS - self.said - other.unknown
        gained |= {name: other.values[name] for name in words}
        if "status" in words and "has_undated_response" in other.values and "response_date" not in self.values:
            gained["has_undated_response"] = True
        whole = replace(
            self,
            values=self.values | gained,
            telling=(*self.telling, *other.telling),
            said=self.said | words,
        )
        known = {*whole.fields(), ("priority", Priority.MEDIUM.value), ("source", Source.OTHER.value)}
        lines = [
            f"{name.replace('_', ' ').capitalize()}: {value}"
            for name, value in other._facts()
            if (name, value) not in known
        ]
        more = [*(note for note in other.notes if note not in self.notes), *(["\n".join(lines)] if lines else [])]
        return replace(whole, notes=(*self.notes, *more))

    def _facts(self) -> Iterator[tuple[str, str]]:
        return ((name, value) for name, value in self.fields() if name not in {"company", "job_title", "note"})


# What a second row about the same application may add to its fields; the rest it adds as a note.
_GAINED = ("job_url", "location", "referrer_name")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file and what becomes of it.

    :param number: as a spreadsheet counts, from 1
    :param reason: why it is not created
    :param remarks: what its owner should know of its cells
    """

    number: int
    fate: Fate
    entry: Entry | None = None
    reason: str = ""
    sheet: str = ""
    remarks: tuple[str, ...] = ()
