"""Two columns side by side, as text that keeps its blanks shows them, put one under the other."""

import re
from collections import Counter

_GAP = re.compile(r" {3,}(?=\S)")
# So many lines must have something at the same place on the right, and so many of them more than a date.
FEWEST = 5
_DATE = re.compile(r"^\W*(?:\w{3,9}\.? )?(?:\d{1,2}[./-])?\d{2,4}\b")


def one_under_the_other(text: str) -> str:
    """Give the text of the left column and then that of the right one; text without columns as it is."""
    rows = [row.rstrip() for row in text.expandtabs(8).split("\n")]
    at = _second_column(rows)
    if at is None:
        return text
    top: list[str] = []
    left: list[str] = []
    right: list[str] = []
    for row in rows:
        if len(row) > at and row[at - 2 : at] == "  ":
            left.append(row[:at].rstrip())
            right.append(row[at:])
        elif not left:
            # Above the columns stand the name and what belongs to it.
            top.append(row)
        elif len(row) <= at:
            left.append(row)
            right.append("")
        else:
            right.append(row)
    return "\n".join([*top, *right, "", *left])


def _second_column(rows: list[str]) -> int | None:
    starts: Counter[int] = Counter()
    for row in rows:
        for gap in _GAP.finditer(row):
            if gap.end() >= 15 and not _DATE.match(row[gap.end() :]):
                starts[gap.end()] += 1
    if not starts:
        return None
    at, often = starts.most_common(1)[0]
    beside = sum(bool(row[:at].strip()) and len(row) > at and row[at - 2 : at] == "  " for row in rows)
    return at if often >= FEWEST and beside >= 3 else None
