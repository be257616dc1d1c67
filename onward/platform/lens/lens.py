"""A lens shows a stored value in a contract's words and reads the contract's words back."""

from collections.abc import Mapping

from django.db.models import Case, CharField, F, Value, When
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact


class Lens:
    """Two vocabularies for one thing.

    It obeys two laws: writing back what was read changes nothing (``read(show(v), v) == v``), and what is written
    is what is read (``show(read(w, v)) == w``).

    :param shown: the contract's word for each of the record's words
    :param written: the record's word for each of the contract's; where several of the record's words look alike,
        the one that is stored when nothing better is known
    """

    def __init__(self, shown: Mapping[str, str], written: Mapping[str, str]) -> None:
        for word, value in written.items():
            if shown.get(value) != word:
                raise ValueError(f"{word!r} is stored as {value!r}, which is shown as {shown.get(value)!r}")
        unwritable = set(shown.values()) - set(written)
        if unwritable:
            raise ValueError(f"no way to write {sorted(unwritable)}")
        self._shown = dict(shown)
        self._written = dict(written)

    @property
    def values(self) -> tuple[str, ...]:
        """The record's words."""
        return tuple(self._shown)

    @property
    def words(self) -> tuple[str, ...]:
        """The contract's words."""
        return tuple(self._written)

    def show(self, value: str) -> str:
        """Say a stored value in the contract's words."""
        return self._shown[value]

    def read(self, word: str, value: str | None = None) -> str:
        """Read a contract's word, given what is stored now: a word that says the same leaves it as it is.

        :raises KeyError: when the contract has no such word
        """
        if value is not None and self._shown.get(value) == word:
            return value
        return self._written[word]

    def stored(self, word: str) -> tuple[str, ...]:
        """Every stored value that looks like this word: what a filter by the word must find."""
        return tuple(value for value, shown in self._shown.items() if shown == word)

    def case(self, expression: Combinable | str) -> Combinable:
        """Make the database show the value."""
        source = F(expression) if isinstance(expression, str) else expression
        changed = {value: word for value, word in self._shown.items() if value != word}
        if not changed:
            return source
        return Case(
            *(When(Exact(source, value), then=Value(word)) for value, word in changed.items()),
            default=source,
            output_field=CharField(),
        )
