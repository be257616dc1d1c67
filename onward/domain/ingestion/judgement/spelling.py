"""Whether two words are one word in two spellings."""

import gzip
import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

import ijson

from onward.domain.ingestion.judgement.ratios import ratio
from onward.domain.ingestion.judgement.vocabulary import TELLING

# How alike two spellings must be, of 1.
ALIKE = 0.85
# Shorter words differ by too much when one letter does: "car" and "care".
SHORTEST = 5
# The second letter of an umlaut that was typed as two, and British endings in the American way.
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_BRITISH = re.compile(
    r"(?<=\w\w)(?:(our)|(ogue)|(mme)|((?<=[tb])re(?=s?$))|(is)(?=e[drs]?$|ing$|ations?$|ational$)|(ll)(?=ing$|e[dr]s?$))"
)
_AMERICAN = ("or", "og", "m", "er", "iz", "l")


@lru_cache(maxsize=10_000)
def alike(one: str, other: str) -> bool:
    """Whether two words, folded, are spellings of one word.

    Letters are mistaken, dropped and doubled inside a word and at its end; a word that begins otherwise is another one
    ("organic", "inorganic"). So are one with another digit, one of those that tell openings apart, and two words of
    English that nobody mistyped ("banking", "baking"), but for a plural.
    """
    if one == other:
        return True
    one, other = sorted((_plainest(one), _plainest(other)), key=lambda word: (len(word), word))
    if one == other:
        return True
    if one in TELLING or other in TELLING or numbers([one, other]):
        return False
    if other == one + "s":
        return len(one) >= SHORTEST - 1
    # Who does it is another than what is done: "programme", "programmer".
    if len(one) < SHORTEST or one[:2] != other[:2] or other in {one + "r", one + "er"}:
        return False
    return ratio(one, other) >= 100 * ALIKE and not (_is_english(one) and _is_english(other))


def all_alike(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two rows of words are the same in some spelling, one by one, or written together and apart."""
    if len(some) == len(others):
        return all(alike(one, other) for one, other in zip(some, others, strict=True))
    # "front end" and "frontend", but not "2 3" and "23".
    return "".join(some) == "".join(others) and numbers(some) == numbers(others)


def numbers(some: Sequence[str]) -> list[str]:
    """Return the words with digits."""
    return [word for word in some if any(sign.isdigit() for sign in word)]


def without_digraphs(word: str) -> str:
    """Return a word with one letter where an umlaut was typed as two; others lose a letter, too."""
    for pair, letter in _DIGRAPHS:
        word = word.replace(pair, letter)
    return word


def _plainest(word: str) -> str:
    american = _BRITISH.sub(lambda found: _AMERICAN[(found.lastindex or 1) - 1], word)
    return without_digraphs(american)


def _is_english(word: str) -> bool:
    known, key = _english(), hash(word)
    place = bisect_left(known, key)
    return place < len(known) and known[place] == key


@cache
def _english() -> "array[int]":
    """Return the hashes of English words, in order.

    They are read from the library's file piece by piece: through the library they take 37 MB for a moment.
    """
    listed = files("spellchecker").joinpath("resources", "en.json.gz")
    with listed.open("rb") as packed, gzip.open(packed) as file:
        return array("q", sorted(hash(word) for word, _ in ijson.kvitems(file, "")))
