"""The columns of the board and the table, as their owner has them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from onward.domain.accounts.services.columns import Column, arranged
from onward.domain.insight.queries import board
from onward.web import words

# As they come: what has ended is folded.
BOARD = tuple(Column(key, folded=key == board.ENDED) for key in board.COLUMNS)
# Of the table, besides company and title, in their usual order, and those that are usually shown.
TABLE = ("status", "applied", "next", "priority", "location", "source", "salary", "deadline", "touched")
USUAL = ("status", "applied", "next", "touched")


def of_board(kept: Mapping[str, Any]) -> list[Column]:
    """Return all columns of the board, by what their owner has kept of them."""
    return arranged(kept.get("board", ()), BOARD)


def of_table(kept: Mapping[str, Any]) -> tuple[str, ...]:
    """Return which columns the table shows, where its address does not say so."""
    return tuple(name for name in kept.get("table", ()) if name in TABLE) or USUAL


def named(column: Column) -> str:
    """Return what a column is called."""
    return column.name or str(words.COLUMN[column.key])


class Shown(NamedTuple):
    """A column on a page.

    :ivar look: how its owner has it
    :ivar told: what stands in it
    """

    look: Column
    name: str
    told: board.Column


def shown(columns: list[Column], told: list[board.Column]) -> list[Shown]:
    """Return columns with what stands in them, in their owner's order."""
    by_key = {each.key: each for each in told}
    return [Shown(column, named(column), by_key[column.key]) for column in columns if column.key in by_key]
