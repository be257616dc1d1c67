"""Taking in somebody's spreadsheet of applications: a plan first, then the deed."""

from onward.domain.exchange.importing.planning import Plan, plan
from onward.domain.exchange.importing.reading import MAX_BYTES, MAX_ROWS
from onward.domain.exchange.importing.rows import Entry, Fate, Row
from onward.domain.exchange.importing.writing import Outcome, carry_out

__all__ = ["MAX_BYTES", "MAX_ROWS", "Entry", "Fate", "Outcome", "Plan", "Row", "carry_out", "plan"]
