"""Words for what people are by their work, and the fields that these words tell of."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+")

# What stands for a title in short. What is not listed here and in no row of the data file is not recognised.
_SHORT = {
    "swe": ("software", "engineer"),
    "sde": ("software", "engineer"),
    "sre": ("reliability", "engineer"),
    "eng": ("engineer",),
    "engr": ("engineer",),
    "dev": ("developer",),
    "be": ("backend",),
    "fe": ("frontend",),
    "mgr": ("manager",),
    "asst": ("assistant",),
    "acct": ("accountant",),
    "rn": ("registered", "nurse"),
    "admin": ("administrator",),
    "rep": ("representative",),
    "coord": ("coordinator",),
}


# What somebody who is one does, by its name in the taxonomy.
_DOES = {
    "baker": "Baking",
    "confectioner": "Baking",
    "bartender": "Bartending",
    "barista": "Barista work",
    "bookkeeper": "Bookkeeping",
    "butcher": "Food preparation",
    "carpenter": "Carpentry",
    "cashier": "Cash handling",
    "chef": "Cooking",
    "cleaner": "Cleaning",
    "cook": "Cooking",
    "copywriter": "Copywriting",
    "gardener": "Landscaping",
    "housekeeper": "Cleaning",
    "illustrator": "Illustration",
    "mason": "Masonry",
    "photographer": "Photography",
    "plumber": "Plumbing",
    "recruiter": "Recruiting",
    "roofer": "Roofing",
    "teacher": "Teaching",
    "translator": "Translation",
    "tutor": "Tutoring",
    "waiter": "Table service",
    "waitress": "Table service",
    "welder": "Welding",
}


@dataclass(frozen=True, slots=True)
class _Words:
    people: frozenset[str]
    fields: dict[str, frozenset[str]]


@cache
def _read() -> _Words:
    people: set[str] = set()
    fields: dict[str, frozenset[str]] = {}
    for line in Path(__file__).with_name("occupations.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        named, words = line.split("\t")
        if not named.startswith("+"):
            people |= set(words.split())
        told = frozenset(named.strip("+-").split())
        for word in words.split():
            fields[word] = fields.get(word, frozenset()) | told
    return _Words(frozenset(people), fields)


def is_one(word: str) -> bool:
    """Tell whether a word in the singular is what one person is."""
    return word.lower() in _read().people


def names_one(text: str) -> bool:
    """Tell whether a text holds a word for what one person is: engineer, nurse, teacher."""
    return not _read().people.isdisjoint(_WORD.findall(text.lower()))


def names_any(text: str) -> bool:
    """Tell whether a text holds a word for what people are, one or several."""
    return any(is_one(word) or is_one(word.removesuffix("s")) for word in _WORD.findall(text.lower()))


def work_of(title: str) -> set[str]:
    """Name the skills that somebody of a title cannot be without: a baker bakes."""
    return {_DOES[word] for word in _WORD.findall(title.lower()) if word in _DOES}


def written_out(title: str) -> list[str]:
    """List the words of a title in lower case, those written out that are known by a short form."""
    return [whole for word in _WORD.findall(title.lower()) for whole in _SHORT.get(word, (word,))]


def recognised(title: str) -> bool:
    """Tell whether any word of a title is one that titles are made of."""
    known = _read()
    return any(word in known.people or word in known.fields for word in written_out(title))


def fields(title: str) -> frozenset[str]:
    """Tell which fields of work a title speaks of; none where its words leave it open."""
    known = _read()
    if not known.people.intersection(written_out(title)):
        return frozenset()
    return frozenset[str]().union(*(known.fields.get(word, frozenset()) for word in written_out(title)))
