"""Titles of positions and openings, compared: how much of their words is shared, and whether their fields differ."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onward.domain.feed.asking import LEVELS
from onward.domain.resumes.facts.lines import OCCUPATIONS
from onward.domain.resumes.facts.skills import stem
from onward.domain.resumes.facts.words import by_word, lists
from onward.platform.words import words

LONGEST = 200
# A word that anybody may be called by (`manager`) says less than one of a field.
_OF_ANY = 0.4
_EMPTY = frozenset(lists(Path(__file__).with_name("words.tsv"))["empty in titles"])
_OPEN = frozenset(lists(Path(__file__).with_name("words.tsv"))["of several fields"])


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is compared.

    :ivar stems: its words without their endings, and how much each says
    :ivar fields: of work, as the list of occupations has them; empty where the words do not tell
    """

    text: str
    stems: frozenset[tuple[str, float]]
    fields: frozenset[str]


@lru_cache(maxsize=20_000)
def read_title(text: str) -> Title:
    """Read a title; what only says the level, or for whom it is written, is left out."""
    plain = text[:LONGEST]
    for _, pattern in LEVELS:
        plain = pattern.sub(" ", plain)
    named = [word for word in words(plain) if word not in _EMPTY and not word.isdigit()]
    fields = by_word(OCCUPATIONS)
    stems = frozenset((stem(word), _OF_ANY if fields.get(word) == "-" else 1.0) for word in named)
    told = {fields[word].removeprefix("+") for word in named if fields.get(word, "-").startswith("+")}
    # `Software engineer` and `mechanical engineer` are told apart by the first word, a nurse by the last.
    heads = {fields[word] for word in named if word in fields and word not in _OPEN and fields[word][0] not in "+-"}
    return Title(text, stems, frozenset(told | heads))


def likeness(one: Title, other: Title) -> float:
    """Return how much of their words two titles share, of 1."""
    some, others = dict(one.stems), dict(other.stems)
    total = sum(some.values()) + sum(others.values())
    return 2 * sum(some[word] for word in some.keys() & others.keys()) / total if total else 0.0


def differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sets of fields are told and have nothing in common."""
    return bool(one and other) and one.isdisjoint(other)
