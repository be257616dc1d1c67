"""What every kind of file is read into: numbered lines of cells, and how large they may be."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from onward.platform.refusals import Invalid

MAX_ROWS = 50_000
MAX_COLUMNS = 300
# Empty rows do not count, but even they take time.
MAX_LINES = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file.

    :param number: as a spreadsheet counts it, from 1
    :param links: the addresses that are on its cells, by their places
    :param problem: why it cannot be read
    """

    number: int
    cells: list[str]
    links: Mapping[int, str] = field(default_factory=dict)
    problem: str = ""


def refuse(problem: str) -> Invalid:
    """Return why a file cannot be imported at all."""
    return Invalid(problem, code="file", fields={"file": [problem]})


def too_long() -> Invalid:
    """Return the refusal of a file with too many rows."""
    return refuse(f"The file has more than {MAX_ROWS:,} rows. Split it, and import the parts one by one.")
