"""What somebody looks for in the feed, and the terms that find it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from onward.domain.feed import terms
from onward.domain.feed.keys import first_of
from onward.domain.resumes.facts import skills
from onward.platform.search.index import Query
from onward.platform.search.terms import EMPTY, in_field, name_term, split, stem

# More words are passed over.
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a posting must have to be found; empty: anything.

    :ivar words: to be found anywhere, each of them
    :ivar location: words of a place
    :ivar tech_stack: skills, of which one is enough
    :ivar min_salary: of a year; what pays so much, or may
    :ivar posted_within: days
    """

    words: str = ""
    location: str = ""
    company: str = ""
    work_mode: str = ""
    job_type: str = ""
    seniority: str = ""
    source: str = ""
    tech_stack: tuple[str, ...] = ()
    min_salary: int | None = None
    max_salary: int | None = None
    currency: str = ""
    posted_within: int | None = None

    def packed(self) -> dict[str, Any]:
        """Return what is said, as JSON takes it."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None, ())}

    @classmethod
    def unpacked(cls, packed: Mapping[str, Any]) -> "Wanted":
        """Return what was packed."""
        known = {name: value for name, value in packed.items() if name in cls.__slots__}
        return cls(**{**known, "tech_stack": tuple(known.get("tech_stack", ()))})


@dataclass(frozen=True, slots=True)
class Said:
    """A word that is looked for.

    :ivar word: as it was typed, folded
    :ivar term: as the index has it
    :ivar skill: the name of the skill that it is, or is a part of
    :ivar only_skill: whether it is an ordinary word, too: "go" and "react" are looked for as skills and in titles
    """

    word: str
    term: str
    skill: str = ""
    only_skill: bool = False

    def anywhere(self) -> list[str]:
        """Return the terms of which a posting has one."""
        return [*self._skill(), f"t:{self.term}" if self.only_skill else self.term]

    def ahead(self) -> list[str]:
        """Return the terms of which a posting has one that says it where it counts."""
        return [*self._skill(), f"t:{self.term}", f"l:{self.word}"]

    def _skill(self) -> list[str]:
        return in_field("s", filter(None, [name_term(self.skill)]))


def read(text: str, meant: Mapping[str, str] | None = None) -> list[Said]:
    """Read what somebody has typed: its words, and the skills that they name.

    :param meant: what is to be read instead of a word
    """
    if meant:
        text = " ".join(meant.get(word, word) for word in split(text))
    said = [Said(word, stem(word)) for word in dict.fromkeys(split(text)) if word not in EMPTY][:MOST_WORDS]
    sure = {mention.skill.name for mention in skills.find(text) if mention.sure}
    named: dict[str, tuple[str, bool]] = {}
    for mention in skills.find(text, listed=True):
        parts = split(text[mention.start : mention.end])
        for part in parts:
            doubtful = len(parts) == 1 and mention.skill.name not in sure and mention.skill.group == "tools"
            named[part] = mention.skill.name, doubtful
    for at, one in enumerate(said):
        if one.word in named:
            skill, only_skill = named[one.word]
            said[at] = replace(one, skill=skill, only_skill=only_skill)
    return said


def filters(wanted: Wanted) -> Query:
    """Return the terms for everything but the words."""
    aside = {name: getattr(wanted, name) for name in ("work_mode", "seniority", "job_type")}
    found: list[Sequence[str]] = []
    if any(aside.values()):
        found.append([terms.together(aside)])
    if wanted.source:
        found.append(in_field("o", [wanted.source]))
    if wanted.currency:
        found.append(in_field("u", [wanted.currency.lower()]))
    if wanted.tech_stack:
        found.append([term for name in wanted.tech_stack for term in _of_skill(name)])
    if wanted.min_salary is not None:
        found.append(terms.pays_at_least(wanted.min_salary))
    if wanted.max_salary is not None:
        found.append(terms.pays_at_most(wanted.max_salary))
    return [*found, *terms.in_words("c", wanted.company), *terms.in_words("l", wanted.location)]


def _of_skill(name: str) -> list[str]:
    """Return the terms of a skill: by its name in the list, and of one that is in none, its word in a title."""
    named = [mention.skill.name for mention in skills.find(name, listed=True)]
    said = split(name)
    in_titles = [f"t:{stem(said[0])}"] if len(said) == 1 and not named else []
    return [*in_field("s", filter(None, map(name_term, [*named, name]))), *in_titles]


def least(wanted: Wanted, *, today: date) -> int | None:
    """Return the lowest number that what was posted within the time can have."""
    return None if wanted.posted_within is None else first_of(today - timedelta(days=wanted.posted_within))
