"""The labelled pairs, and how many of them are told rightly."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from onward.domain.ingestion.judgement.keys import Keys, keys
from onward.domain.ingestion.judgement.links import url_key
from onward.domain.ingestion.judgement.same import Known, Row
from onward.domain.ingestion.judgement.same import judge as judge_rows
from onward.domain.ingestion.places import place_of_text

FOLDER = Path(__file__).parent
SETS = ("tuning", "test", "fresh")


@dataclass(frozen=True)
class Told:
    """A posting of a pair, as its source tells it."""

    company: str
    title: str
    place: str
    link: str

    @property
    def keys(self) -> Keys:
        return keys(company=self.company, title=self.title, places=[place_of_text(self.place)] if self.place else [])


@dataclass(frozen=True)
class Pair:
    """Two postings, and whether they are one opening."""

    is_same: bool
    kind: str
    on_one_board: bool
    one: Told
    other: Told

    def is_judged_same(self) -> bool:
        """Whether the rules join them: one is stored, then its source or another one tells the other."""
        link = url_key(self.one.link)
        known = Known(1, self.one.keys, frozenset({1}), frozenset({link} - {""}))
        row = Row("new there", self.other.keys, url_key(self.other.link))
        return judge_rows([row], [known], source=1 if self.on_one_board else 2)["new there"].same == 1


@dataclass(frozen=True)
class Figures:
    """:param joined: told to be the same, rightly; :param mistaken: wrongly; :param missed: told to be two, wrongly"""

    pairs: int
    joined: int
    mistaken: int
    missed: int

    @property
    def precision(self) -> float:
        return self.joined / (self.joined + self.mistaken) if self.joined + self.mistaken else 1.0

    @property
    def recall(self) -> float:
        return self.joined / (self.joined + self.missed) if self.joined + self.missed else 1.0


def pairs(name: str) -> list[Pair]:
    """Return the pairs of one set."""
    with (FOLDER / f"{name}.tsv").open(newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [
        Pair(label == "same", kind, boards == "one", Told(*told[:4]), Told(*told[4:]))
        for label, kind, boards, *told in rows
    ]


def figures(some: Iterable[Pair], judge: Callable[[Pair], bool] = Pair.is_judged_same) -> Figures:
    """Judge pairs and count. :param judge: whether a pair is the same; by our rules, if nothing else is given"""
    judged = [(pair.is_same, judge(pair)) for pair in some]
    return Figures(len(judged), judged.count((True, True)), judged.count((False, True)), judged.count((True, False)))
