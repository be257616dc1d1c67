"""``python -m bench.search.labelled tuning|test|again [--databases …]``: the feed beside plain full text search.

Prints nDCG@10 of 30 queries: of the feed, of FTS5 with its own stemmer and bm25 where all words must occur, and of the
same where one is enough. Of differences the interval of a paired bootstrap is told, and how much of the first ten is
the same on both databases. ``again`` tells how well the grades that were given twice agree.
"""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import md5
from math import log2
from pathlib import Path

from bench import environment
from bench.fetching import house

QUERIES, AGAIN = (Path(__file__).with_name(f"{name}.tsv") for name in ("queries", "again"))
# Postings of the set.
POSTINGS = 188
TOP = 10
AT = datetime(2026, 1, 31, 12, tzinfo=UTC)
SAMPLES = 2_000
PLAIN = {"every word, bm25": "AND", "any word, bm25": "OR"}
Orders = dict[str, dict[str, list[int]]]


def graded(file: Path) -> dict[str, dict[int, int]]:
    """Return the queries of a file, each with the grades of postings by their numbers."""
    found: dict[str, dict[int, int]] = {}
    for row in file.read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            query, *ids = f"{row}\t\t".split("\t")[:4]
            found[query] = {int(pk): 3 - place for place, several in enumerate(ids) for pk in several.split()}
    return found


def queries(half: str) -> dict[str, dict[int, int]]:
    """Return the queries of a half, each with the grades of postings by their numbers."""
    found = graded(QUERIES)
    by_chance = sorted(found, key=lambda query: md5(query.encode(), usedforsecurity=False).digest())
    chosen = by_chance[: len(found) // 2] if half == "test" else by_chance[len(found) // 2 :]
    return {query: found[query] for query in sorted(chosen)}


def print_agreement() -> None:
    """Print how well the grades that were given twice agree."""
    from bench.matching.__main__ import kappa

    first, second = graded(QUERIES), graded(AGAIN)
    pairs = [
        (first[query].get(pk, 0), grades.get(pk, 0))
        for query, grades in second.items()
        for pk in range(1, POSTINGS + 1)
    ]
    some = [pair for pair in pairs if any(pair)]
    same = sum(one == other for one, other in some)
    print(f"graded twice: {len(second)} queries, {len(pairs)} pairs, weighted kappa {kappa(pairs):.2f}")
    print(f"of {len(some)} that one or the other found worth a click {same} the same, weighted kappa {kappa(some):.2f}")


def ndcg(order: Sequence[int], grades: dict[int, int]) -> float:
    """Return how good an order is beside the best one."""

    def gain(row: Sequence[int]) -> float:
        return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(row[:TOP]))

    return gain([grades.get(pk, 0) for pk in order]) / gain(sorted(grades.values(), reverse=True))


