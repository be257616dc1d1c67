"""One posting as a source sends it: values of any type, asked for by where they should be."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from onward.domain.ingestion import cleaning
from onward.domain.ingestion.found import Found, Rejected


class Item:
    """An object of a source. What is missing, or is of another type than it should be, is as if it were not there."""

    __slots__ = ("_data",)

    def __init__(self, data: Any) -> None:
        self._data: dict[str, Any] = data if isinstance(data, dict) else {}

    def get(self, path: str) -> Any:
        """Return what stands at a path such as ``location.name``; None when nothing does."""
        found: Any = self._data
        for name in path.split("."):
            if not isinstance(found, dict):
                return None
            found = found.get(name)
        return found

    def line(self, *paths: str, most: int = cleaning.LINE) -> str:
        """Return the first of these that holds text, as one line."""
        return next((text for path in paths if (text := cleaning.line(self.get(path), most))), "")

    def word(self, path: str) -> str:
        """Return a word of the source's vocabulary, in small letters."""
        return self.line(path).casefold()

    def texts(self, path: str) -> tuple[str, ...]:
        """Return the texts of a list, or the only one."""
        found = self.get(path)
        texts = (cleaning.line(text) for text in (found if isinstance(found, list) else [found]))
        return tuple(text for text in texts if text)

    def items(self, path: str) -> list["Item"]:
        """Return the objects of a list, or the only one."""
        found = self.get(path)
        return [Item(part) for part in (found if isinstance(found, list) else [found]) if isinstance(part, dict)]


def each(listing: Iterable[Any], make: Callable[[Item], Found | None]) -> Iterator[Found | Rejected]:
    """Make postings of a source's items; each that cannot be one is handed over with the reason.

    :param make: returns None for what is no posting at all; raises :exc:`cleaning.Unfit`
    """
    for data in listing:
        if not isinstance(data, dict):
            yield Rejected("The posting must be an object.")
            continue
        try:
            found = make(Item(data))
        except cleaning.Unfit as problem:
            yield Rejected(problem.reason, problem.external_id)
            continue
        if found is not None:
            yield found
