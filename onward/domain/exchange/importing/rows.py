"""The rows of a file, read, and what tells two of them apart."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from onward.domain.applications.choices import Priority, Source, Status
from onward.domain.exchange.importing.links import posting
from onward.platform.record import name_key


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
    """

    applied: date | None
    posting: str
    place: str
    referrer: str
    telling: dict[str, str]

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

    def learn(self, other: "Traits") -> None:
        """Take over what the other one says besides."""
        self.applied = self.applied or other.applied
        self.posting = self.posting or other.posting
        self.place = self.place or other.place
        self.referrer = self.referrer or other.referrer
        self.telling |= {name: text for name, text in other.telling.items() if name not in self.telling}


@dataclass(frozen=True, slots=True)
class Entry:
    """An application, read.

    :param values: as ``applications.services.take_in`` takes them
    :param notes: the first is its main note
    :param telling: what its columns of contacts and numbers say, each by its column; in the notes as well
    :param unknown: the fields whose cells say something that we do not know
    """

    company: str
    values: dict[str, Any]
    created_at: datetime | None
    notes: tuple[str, ...]
    telling: tuple[tuple[str, str], ...] = ()
    unknown: frozenset[str] = frozenset()

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
        if self.created_at:
            yield "created_at", self.created_at.isoformat()
        for note in self.notes:
            yield "note", note

    def joined(self, other: "Entry") -> "Entry":
        """Return it with what another row about the same application says besides."""
        gained = {name: other.values[name] for name in _GAINED if other.values.get(name) and not self.values.get(name)}
        whole = replace(self, values=self.values | gained, telling=(*self.telling, *other.telling))
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