def plain(joined: str) -> Callable[[str], list[int]]:
    """Return plain full text search. :param joined: what stands between words: ``AND`` or ``OR``"""
    from bench.matching.labelled import postings
    from onward.platform.words import words

    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize='porter unicode61')")
    for number, posting in enumerate(postings().values(), 1):
        base.execute("INSERT INTO t(rowid, text) VALUES (?, ?)", [number, f"{posting.document}\n{posting.place}"])

    def search(query: str) -> list[int]:
        asked = f" {joined} ".join(f'"{word}"' for word in words(query))
        return [pk for (pk,) in base.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank, rowid", [asked])]

    return search


def fill() -> dict[int, int]:
    """Take the set into the record and its index; returns the numbers of postings in the set by their ids."""
    from bench.matching.labelled import postings
    from onward.domain.board.models import Posting
    from onward.domain.feed.services import catch_up
    from onward.domain.ingestion.places import place_of_text

    numbers = {}
    for number, posting in enumerate(postings().values(), 1):
        place = place_of_text(posting.place)
        row = Posting.objects.create(
            title=posting.title, company_name="Works", description=posting.text, location=posting.place,
            places=[{"text": place.text, "city": place.city, "region": place.region, "country": place.country}],
            work_mode=posting.mode, posted_on=AT.date() - timedelta(days=posting.age), first_seen_at=AT,
        )  # fmt: skip
        numbers[row.pk] = number
    catch_up(at=AT)
    return numbers


def order(query: str, numbers: dict[int, int]) -> list[int]:
    """Return the numbers of postings in the order in which the feed shows them."""
    from onward.domain.feed.choices import Order
    from onward.domain.feed.keys import posting_of
    from onward.domain.feed.queries.found import find, ranked
    from onward.domain.feed.wanted import Wanted

    found = find(Wanted(words=query), today=AT.date(), order=Order.RELEVANCE)
    return [numbers[posting_of(number)] for _, number in ranked(found, today=AT.date())]


def print_orders() -> None:
    """Fill the database of the settings with the set, and print for every query every order, as JSON."""
    import django

    django.setup()
    numbers = fill()
    every = {**queries("tuning"), **queries("test")}
    others = {name: plain(joined) for name, joined in PLAIN.items()}
    orders = {"feed": {query: order(query, numbers) for query in every}}
    print(json.dumps(orders | {name: {q: search(q) for q in every} for name, search in others.items()}))


def interval(differences: Sequence[float]) -> tuple[float, float]:
    """Return the interval in which the mean lies with 95 in a hundred, by a bootstrap."""
    chance = random.Random(1)
    means = sorted(sum(chance.choices(differences, k=len(differences))) / len(differences) for _ in range(SAMPLES))
    return means[int(SAMPLES * 0.025)], means[int(SAMPLES * 0.975)]


def main() -> None:
    """Compare."""
    parser = argparse.ArgumentParser(prog="bench.search.labelled", description=__doc__)
    parser.add_argument("half", choices=("tuning", "test", "orders", "again"))
    parser.add_argument("--databases", nargs="+", choices=house.DATABASES, default=list(house.DATABASES))
    parser.add_argument("--each", action="store_true", help="show every query")
    given = parser.parse_args()
    if given.half in {"orders", "again"}:
        print_orders() if given.half == "orders" else print_agreement()
        return
    orders = {}
    for database in given.databases:
        done = subprocess.run(
            [sys.executable, "-m", "bench.search.labelled", "orders"],
            cwd=environment.ROOT, env=house.settings(database, name="labelled"), stdout=subprocess.PIPE, text=True,
            check=True,
        )  # fmt: skip
        orders[database] = json.loads(done.stdout.splitlines()[-1])
    compare(queries(given.half), orders, shows_each=given.each)


def compare(graded: dict[str, dict[int, int]], orders: dict[str, Orders], *, shows_each: bool) -> None:
    """Print what came of it."""
    first = next(iter(orders))
    scores = {name: [ndcg(orders[first][name][query], graded[query]) for query in graded] for name in PLAIN}
    for database, found in orders.items():
        scores[f"feed, {database}"] = [ndcg(found["feed"][query], graded[query]) for query in graded]
    for name, values in scores.items():
        print(f"{name:20} nDCG@{TOP} {sum(values) / len(values):.3f}")
    for name in PLAIN:
        differences = [mine - theirs for mine, theirs in zip(scores[f"feed, {first}"], scores[name], strict=True)]
        low, high = interval(differences)
        print(f"better than {name}: {sum(differences) / len(differences):+.3f} ({low:+.3f} to {high:+.3f})")
    if len(orders) > 1:
        one, other = (found["feed"] for found in orders.values())
        same = [len({*one[q][:TOP]} & {*other[q][:TOP]}) / max(1, len(one[q][:TOP])) for q in graded]
        print(f"the same among the first {TOP} on both databases: {min(same):.2f} at least")
    if shows_each:
        for place, query in enumerate(graded):
            print(f"{query:30} " + " ".join(f"{values[place]:.2f}" for values in scores.values()))


if __name__ == "__main__":
    main()
