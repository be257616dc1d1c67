"""A lens shows a stored value in a contract's words and reads the contract's words back."""

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, F, Func, TextChoices
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf

from onward.platform.database.literal import Literal, literal
from onward.platform.search import Fold, folded

Word = str | None

# There is no row yet.
_UNSTORED = object()


class Lens:
    """Two vocabularies for one thing.

    It obeys two laws: writing back what was read changes nothing (``read(show(v), v) == v``), and what is written
    is what is read (``show(read(w, v)) == w``).

    :param shown: the contract's word for each of the record's words; none where the contract then says null
    :param written: the record's word for each of the contract's; where several of the record's words look alike,
        the one that is stored when nothing better is known
    """

    def __init__(self, shown: Mapping[str, Word], written: Mapping[Word, str]) -> None:
        for word, value in written.items():
            if shown.get(value, "") != word:
                raise ValueError(f"{word!r} is stored as {value!r}, which is shown as {shown.get(value)!r}")
        unwritable = set(shown.values()) - set(written)
        if unwritable:
            raise ValueError(f"no way to write {unwritable}")
        self._shown = {str(value): word and str(word) for value, word in shown.items()}
        self._written = {word and str(word): str(value) for word, value in written.items()}

    @classmethod
    def one_to_one(cls, shown: Mapping[str, Word]) -> "Lens":
        """Make a lens whose words differ and whose number does not. :param shown: the contract's word for each"""
        return cls(shown, {word: value for value, word in shown.items()})

    @classmethod
    def coarser(cls, words: type[TextChoices], instead: Mapping[str, str]) -> "Lens":
        """Make the lens of a contract that has only some of the record's words, and shows another for the rest.

        :param instead: what is shown for each word that the contract does not have
        """
        known = [str(word) for word in words if word not in instead]
        return cls({**dict(zip(known, known, strict=True)), **instead}, {word: word for word in known})

    @property
    def values(self) -> tuple[str, ...]:
        """The record's words."""
        return tuple(self._shown)

    @property
    def words(self) -> tuple[Word, ...]:
        """The contract's words."""
        return tuple(self._written)

    def show(self, value: str) -> Word:
        """Return a stored value in the contract's words."""
        return self._shown[value]

    def read(self, word: Word, value: str | None = None) -> str:
        """Read a contract's word, given what is stored now: a word that says the same leaves it as it is.

        :raises KeyError: when the contract has no such word
        """
        if value is not None and value in self._shown and self._shown[value] == word:
            return value
        return self._written[word]

    def stored(self, word: Word) -> tuple[str, ...]:
        """Every stored value that looks like this word: what a filter by the word must find."""
        return tuple(value for value, shown in self._shown.items() if shown == word)

    def case(self, expression: Combinable | str) -> Combinable:
        """Make the database show the value."""
        source = F(expression) if isinstance(expression, str) else expression
        changed = {value: word for value, word in self._shown.items() if value != word}
        return _Case(source, changed) if changed else source


class Unset:
    """A lens between the record's and the contract's way to say that nothing was said: null on one of both sides.

    :param stored: what the record holds then
    :param shown: what the contract says then
    """

    def __init__(self, *, stored: str | int | None, shown: str | int | None) -> None:
        if (stored is None) == (shown is None):
            raise ValueError("null on one side, and something else on the other")
        self._stored = stored
        self._shown = shown

    def show(self, value: Any) -> Any:
        """Return a stored value in the contract's words."""
        return self._shown if value == self._stored else value

    def read(self, word: Any, value: Any = _UNSTORED) -> Any:
        """Read what the contract says, given what is stored now, if anything is."""
        if word is None or (word == self._shown and value == self._stored):
            return self._stored
        return word

    def case(self, expression: Combinable | str) -> Combinable:
        """Make the database show the value."""
        source = F(expression) if isinstance(expression, str) else expression
        if self._stored is None:
            return Coalesce(source, Literal(self._shown))
        return NullIf(source, Literal(self._stored))


class FreeText:
    """A lens over free text, some of which a contract has words for; everything else looks like one of these words.

    It obeys the two laws of a `Lens`. Text is compared without regard to case and accents.

    :param written: what is stored for each of the contract's words
    :param spelled: how else people spell some of these words, by the spelling
    :param otherwise: the word that every other text looks like
    """

    def __init__(self, written: Mapping[str, str], *, otherwise: str, spelled: Mapping[str, str] | None = None) -> None:
        self._written = dict(written)
        self._otherwise = otherwise
        spellings = {**{word: word for word in written}, **{text: word for word, text in written.items()}}
        self._shown = {folded(text): word for text, word in {**(spelled or {}), **spellings}.items()}
        if unwritable := {otherwise, *self._shown.values()} - set(written):
            raise ValueError(f"no way to write {unwritable}")
        for word, text in written.items():
            if self.show(text) != word:
                raise ValueError(f"{word!r} is stored as {text!r}, which is shown as {self.show(text)!r}")

    @property
    def words(self) -> tuple[str, ...]:
        """The contract's words."""
        return tuple(self._written)

    def show(self, value: str) -> str:
        """Return stored text in the contract's words."""
        return self._shown.get(folded(value), self._otherwise)

    def read(self, word: str, value: str | None = None) -> str:
        """Read a contract's word, given what is stored now: a word that says the same leaves it as it is.

        :raises KeyError: when the contract has no such word
        """
        return value if value is not None and self.show(value) == word else self._written[word]

    def case(self, expression: Combinable | str) -> Combinable:
        """Make the database show the value."""
        source = F(expression) if isinstance(expression, str) else expression
        return _Case(Fold(source), self._shown, otherwise=self._otherwise)


class _Case(Func):
    """The words of one list in those of another; both are the program's own and stand in the SQL as literals.

    As parameters they would be sent anew with every request: a list with ten lenses has some two hundred.
    """

    output_field = CharField()

    def __init__(self, source: Combinable, words: Mapping[str, Word], *, otherwise: str | None = None) -> None:
        super().__init__(source)
        self.words = dict(words)
        self.otherwise = otherwise

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        sql, parameters = compiler.compile(self.source_expressions[0])
        cases = " ".join(f"WHEN {literal(value)} THEN {literal(word)}" for value, word in self.words.items())
        if self.otherwise is not None:
            return f"CASE {sql} {cases} ELSE {literal(self.otherwise)} END", [*parameters]
        # Both databases compile an expression that occurs twice twice; what it is given must then be there twice.
        return f"CASE {sql} {cases} ELSE {sql} END", [*parameters, *parameters]
