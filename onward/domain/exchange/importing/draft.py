"""An application while its row is read."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from onward.domain.applications.choices import Status
from onward.domain.exchange.importing import salaries, words
from onward.domain.exchange.importing.headers import Column

# What a cell of these says is a word of the record's, or unknown.
WORDS = {"status", "priority", "work_type", "source"}
# The fields that tell an application from another of the same posting, place and day of application.
_SAID = WORDS | {"response_date", "next_action", "next_action_date", "salary_min", "salary_max", "salary_currency"}
_SAID |= {"job_description", "cover_letter"}
# Cells of these are compared by what is read from them.
_COMPARED_OTHERWISE = {"company", "job_title", "job_url", "location", "referrer_name"}


@dataclass(slots=True)
class Sum:
    """A cell about a salary."""

    column: Column
    text: str
    read: salaries.Salary | None

    def bounds(self) -> dict[str, int]:
        """Return the ends of the range that it says, by their fields."""
        if self.read is None:
            return {}
        if self.column.field != "salary":
            return {self.column.field: self.read.low} if self.read.low is not None else {}
        both = {"salary_min": self.read.low, "salary_max": self.read.high}
        return {name: number for name, number in both.items() if number is not None}


@dataclass(slots=True)
class Draft:
    """A row while it is read."""

    company: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None
    status: words.Word | None = None
    # Whether something other than a date says that it was sent, or that it was not.
    sent: bool | None = None
    answered: bool = False
    # The stages whose own columns say that they were reached.
    reached: list[Status] = field(default_factory=list)
    currency: str = ""
    sums: list[Sum] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    # What goes into a note, each line with the place of its column.
    leftovers: list[tuple[int, str]] = field(default_factory=list)
    # The link that is on its title.
    link: str = ""
    telling: list[tuple[str, str]] = field(default_factory=list)
    # What the record has no field for, each by its column.
    kept: dict[str, str] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)

    def keep(self, column: Column, text: str, because: str = "") -> None:
        """Put into the notes what the record has no other place for. :param because: what its owner is told"""
        self.leftovers.append((column.place, f"{column.name}: {text}"))
        if column.field not in _COMPARED_OTHERWISE and (column.field not in WORDS or column.field in self.unknown):
            self.kept[column.name] = text
        if because:
            self.remarks.append(f"{column.name}: {because}; kept as a note")

    def said(self) -> frozenset[str]:
        """Return which of the fields that tell two applications apart its cells say; before others are filled in."""
        status = {"status"} if self.status or self.sent is not None else set()
        return frozenset(((_SAID - {"status"}) & self.values.keys()) | self.unknown | status)
