"""Whether two words are one word in two spellings."""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from onward.domain.ingestion.judgement.vocabulary import TELLING

# How alike two spellings must be, of 1.
ALIKE = 0.85
# Shorter words differ by too much when one letter does: "car" and "care".
SHORTEST = 5


@lru_cache(maxsize=50_000)
def alike(one: str, other: str) -> bool:
    """Whether two words, folded, are spellings of one word.

    Letters are mistaken, dropped and doubled inside a word and at its end; a word that begins otherwise is another one
    ("organic", "inorganic"), and so is one with another digit, or one of those that tell openings apart.
    """
    if one == other:
        return True
    one, other = sorted((without_digraphs(one), without_digraphs(other)), key=lambda word: (len(word), word))
    if one == other:
        return True
    if one in TELLING or other in TELLING or any(sign.isdigit() for sign in one + other):
        return False
    if len(one) < SHORTEST:
        return len(one) == SHORTEST - 1 and other == one + "s"
    # Who does it is another than what is done: "programme", "programmer".
    agent = other in {one + "r", one + "er"}
    return one[:2] == other[:2] and not agent and fuzz.ratio(one, other) >= 100 * ALIKE


def all_alike(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two rows of words are the same in some spelling, one by one, or written together and apart."""
    if len(some) == len(others):
        return all(alike(one, other) for one, other in zip(some, others, strict=True))
    # "front end" and "frontend", but not "2 3" and "23".
    return "".join(some) == "".join(others) and numbers(some) == numbers(others)


def without_digraphs(word: str) -> str:
    """Return a word without the second letter of an umlaut that was typed as two."""
    for pair, letter in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        word = word.replace(pair, letter)
    return word


def numbers(some: Sequence[str]) -> list[str]:
    """Return the words with digits."""
    return [word for word in some if any(sign.isdigit() for sign in word)]
