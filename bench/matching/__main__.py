"""How well openings are put in order, beside the labelled set. ``python -m bench.matching`` or ``… test``.

Prints nDCG@10 of the score and of three other rankings, and by how much the score is better, with the interval of a
paired bootstrap over people. The test half is looked at once, when nothing is changed any more.
"""

import math
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence

import django

DRAWS = 10_000
TOP = 10


def ndcg(grades: Sequence[int]) -> float:
    """Return the discounted gain of the first ten, of the best that there could be."""

    def gain(row: Sequence[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(row[:TOP]))

    best = gain(sorted(grades, reverse=True))
    return gain(grades) / best if best else 0.0


def interval(differences: Sequence[float]) -> tuple[float, float]:
    """Return the middle 95 % of means, drawn anew with replacement."""
    chance = random.Random("bootstrap")
    means = sorted(sum(chance.choices(differences, k=len(differences))) / len(differences) for _ in range(DRAWS))
    return means[int(0.025 * DRAWS)], means[int(0.975 * DRAWS)]


def kappa(pairs: Sequence[tuple[int, int]]) -> float:
    """Return Cohen's kappa with quadratic weights (Cohen 1968)."""
    total = len(pairs)
    first, second = ([sum(pair[k] == grade for pair in pairs) / total for grade in range(4)] for k in (0, 1))
    seen = sum((a - b) ** 2 for a, b in pairs) / total
    expected = sum(first[a] * second[b] * (a - b) ** 2 for a in range(4) for b in range(4))
    return 1 - seen / expected


def main(half: str) -> None:
    """Measure one half of the people."""
    from bench.matching import labelled
    from onward.domain.matching.rarity import counted
    from onward.domain.matching.score import measure

    named = Counter(skill for pk in labelled.postings() for skill in labelled.opening(pk).asked.names)
    rarity = counted(named, len(labelled.postings()))

    def score(name: str) -> dict[str, float]:
        who = labelled.person(name)
        return {
            pk: measure(who, labelled.opening(pk), on=labelled.TODAY, rarity=rarity).exact for pk in labelled.postings()
        }

    rankings: dict[str, Callable[[str], dict[str, float]]] = {
        "score": score,
        "overlap": labelled.overlap,
        "BM25": labelled.bm25,
        "newest": lambda name: {pk: -one.age for pk, one in labelled.postings().items()},
    }
    grades = labelled.grades()
    names = [name for name in grades if (name in labelled.test_half()) == (half == "test")]
    found: dict[str, list[float]] = {ranking: [] for ranking in rankings}
    for name in names:
        for ranking, scores in rankings.items():
            given = scores(name)
            order = sorted(grades[name], key=lambda pk: (-given[pk], pk))
            found[ranking].append(ndcg([grades[name][pk] for pk in order]))
    print(f"{half} half: {len(names)} people, {sum(len(grades[name]) for name in names)} grades")
    for ranking, values in found.items():
        print(f"{ranking:8} nDCG@{TOP} {sum(values) / len(values):.3f}")
    for ranking in ("overlap", "BM25"):
        differences = [own - other for own, other in zip(found["score"], found[ranking], strict=True)]
        low, high = interval(differences)
        mean = sum(differences) / len(differences)
        print(f"score - {ranking}: {mean:+.3f}, 95 % interval {low:+.3f} to {high:+.3f}")
    again = labelled.grades("grades_again.tsv")
    pairs = [(grades[name][pk], grade) for name, row in again.items() for pk, grade in row.items()]
    same = sum(a == b for a, b in pairs)
    print(f"graded twice: {len(pairs)} pairs, {same} the same, weighted kappa {kappa(pairs):.2f}")
    if half == "tuning" and "-v" in sys.argv:
        for name, values in zip(names, zip(*found.values(), strict=True), strict=True):
            print(name, " ".join(f"{value:.2f}" for value in values))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onward.config.settings")
    django.setup()
    main("test" if "test" in sys.argv[1:] else "tuning")
