"""What an import would do, row by row, before anything is written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from onward.domain.exchange.importing.dates import Order
from onward.domain.exchange.importing.headers import Column, Meanings
from onward.domain.exchange.importing.present import Present
from onward.domain.exchange.importing.reader import Reader
from onward.domain.exchange.importing.reading import read
from onward.domain.exchange.importing.rows import Fate, Row


@dataclass(frozen=True, slots=True)
class Reading:
    """What a word of a column was read as, and in how many cells. :param meaning: "unknown" where it says nothing"""

    column: str
    text: str
    meaning: str
    cells: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A table of the file, and what each of its columns was taken for. :param sheet: of a workbook"""

    sheet: str
    header: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    :param notes: what its owner should know before they say yes
    :param readings: what the words of its columns were read as
    :param newest: the id of the last application that was there when this was planned
    :param own: whether the file is an export of ours, whose rows are different applications even when they look alike
    """

    owner_id: int
    at: datetime
    encoding: str
    delimiter: str
    own: bool
    tables: tuple[Taken, ...]
    notes: tuple[str, ...]
    readings: tuple[Reading, ...]
    rows: tuple[Row, ...]
    newest: int

    def of(self, fate: Fate) -> list[Row]:
        """The rows of this fate."""
        return [row for row in self.rows if row.fate is fate]


def plan(
    source: bytes | str,
    *,
    owner_id: int,
    at: datetime,
    columns: Mapping[str, str] | None = None,
    order: Order | None = None,
) -> Plan:
    """Read a file of applications, CSV or Excel, and say what an import would do. Writes nothing.

    :param at: the time on the owner's clock
    :param columns: what its owner says of columns: the field, or another name of it, by the header; ``notes`` takes a
        column that means nothing else
    :param order: what its owner says of dates such as 03/04/2026; else each column tells
    :raises Invalid: when the file cannot be imported at all, or what is said of a column makes no sense
    """
    meanings = Meanings(columns)
    file = read(source, meanings)
    rows: list[Row] = []
    notes = list(file.notes)
    readings: Counter[tuple[str, str, str]] = Counter()
    taken = []
    own = bool(file.tables)
    blank = without_currency = 0
    for table in file.tables:
        reader = Reader(table, meanings, order)
        rows += [row for line in table.lines if (row := reader.row(line))]
        notes += [
            f'Sheet "{table.sheet}": {note}' if len(file.tables) > 1 and table.sheet else note for note in reader.notes
        ]
        readings += reader.readings
        taken.append(Taken(table.sheet, table.header.number, tuple(reader.columns)))
        own = own and reader.own
        blank += reader.blank
        without_currency += reader.without_currency
    if blank:
        notes.append(f"rows with nothing in them but boxes and dashes: {blank}, passed over")
    if without_currency:
        notes.append(
            f"salaries that name no currency: {without_currency}; they are kept as USD, and as written in a note"
        )
    present = Present(owner_id)
    settled = present.settle_own(rows) if own else present.settle(rows)
    return Plan(
        owner_id=owner_id,
        at=at,
        encoding=file.encoding,
        delimiter=file.delimiter,
        own=own,
        tables=tuple(taken),
        notes=tuple(notes),
        readings=tuple(Reading(*key, cells) for key, cells in readings.items()),
        rows=tuple(settled),
        newest=present.newest,
    )
