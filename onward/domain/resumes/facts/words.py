"""Lists of words in files beside the code: a name, a tab, and words between commas. A word may be an expression."""

import re
from functools import cache
from pathlib import Path


@cache
def lists(file: Path) -> dict[str, list[str]]:
    """Read a file of lists, once per process."""
    rows = (row.partition("\t") for row in file.read_text("utf-8").splitlines() if row and not row.startswith("#"))
    return {name: words.split(", ") for name, _, words in rows}


@cache
def by_word(file: Path) -> dict[str, str]:
    """Return the name of the list in which each word stands."""
    return {word: name for name, words in lists(file).items() for word in words}


def pattern(file: Path, name: str, flags: int = re.I) -> re.Pattern[str]:
    """Return the expression that finds any word of a list, whole."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(lists(file)[name])})(?!\w)", flags)
