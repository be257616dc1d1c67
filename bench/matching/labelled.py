"""The labelled set: people, postings, pools and grades."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from onward.domain.board.choices import Period
from onward.domain.feed.asking import read_posting
from onward.domain.ingestion.found import Place
from onward.domain.ingestion.judgement.places import spots
from onward.domain.matching.people import made_of
from onward.domain.matching.score import Opening, Person
from onward.domain.matching.titles import read_title
from onward.domain.resumes.facts.reader import read
from onward.platform.words import words

SET = Path(__file__).with_name("set")
TODAY = date(2026, 1, 31)
# How many of each kind come into a pool; it is filled up with postings by chance.
RANDOM, NEWEST, OVERLAP, BM25, NAMESAKES, POOL = 8, 6, 10, 10, 4, 32


@dataclass(frozen=True, slots=True)
class Posting:
    """A posting of the set. :ivar field: the occupation under which it was written; no ranking sees it"""

    id: str
    field: str
    title: str
    place: str
    mode: str
    age: int
    text: str

    @property
    def document(self) -> str:
        return f"{self.title}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of the set. :ivar resume: the text"""

    id: str
    places: Sequence[str]
    work_type: str
    level: str
    wanted: str
    resume: str

    @property
    def query(self) -> str:
        """What a search would be given: the wish and the résumé."""
        return f"{self.wanted}\n{self.resume}"


@cache
def postings() -> dict[str, Posting]:
    """Return the postings by their ids."""
    found: dict[str, Posting] = {}
    field = ""
    for file in ("postings_a.txt", "postings_b.txt"):
        for row in (SET / file).read_text("utf-8").splitlines():
            if row.startswith("# "):
                field = row[2:]
                continue
            title, place, mode, age, text = row.split("|")
            name = f"p{len(found) + 1:03}"
            found[name] = Posting(name, field, title, place, mode, int(age), text.replace("/", "\n"))
    return found


@cache
def people() -> dict[str, Somebody]:
    """Return the people by their ids."""
    found: dict[str, Somebody] = {}
    for block in re.split(r"^## ", (SET / "people.txt").read_text("utf-8"), flags=re.M)[1:]:
        head, _, resume = block.partition("\n")
        name, places, work_type, level, wanted = (part.strip() for part in head.split("|"))
        found[name] = Somebody(
            name,
            [place.strip() for place in places.split(";")],
            work_type,
            level.removeprefix("level="),
            wanted.removeprefix("wants="),
            resume,
        )
    return found


@cache
def person(name: str) -> Person:
    """Return one of the people as the server knows them: by their profile, and by their résumé as it is read."""
    one = people()[name]
    facts = [(fact.kind, fact.text, fact.lines, fact.details or fact.guess) for fact in read(one.resume).facts]
    profile = {
        "skills": [],
        "experience_level": one.level,
        "preferred_locations": one.places,
        "excluded_companies": [],
        "desired_role": one.wanted,
        "desired_salary_min": None,
        "preferred_work_type": one.work_type,
    }
    return made_of(profile, facts, currency="", on=TODAY)


@cache
def opening(name: str) -> Opening:
    """Return one of the postings as it is compared."""
    one = postings()[name]
    return Opening(
        title=read_title(one.title),
        asked=read_posting(title=one.title, description=one.text),
        places=spots([Place(one.place)], one.mode),
        work_mode=one.mode,
        period=Period.YEAR,
        since=TODAY - timedelta(days=one.age),
    )


# The rankings that one must be better than


def overlap(name: str) -> dict[str, float]:
    """Return how many of their skills each posting names: what a quick algorithm would count."""
    held = person(name).held
    return {pk: sum(skill.casefold() in held for skill in opening(pk).asked.names) for pk in postings()}


@cache
def _index() -> tuple[object, list[str]]:
    import bm25s

    names = list(postings())
    index = bm25s.BM25()
    index.index([words(postings()[pk].document) for pk in names], show_progress=False)
    return index, names


def bm25(name: str) -> dict[str, float]:
    """Return what a full-text search gives each posting for the wish and the whole résumé of a person."""
    index, names = _index()
    scores = index.get_scores(words(people()[name].query))  # type: ignore[attr-defined]
    return dict(zip(names, map(float, scores), strict=True))


# Pools


def pool(name: str) -> list[str]:
    """Return the postings that are graded for a person, in the order of their numbers; the same every time."""
    chance = random.Random(name)
    known = postings()
    by_chance = chance.sample(sorted(known), len(known))
    newest = sorted(known, key=lambda pk: (known[pk].age, pk))
    best = [sorted(known, key=lambda pk: (-scores[pk], pk)) for scores in (overlap(name), bm25(name))]
    chosen = {*by_chance[:RANDOM], *newest[:NEWEST], *best[0][:OVERLAP], *best[1][:BM25], *list(_namesakes(name))}
    for pk in by_chance:
        if len(chosen) >= POOL:
            break
        chosen.add(pk)
    return sorted(chosen)


def _namesakes(name: str) -> Iterator[str]:
    """Find postings that are hard to tell: a title that shares a word with one of the person's."""
    own = {word for title in person(name).titles for word, worth in title.stems if worth == 1}
    chance = random.Random(f"namesakes of {name}")
    same = [pk for pk in postings() if own & {word for word, _ in opening(pk).title.stems}]
    yield from chance.sample(same, min(len(same), NAMESAKES))


def grades(file: str = "grades.tsv") -> dict[str, dict[str, int]]:
    """Return the grades by person and posting."""
    found: dict[str, dict[str, int]] = {}
    for row in (SET / file).read_text("utf-8").splitlines():
        name, pk, grade = row.split("\t")
        found.setdefault(name, {})[pk] = int(grade)
    return found


def test_half() -> list[str]:
    """Return the people who are looked at once, when everything is done."""
    return (SET / "test.txt").read_text("utf-8").split("\n")[:-1]
