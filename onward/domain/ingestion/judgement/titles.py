"""Titles of openings, compared."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from onward.domain.companies.names import core_words
from onward.domain.ingestion.judgement.gazetteer import cities
from onward.domain.ingestion.judgement.ratios import ratio, sorted_ratio
from onward.domain.ingestion.judgement.spelling import ALIKE, all_alike, numbers
from onward.domain.ingestion.judgement.vocabulary import BETWEEN, CALLS, CANONICAL, FREE
from onward.platform.words import plain, words

# How long a key may be.
LONGEST = 255
# Titles of more parts are compared as they stand: these have 24 orders already.
MOST_PARTS = 4

# "(m/w/d)", "H/F", "(all genders)", "m|f|x": letters that `_is_gender` knows, between signs.
_LETTERS = re.compile(r"[(\[]?(?<!\w)[a-z](?:\s?[/|,*+]\s?(?:[a-z]|gn|div(?:ers)?|\*)){1,3}(?!\w)\.?[)\]]?")
_GENDERS = re.compile(
    r"[(\[](?:gn|mwd|mfd|wmd|fmd|d|all genders?|alle geschlechter|any gender)[)\]]|(?<!\w)all genders?(?!\w)"
)
# "Entwickler*in", "Entwickler/-in", "chargé(e)", "développeur·euse", "praktykant/ka".
_ENDINGS = re.compile(r"(?<=\w)(?:[*:·•_]-?|/-?|\(-?)(?:in(?:nen)?|e|a|as|se|euse|ne|rice|trice|ka|r|es|s)\)?(?!\w)")
_GENDER_LETTERS = {"m", "w", "f", "h", "d", "x", "i", "k", "v", "n", "gn", "div", "divers"}
# Numbers that the office of an employer gives: "REQ-4432", "Ref. 2024-118", "Job ID: 88120", "JR-00451".
_REFERENCE = re.compile(
    r"[(\[]?(?<!\w)(?:(?:job|posting|vacancy|stellen)[ -]?(?:id|no|nr|number|ref)|"
    r"req(?:uisition)?(?:[ -]?(?:id|no|nr))?|id|jr(?=-?\d)|ref(?:erenz|erence)?|kennziffer|kenn-?nr)"
    r"[.:]?\s?[#:-]?\s?(?=\w*[-/]?\w*\d{3})([\w/-]{3,20})(?!\w)[)\]]?"
)
_PARTS = re.compile(
    r"[&,;:|()\[\]{}/•·・@!?\"“”„«»★☆~]|\s[-–—]|[-–—]\s|[–—]|(?<!\w)(?:"
    + "|".join(sorted(BETWEEN))
    + r")(?!\w)|(?<!\w)[dl]['’]"
)
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_ROMAN_AT_THE_END = {"i": "1", "v": "5", "x": "10"}
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is compared.

    :param parts: its words, by the parts that may change their order: "Intern, Data Science" is "Data Science Intern"
    :param free: words that say what kind of opening it is, wherever they stand, in a fixed order
    :param reference: the number that the employer's office gave
    """

    parts: tuple[tuple[str, ...], ...]
    free: tuple[str, ...] = ()
    reference: str = ""

    @property
    def said(self) -> list[str]:
        """All words but the free ones, in their order."""
        return [word for part in self.parts for word in part]


def read_title(title: str, company: str = "", places: frozenset[str] = frozenset(), work_mode: str = "") -> Title:
    """Take a title apart, less what says nothing and what is told elsewhere: the employer, its places.

    :param places: the words of the opening's own places
    """
    small = plain(title[:LONGEST])
    reference = _REFERENCE.search(small)
    bare = _LETTERS.sub(_less_genders, _GENDERS.sub(" ", _REFERENCE.sub(" , ", small)))
    told = [part for text in _PARTS.split(_ENDINGS.sub("", bare)) if (part := words(text))]
    employer = core_words(company)
    said = [part for part in told if not _is_said_elsewhere(part, employer, places, work_mode)] or told
    canonical = [[CANONICAL.get(word, word) for word in part if word != work_mode] for part in said]
    free = sorted(word for part in canonical for word in part if _is_free(word))
    parts = [_numbered([word for word in part if not _is_free(word)]) for part in canonical]
    return Title(tuple(filter(None, parts)), tuple(free), reference[1] if reference else "")


