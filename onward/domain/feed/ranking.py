"""The order of what was found: one function, whichever database found it.

A score is the share of what was looked for that a posting says, each word by how rare it is and by where it stands,
and a little for a title that says nothing else, for its words in their order, and for a posting that is new.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import exp, log

from onward.domain.feed.wanted import Said

# What a word counts for by where it stands.
TITLE, SKILL, COMPANY, PLACE, TEXT = 1.0, 0.6, 0.7, 0.7, 0.25
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
    skills: frozenset[str]
    places: frozenset[str]
    day: date


class Ranking:
    """How postings are ranked for somebody who looks for these words.

    :param times: in how many postings each word was read in a title
    """

    def __init__(self, said: Sequence[Said], times: Mapping[str, int], today: date) -> None:
        # A thousand are scored at a time, so what is the same for all is reckoned once.
        self._said = said
        self._today = today
        self._weights = [(1 / (1 + log(1 + times.get(one.word, 0))), one) for one in said]
        self._sum = sum(weight for weight, _ in self._weights)
        self._terms = {one.term for one in said}
        self._pairs = [(one.term, other.term) for one, other in pairwise(said)]

    def score(self, card: Card, *, is_whole: bool = True) -> int:
        """Return how well a posting fits. :param is_whole: whether it has every word somewhere"""
        if not self._said:
            return 0
        otherwise = TEXT if is_whole else 0.0
        found = sum([weight * _place(one, card, otherwise) for weight, one in self._weights])
        fresh = exp(-max(0, (self._today - card.day).days) / FADES)
        score = found / self._sum + COVERAGE * self._coverage(card) + FRESHNESS * fresh
        return round((score + SEQUENCE * self._in_sequence(card)) * WHOLE)

    def _coverage(self, card: Card) -> float:
        """Return how much of the title was looked for."""
        return sum([term in self._terms for term in card.title]) / len(card.title) if card.title else 0.0

    def _in_sequence(self, card: Card) -> float:
        """Return how many neighbours of what was looked for are neighbours in the title."""
        if not self._pairs:
            return 0.0
        there = set(zip(card.title, card.title[1:], strict=False))
        return sum([pair in there for pair in self._pairs]) / len(self._pairs)


def _place(one: Said, card: Card, otherwise: float) -> float:
    if one.term in card.title:
        return TITLE
    if one.skill and one.skill in card.skills:
        return SKILL
    if one.term in card.company:
        return COMPANY
    return PLACE if one.word in card.places else otherwise
