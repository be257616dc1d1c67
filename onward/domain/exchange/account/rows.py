"""The rows of an account that comes in, before they are written."""

from dataclasses import dataclass
from typing import Any

from onward.domain.exchange.account.tables import Table


@dataclass(eq=False, slots=True)
class Row:
    """A row that is to be made.

    :ivar called: its uid in the archive; empty where it has none
    :ivar values: by column; a reference to a row that is to be made, too, is that row
    :ivar key: its primary key, once it is made
    """

    called: str
    values: dict[str, Any]
    key: int | None = None


class Same:
    """Tells which rows of a person are the same as one that comes, and whether there is one of a kind already."""

    def __init__(self, table: Table, owner_id: int) -> None:
        self._table = table
        mine = table.model._default_manager.filter(**{table.owner: owner_id})
        self._found: dict[tuple[Any, ...], Any] = {}
        self._marked: set[Any] = set()
        if table.same is not None:
            self._found = {tuple(row[1:]): row[0] for row in mine.values_list("pk", *table.same)}
        if table.once:
            mark, within = table.once
            self._marked = set(mine.filter(**{mark: True}).values_list(within, flat=True))

    def find(self, values: dict[str, Any]) -> "int | Row | None":
        """Return the key of the row that is the same; the row itself when it is about to be made."""
        return self._found.get(self._key(values)) if self._table.same is not None else None

    def take(self, row: Row) -> None:
        """Remember a row that will be made; of two with a mark of which there is one, the first keeps it."""
        values = row.values
        if self._table.same is not None:
            self._found[self._key(values)] = row
        if self._table.once:
            mark, within = self._table.once
            if values.get(mark) and values[within] in self._marked:
                values[mark] = False
            elif values.get(mark):
                self._marked.add(values[within])

    def _key(self, values: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(values.get(name) for name in self._table.same or ())