def title_key(title: Title) -> str:
    """Write a title down; `read_title_key` reads it."""
    said = ", ".join(" ".join(part) for part in title.parts)
    # What is cut off is the end of what is said: what tells openings apart stays.
    return f"{' '.join(title.free)} # {title.reference} ~ {said}"[:LONGEST]


@lru_cache(maxsize=2_000)
def read_title_key(key: str) -> Title:
    """Return the title of a key."""
    told, _, said = key.partition(" ~ ")
    free, _, reference = told.partition(" # ")
    parts = tuple(tuple(part.split()) for part in said.split(", "))
    return Title(tuple(filter(None, parts)), tuple(free.split()), reference)


def similarity(one: Title, other: Title) -> float:
    """Return how alike two titles are, of 1; 0 where a word makes them two. Their order makes no difference."""
    if one.free != other.free or _differ(one.reference, other.reference):
        return 0
    if one.parts == other.parts:
        return 1
    # Most pairs that are compared differ, and need no trying of orders.
    if not _may_be_one(one.said, other.said):
        return 0
    return max(_best(one, other), _best(other, one))


def may_be_one(one: Title, other: Title) -> bool:
    """Whether two titles that a word makes two are written so alike that nobody can tell."""
    if one.free != other.free or _differ(one.reference, other.reference):
        return False
    some, others = one.said, other.said
    return sorted_ratio(" ".join(some), " ".join(others)) >= 100 * ALIKE and numbers(some) == numbers(others)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _best(one: Title, other: Title) -> float:
    said = other.said
    scores = (_alike(order, said) for order in _orders(one.parts))
    return max(scores, default=0)


def _alike(some: Sequence[str], others: Sequence[str]) -> float:
    if not all_alike(some, others):
        return 0
    found = max(ratio(" ".join(some), " ".join(others)), ratio("".join(some), "".join(others))) / 100
    return found if found >= ALIKE else 0


def _orders(parts: Sequence[tuple[str, ...]]) -> Iterator[list[str]]:
    orders = permutations(parts) if len(parts) <= MOST_PARTS else iter([tuple(parts)])
    return ([word for part in order for word in part] for order in orders)


def _may_be_one(some: Sequence[str], others: Sequence[str]) -> bool:
    if len(some) == len(others):
        return True
    return sorted("".join(some)) == sorted("".join(others))


def _is_said_elsewhere(part: list[str], company: list[str], places: frozenset[str], work_mode: str) -> bool:
    if all(word in CALLS for word in part):
        return True
    # A legal form may be one word with the name in some scripts only.
    if company and (company[0] in part or not "".join(part).isascii()) and core_words(" ".join(part)) == company:
        return True
    city, _ = cities().get(" ".join(part), (" ".join(part), ""))
    return all(word in places or word == work_mode for word in city.split())


def _less_genders(found: re.Match[str]) -> str:
    letters = set(re.findall(r"[a-z]+", found[0]))
    genders = letters <= {"f", "h", "x"} or ("m" in letters and letters <= _GENDER_LETTERS)
    return " " if genders else found[0]


def _numbered(part: list[str]) -> tuple[str, ...]:
    """Return words with Roman numbers as others write them; single letters are numbers at the end only."""
    numbered = [_ROMAN.get(word, word) for word in part]
    if len(numbered) > 1:
        numbered[-1] = _ROMAN_AT_THE_END.get(numbered[-1], numbered[-1])
    return tuple(numbered)


def _is_free(word: str) -> bool:
    return word in FREE or bool(_YEAR.fullmatch(word))
