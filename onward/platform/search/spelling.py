"""What somebody meant whose word is none that an index knows."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Q

from onward.platform.search.models import Word

SHORTEST = 4
# A word of so many letters may have two of them wrong; a shorter one has one.
LONG = 8
# A known word was meant otherwise, too, where the other one is so many times as frequent.
RARER = 50
_COUNT = """
    INSERT INTO search_word ("index", word, times) VALUES {}
    ON CONFLICT ("index", word) DO UPDATE SET times = search_word.times + excluded.times
"""
BATCH = 300


def learn(index: str, words: Iterable[str]) -> None:
    """Count words that documents have been found to hold."""
    counts = sorted(Counter(word for word in words if _may_be_misspelled(word)).items())
    database: Any = connections[DEFAULT_DB_ALIAS]
    place = "(?, ?, ?)" if database.vendor == "sqlite" else "(%s, %s, %s::int)"
    for start in range(0, len(counts), BATCH):
        some = counts[start : start + BATCH]
        values = [value for word, times in some for value in (index, word, str(times))]
        database.run_directly(_COUNT.format(", ".join([place] * len(some))), values)


def meant(index: str, words: Collection[str]) -> dict[str, str]:
    """Return what was meant by words that nobody, or hardly anybody, writes so; those that may be right are left out.

    Of those that are near (letters that are wrong, missing, too many or swapped) the nearest, then the most frequent.
    The first letter, or the first two the other way round, must be right.
    """
    asked = [word for word in words if _may_be_misspelled(word)]
    if not asked:
        return {}
    known = dict(Word.objects.filter(index=index, word__in=asked).values_list("word", "times"))
    found: dict[str, str] = {}
    for word in asked:
        near = _near(index, word, 1 + (len(word) >= LONG))
        enough = RARER * known.get(word, 0)
        better = [(distance, -times, other) for other, times, distance in near if times > max(1, enough)]
        if better:
            found[word] = min(better)[-1]
    return found


def _near(index: str, word: str, most: int) -> list[tuple[str, int, int]]:
    """Return known words that are near a word, each with how frequent it is and how many letters are wrong."""
    begins = Q()
    for letter in {word[0], word[1]}:
        begins |= Q(word__gte=letter, word__lt=chr(ord(letter) + 1))
    rows = Word.objects.filter(begins, index=index).values_list("word", "times")
    # Four megabytes, which a process that corrects nothing does without.
    from rapidfuzz.distance import OSA

    close = ((other, times, OSA.distance(word, other, score_cutoff=most)) for other, times in rows)
    return [row for row in close if 0 < row[2] <= most]


def _may_be_misspelled(word: str) -> bool:
    return SHORTEST <= len(word) <= 40 and word.isalpha()
