"""Titles of positions and openings, compared: how much of their words is shared, and whether their fields differ."""

import re
from collections.abc import Iterable
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
_BEFORE_A_MARK = re.compile(r"[,(|/–—]|\s-\s")
_EMPTY = frozenset(lists(Path(__file__).with_name("titles.tsv"))["empty in titles"])
_OPEN = frozenset(lists(Path(__file__).with_name("titles.tsv"))["of several fields"])


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
    # What follows a comma says for whom or with what: an account executive for software sells. Only of an engineer it
    # tells the field.
    main = [word for word in named if word in words(_BEFORE_A_MARK.split(plain)[0])]
    told = _fields(main) or (_fields(named) if not _OPEN.isdisjoint(main) else frozenset())
    stems = frozenset((stem(word), _OF_ANY if fields.get(word) == "-" or word in _OPEN else 1.0) for word in named)
    return Title(text, stems, told)


def _fields(named: Iterable[str]) -> frozenset[str]:
    fields = by_word(OCCUPATIONS)
    return frozenset(
        fields[word].removeprefix("+") for word in named if word not in _OPEN and fields.get(word, "-") != "-"
    )


def likeness(one: Title, other: Title) -> float:
    """Return how much of their words two titles share, of 1."""
    some, others = dict(one.stems), dict(other.stems)
    total = sum(some.values()) + sum(others.values())
    return 2 * sum(some[word] for word in some.keys() & others.keys()) / total if total else 0.0


def differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sets of fields are told and have nothing in common."""
    return bool(one and other) and one.isdisjoint(other)
