"""The order of what was found: one function, whichever database found it.

A score is the share of what was looked for that a posting says, each word by how rare it is and by where it stands,
and a little for a title that says nothing else, for its words in their order, and for a posting that is new.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log

from onward.domain.feed.wanted import Said

# What a word counts for by where it stands.
TITLE, REQUIRED, NAMED, COMPANY, PLACE, TEXT = 1.0, 0.75, 0.6, 0.7, 0.7, 0.25
# Skills are listed with those that are required first.
FIRST = 6
COVERAGE, SEQUENCE, FRESHNESS = 0.35, 0.1, 0.15
# Days after which what is new counts a third.
FADES = 30.0
# Scores are whole numbers, so that those of both databases are the same to the last digit.
WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a posting that is ranked.

    :ivar title: its terms, in their order
    :ivar places: folded words
    """

    number: int
    title: tuple[str, ...]
    company: frozenset[str]
    skills: tuple[str, ...]
    places: frozenset[str]
    day: date


@dataclass(frozen=True, slots=True)
class Ranking:
    """How postings are ranked for somebody who looks for these words.

    :ivar times: in how many postings each word was read in a title
    """

    said: Sequence[Said]
    times: Mapping[str, int]
    today: date

    def score(self, card: Card, *, is_whole: bool = True) -> int:
        """Return how well a posting fits. :param is_whole: whether it has every word somewhere"""
        if not self.said:
            return 0
        weights = [1 / (1 + log(1 + self.times.get(one.word, 0))) for one in self.said]
        found = sum(
            weight * self._place(one, card, TEXT if is_whole else 0.0)
            for weight, one in zip(weights, self.said, strict=True)
        )
        fresh = exp(-max(0, (self.today - card.day).days) / FADES)
        score = found / sum(weights) + COVERAGE * self._coverage(card) + FRESHNESS * fresh
        return round((score + SEQUENCE * self._in_sequence(card)) * WHOLE)

    def _place(self, one: Said, card: Card, otherwise: float) -> float:
        if one.term in card.title:
            return TITLE
        if one.skill and one.skill in card.skills:
            return REQUIRED if card.skills.index(one.skill) < FIRST else NAMED
        if one.term in card.company:
            return COMPANY
        return PLACE if one.word in card.places else otherwise

    def _coverage(self, card: Card) -> float:
        """Return how much of the title was looked for."""
        terms = {one.term for one in self.said}
        return sum(term in terms for term in card.title) / len(card.title) if card.title else 0.0

    def _in_sequence(self, card: Card) -> float:
        """Return how many neighbours of what was looked for are neighbours in the title."""
        pairs = [(one.term, other.term) for one, other in zip(self.said, self.said[1:], strict=False)]
        there = set(zip(card.title, card.title[1:], strict=False))
        return sum(pair in there for pair in pairs) / len(pairs) if pairs else 0.0
