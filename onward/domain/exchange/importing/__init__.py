"""Taking in somebody's spreadsheet of applications: a plan first, then the writing."""

from onward.domain.exchange.importing.dates import Order
from onward.domain.exchange.importing.grid import MAX_ROWS, Line
from onward.domain.exchange.importing.headers import ALIASES, Column, Meanings
from onward.domain.exchange.importing.planning import Plan, Reading, Taken, plan
from onward.domain.exchange.importing.reading import MAX_BYTES, first_lines, read
from onward.domain.exchange.importing.rows import Entry, Fate, Row
from onward.domain.exchange.importing.strict import StrictOutcome, take_strictly
from onward.domain.exchange.importing.strict_rows import Terms
from onward.domain.exchange.importing.writing import Outcome, carry_out

__all__ = [
    "ALIASES",
    "MAX_BYTES",
    "MAX_ROWS",
    "Column",
    "Entry",
    "Fate",
    "Line",
    "Meanings",
    "Order",
    "Outcome",
    "Plan",
    "Reading",
    "Row",
    "StrictOutcome",
    "Taken",
    "Terms",
    "carry_out",
    "first_lines",
    "plan",
    "read",
    "take_strictly",
]
