"""How well, and at what cost, two postings are told to be the same: ``python -m bench.same``.

The labelled pairs are those of the tests. The cost is processor time in this process, of rows that have to be judged
and of keys that have to be made for them; a third of the rows is new, a third is known, a third is spelled otherwise.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from rapidfuzz import fuzz

from onward.domain.companies.names import name_key
from onward.domain.ingestion.found import Place
from onward.domain.ingestion.judgement.keys import Keys, keys
from onward.domain.ingestion.judgement.links import url_key
from onward.domain.ingestion.judgement.same import Known, Row, judge
from onward.platform.words import words
from tests.domain.ingestion.judgement.pairs import SETS, Pair, Told, figures, pairs

T = TypeVar("T")
SIZES = (1_000, 10_000)
RUNS = 3
FIRST = "Ash Birch Cedar Elder Fern Gorse Hazel Ivy Juniper Larch Maple Oak Pine Rowan Spruce Thorn Willow Yew"
SECOND = "Robotics Foods Health Energy Media Systems Bank Logistics Games Labs Motors Textiles"
THIRD = "North Harbour River Valley Hill Coast Forest Meadow Bridge Market"
WORK = "Data Software Marketing Sales Finance Legal Design Product Security Research Network Quality"
MORE = "Analysis Engineering Operations Development Planning Support Strategy Testing"
CITIES = "Oslo Berlin Lyon Turin Porto Gent Graz Brno Riga Cork Leeds Austin Boston Toronto"
VOCABULARY = (FIRST, THIRD, SECOND, WORK, MORE, CITIES)


def main() -> None:
    """Print the table of pairs, by kind, and the cost of a batch."""
    everything = {name: pairs(name) for name in SETS}
    print("| pairs | | same | joined | wrongly joined | missed | precision | recall |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, some in everything.items():
        print(line(name, some))
    together = [pair for some in everything.values() for pair in some]
    print(line("**all**", together))
    print(line("all, by ratios alone", together, by_ratios))
    print(line("all, by ratios and words as they are", together, by_ratios_and_words))
    print()
    kinds = dict.fromkeys(pair.kind for some in everything.values() for pair in some)
    print("| kind | pairs | told rightly |\n|---|---:|---:|")
    for kind in sorted(kinds):
        some = [pair for some in everything.values() for pair in some if pair.kind == kind]
        found = figures(some)
        print(f"| {kind} | {found.pairs} | {found.pairs - found.mistaken - found.missed} |")
    print()
    print("| rows against as many postings | keys, s | judging, s | joined |\n|---|---:|---:|---:|")
    for size in SIZES:
        print("| {:,} | {:.2f} | {:.2f} | {:,} |".format(size, *cost(size)))


def line(name: str, some: list[Pair], judge: Callable[[Pair], bool] = Pair.is_judged_same) -> str:
    """Return a row of the table."""
    found = figures(some, judge)
    same = found.joined + found.missed
    counts = f"{found.pairs} | {same} | {found.joined} | {found.mistaken} | {found.missed}"
    return f"| {name} | {counts} | {found.precision:.3f} | {found.recall:.3f} |"


def by_ratios(pair: Pair) -> bool:
    """Whether two are the same by their ids, their links, and how alike company, title and place are as a whole."""
    link = url_key(pair.one.link)
    if pair.on_one_board or (link and link == url_key(pair.other.link)):
        return not pair.on_one_board
    (company, title, place), others = plain_words(pair.one), plain_words(pair.other)
    near = not place or not others[2] or fuzz.ratio(place, others[2]) >= 50
    return near and fuzz.ratio(company, others[0]) >= 80 and fuzz.ratio(title, others[1]) >= 85


def by_ratios_and_words(pair: Pair) -> bool:
    """Whether two are the same by ratios, and each of their words is like its partner, with nothing normalised."""
    return by_ratios(pair) and all(
        len(some.split()) == len(others.split())
        and all(fuzz.ratio(*two) >= 85 for two in zip(some.split(), others.split(), strict=True))
        for some, others in list(zip(plain_words(pair.one), plain_words(pair.other), strict=True))[:2]
        if not pair.one.link
    )


def plain_words(told: Told) -> tuple[str, str, str]:
    return name_key(told.company), " ".join(words(told.title)), " ".join(words(told.place))


def cost(size: int) -> tuple[float, float, int]:
    """Return the least processor time for the keys and for judging, in seconds, and how many rows were joined."""
    chance = random.Random(7)
    told = [posting(chance, number) for number in range(size)]
    there = [Known(number, made(*words), frozenset({1})) for number, words in enumerate(told, 1)]
    again = [spelled(words, number) for number, words in enumerate(told)]
    keying, rows = least(lambda: [Row(f"{number}", made(*words)) for number, words in enumerate(again)])
    judging, verdicts = least(lambda: judge(rows, there, source=2))
    return keying, judging, sum(verdict.same is not None for verdict in verdicts.values())


def posting(chance: random.Random, number: int) -> tuple[str, str, str]:
    """Return company, title and place of a posting; most companies have several that differ in a word or a place."""
    first, second, third, work, more, city = (chance.choice(words.split()) for words in VOCABULARY)
    return f"{first} {second} {third}", f"{work} {more} Intern {2020 + number % 8}", city


def spelled(words: tuple[str, str, str], number: int) -> tuple[str, str, str]:
    """Return a posting as another source tells it: as it is, another one, or in another spelling."""
    company, title, place = words
    if number % 3 == 0:
        return f"{company} GmbH", f"{title} (m/w/d)", f"{place}, Europe"
    if number % 3 == 1:
        return f"{company} {number}", title, place
    return company, title.replace("in", "iin", 1), place


def made(company: str, title: str, place: str) -> Keys:
    return keys(company=company, title=title, places=[Place(place)])


def least(work: Callable[[], T]) -> tuple[float, T]:
    """Return the least processor time of some runs, and what came of the last one."""
    spent = []
    for _ in range(RUNS):
        began = time.process_time()
        result = work()
        spent.append(time.process_time() - began)
    return min(spent), result


if __name__ == "__main__":
    main()
