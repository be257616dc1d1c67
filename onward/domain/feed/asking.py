"""What an opening asks for: skills, how much experience, and in which field of work.

Requirements are read by :mod:`onward.domain.assistant.posting`. What a source or a person lists, the title and the
duties name skills too: those count as wishes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from onward.domain.assistant.posting import name_of, outside, read
from onward.domain.resumes.facts import skills
from onward.domain.resumes.facts.reader import beginning
from onward.domain.resumes.facts.words import pattern

_WORDS = Path(__file__).with_name("words.tsv")
# Skills of these groups are compared; that somebody works well with others is shown by no list.
COMPARED = frozenset({"tools", "fields", "credentials", "languages"})
# Years that are asked for, from which on an opening is of a level; fewer are open to several.
MID_YEARS, SENIOR_YEARS = 3, 6
_YEARS = re.compile(
    r"(\d{1,2})\s?(?:\+|plus|(?:-|–|to|bis)\s?\d{1,2})?\s?\+?\s?(?:years?|yrs?|jahre?n?|ans|années|años)\b", re.I
)
_LONGEST_TERM = 60


class Level(IntEnum):
    """How far somebody is, or must be, in their work; the distance between two is how many steps lie between them."""

    INTERN = 0
    JUNIOR = 1
    MID = 2
    SENIOR = 3
    LEAD = 4


LEVELS = tuple(
    (level, pattern(_WORDS, level.name.lower()))
    for level in (Level.INTERN, Level.JUNIOR, Level.LEAD, Level.SENIOR, Level.MID)
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an opening asks for.

    :ivar required: skills by their names in the list; of each group one is enough
    :ivar wished: likewise, what is no must
    :ivar level: None where the opening does not say
    """

    required: tuple[tuple[str, ...], ...] = ()
    wished: tuple[tuple[str, ...], ...] = ()
    level: Level | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every skill that is named, once."""
        return tuple(dict.fromkeys(name for group in (*self.required, *self.wished) for name in group))

    def packed(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        level = None if self.level is None else self.level.name.lower()
        return {"required": self.required, "wished": self.wished, "level": level}

    @classmethod
    def unpacked(cls, packed: dict[str, Any]) -> "Asked":
        """Return what was packed."""
        level = packed.get("level")
        return cls(
            required=tuple(map(tuple, packed.get("required", ()))),
            wished=tuple(map(tuple, packed.get("wished", ()))),
            level=Level[level.upper()] if level else None,
        )


def read_posting(
    *, title: str, description: str, employer: str = "", listed: Sequence[str] = (), level: str = ""
) -> Asked:
    """Read what an opening asks for. Takes time in proportion to the text, and never raises.

    :param employer: whose name, where it stands in title or text, names no skill
    :param listed: skills as its source or a person lists them; names that no list knows count as they are written
    :param level: how its source calls the level, where it does
    """
    posting, own = read(description, employer=employer), name_of(employer)
    required = [group for r in posting.requirements if not r.wish and (group := _compared(r.any_of))]
    wished = [group for r in posting.requirements if r.wish and (group := _compared(r.any_of))]
    taken = {name for group in (*required, *wished) for name in group}
    named = [*canonical(listed), *_named(title, own)]
    # Where no sentence is known to ask for anything, whatever is named counts.
    sentences = [*posting.duties, *posting.asked] or beginning(description)[0].splitlines()
    named += [name for sentence in sentences for name in _named(sentence, own)]
    # `Angular` alone on its line is no word of a sentence.
    named += [name for name, sentence in posting.unsure.items() if _is_whole(name, sentence)]
    wished += [(name,) for name in dict.fromkeys(named) if name not in taken]
    return Asked(tuple(required), tuple(wished), level_of(title, level, posting.asked))


def canonical(listed: Iterable[str]) -> list[str]:
    """Return skills that somebody has listed by their names in the list, each once; what is not in it as written."""
    found: dict[str, str] = {}
    for text in listed:
        written = " ".join(str(text).split())[:_LONGEST_TERM]
        names = [m.skill.name for m in skills.find(written, listed=True) if m.skill.group in COMPARED]
        for name in names or [written]:
            if name:
                found.setdefault(name.casefold(), name)
    return list(found.values())


def level_of(title: str, level: str = "", asked: Iterable[str] = ()) -> Level | None:
    """Return the level that a title or its source names, or else that the years say which are asked for."""
    for text in (title, level):
        found = next((step for step, words in LEVELS if words.search(text[:300])), None)
        if found is not None:
            return found
    years = [int(match[1]) for sentence in asked if (match := _YEARS.search(sentence))]
    if not years:
        return None
    most = max(years)
    return Level.SENIOR if most >= SENIOR_YEARS else Level.MID if most >= MID_YEARS else None


def _named(text: str, own: re.Pattern[str] | None) -> list[str]:
    return [m.skill.name for m in outside(text, skills.find(text), own) if m.sure and m.skill.group in COMPARED]


def _is_whole(name: str, sentence: str) -> bool:
    found = next((m for m in skills.find(sentence, listed=True) if m.skill.name == name), None)
    return found is not None and found.skill.group in COMPARED and found.end - found.start == len(sentence.strip(" .;"))


def _compared(any_of: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in any_of if skills.group(name) in COMPARED)
