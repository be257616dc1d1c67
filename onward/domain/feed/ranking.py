"""The order of what was found: one function, whichever database found it.

A score is the share of what was looked for that a posting says, each word by how rare it is and by where it stands,
and a little for a title that says nothing else, for its words in their order, and for a posting that is new.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

from onward.domain.feed.keys import DAY, day_of
from onward.domain.feed.wanted import Said
from onward.platform.search.terms import split

# What a word counts for by where it stands.
TITLE, SKILL, COMPANY, PLACE, TEXT = 1.0, 0.6, 0.7, 0.7, 0.25
COVERAGE, SEQUENCE, FRESHNESS = 0.35, 0.1, 0.15
# As many are put in order.
RANKED = 1_000
# Days after which what is new counts a third.
FADES = 30.0
# Scores are whole numbers, so that those of both databases are the same to the last digit.
WHOLE = 1_000_000


class Card(NamedTuple):
    """What is known of a posting that is ranked, as the database has it: most of it is not looked at.

    :ivar title: its terms, in their order
    :ivar company: terms
    :ivar skills: a JSON list of names
    :ivar places: a JSON list of names
    """

    number: int
    title: str
    company: str
    skills: str
    places: str


class Titled(NamedTuple):
    """What a title says.

    :ivar places: for each word what it counts for in the title, or nothing
    :ivar found: what all words count for there, or nothing where it lacks one
    :ivar beside: what is added for its other words and for their order
    """

    places: Sequence[float | None]
    found: float | None
    beside: float


class Ranking:
    """How postings are ranked for somebody who looks for these words.

    :param times: in how many postings each word was read in a title
    :param is_whole: whether what is ranked has every word somewhere
    """

    def __init__(self, said: Sequence[Said], times: Mapping[str, int], today: date, *, is_whole: bool = True) -> None:
        # A thousand are scored at a time, so what is the same for many is reckoned once.
        self._today = today
        self._weights = [(1 / (1 + log(1 + times.get(one.word, 0))), one) for one in said]
        self._sum = sum(weight for weight, _ in self._weights)
        self._terms = {one.term for one in said}
        self._pairs = [(one.term, other.term) for one, other in pairwise(said)]
        self._otherwise = TEXT if is_whole else 0.0
        self._titled: dict[str, Titled] = {}
        self._fresh: dict[int, float] = {}

    def score(self, card: Card) -> int:
        """Return how well a posting fits."""
        if not self._weights:
            return 0
        titled = self._titled.get(card.title) or self._of_title(card.title)
        day = card.number >> DAY
        fresh = self._fresh.get(day) or self._of_day(day)
        found = titled.found
        if found is None:
            found = sum(
                [
                    weight * (self._elsewhere(one, card) if place is None else place)
                    for (weight, one), place in zip(self._weights, titled.places, strict=True)
                ]
            )
        return round((found / self._sum + titled.beside + FRESHNESS * fresh) * WHOLE)

    def _of_title(self, title: str) -> Titled:
        terms = title.split()
        there = set(pairwise(terms))
        held = [one.term in terms for _, one in self._weights]
        # How much of the title was looked for, and how many neighbours of what was looked for are neighbours there.
        coverage = sum([term in self._terms for term in terms]) / len(terms) if terms else 0.0
        sequence = sum([pair in there for pair in self._pairs]) / len(self._pairs) if self._pairs else 0.0
        found = self._titled[title] = Titled(
            [TITLE if is_held else None for is_held in held],
            TITLE * self._sum if all(held) else None,
            COVERAGE * coverage + SEQUENCE * sequence,
        )
        return found

    def _of_day(self, day: int) -> float:
        found = self._fresh[day] = exp(-max(0, (self._today - day_of(day << DAY)).days) / FADES)
        return found

    def _elsewhere(self, one: Said, card: Card) -> float:
        """Return what a word counts for that the title has not."""
        if one.skill and one.skill in _names(card.skills):
            return SKILL
        if one.term in card.company.split():
            return COMPANY
        return PLACE if one.word in _words(card.places) else self._otherwise


@lru_cache(4_000)
def _names(skills: str) -> frozenset[str]:
    return frozenset(json.loads(skills))


@lru_cache(4_000)
def _words(places: str) -> frozenset[str]:
    return frozenset(split(" ".join(json.loads(places))))
