"""The list of skills, and finding them in a line of text.

What a name means where it is also an ordinary word cannot be told by rule. So a mention is *sure* or it is not, and
nothing is concluded from one that is not.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from onward.domain.resumes.facts.words import lists, pattern

MARKS = "=~?"
# More letters than any name has; a longer run of signs is none.
LONGEST_WORD = 60

_TOKEN = re.compile(r"\.net\b|[^\W_]+[+#]*|&", re.I)
_WORDS = re.compile(r"\S+")
_DOMAIN = re.compile(r"\.(?:com|org|io|de)(?:/|$)")
# What stands between two names of one list.
_LINK = re.compile(r"[\s,;/|•·&()]*(?:(?<=[\s,(])(?:and|or|und|oder|et|ou|y|o|e)(?=\s))?[\s,;/|•·(]*")
_BEGINNING = re.compile(r"[.!?:;|•·]\s*$|^\W*$")
_WORDS_FILE = Path(__file__).with_name("words.tsv")
_LEADS, _CUES, _FOLLOWERS, _OTHERS = (
    frozenset(lists(_WORDS_FILE)[name]) for name in ("leads", "cues", "followers", "others")
)
_SUFFIXES = tuple(lists(_WORDS_FILE)["suffixes"])
_LEVELS = pattern(_WORDS_FILE, "levels")


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill. :ivar broader: what it is a kind of, or cannot be had without; by name"""

    name: str
    group: str
    broader: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A skill's name in a line. :ivar sure: whether it cannot be anything else"""

    skill: Skill
    start: int
    end: int
    sure: bool


@dataclass(frozen=True, slots=True)
class _Name:
    skill: Skill
    written: str
    mark: str
    gaps: tuple[str, ...]


class Duplicate(Exception):
    """Two skills of the list go by the same name."""


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word without its ending, so that `coordinated` and `coordinator` are one."""
    word = word.lower()
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            word = word[: -len(suffix)]
            break
    if len(word) > 5 and word[-1] in "ei":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


@cache
def _listed() -> tuple[dict[str, Skill], dict[tuple[str, ...], list[_Name]], dict[str, int]]:
    """Read the list, once per process.

    :return: the skills by name, the names by the stems of their words, and how long names are by their first stem
    :raises Duplicate: when two of its skills share a name
    """
    skills: dict[str, Skill] = {}
    names: dict[tuple[str, ...], list[_Name]] = {}
    longest: dict[str, int] = {}
    group = ""
    for row in Path(__file__).with_name("skills.tsv").read_text("utf-8").splitlines():
        if row.startswith("["):
            group = row.strip("[]")
        elif row and not row.startswith("#"):
            name, aliases, broader = (*row.split("\t"), "", "")[:3]
            skill = Skill(name.lstrip(MARKS), group, tuple(filter(None, broader.split(", "))))
            if skill.name in skills:
                raise Duplicate(skill.name)
            skills[skill.name] = skill
            for alias in (name, *filter(None, aliases.split(", "))):
                written = alias.lstrip(MARKS)
                mark = alias.removesuffix(written) or _care(written, group)
                tokens = list(_TOKEN.finditer(written))
                gaps = tuple(written[a.end() : b.start()] for a, b in pairwise(tokens))
                key = tuple(stem(token[0]) for token in tokens)
                same = names.setdefault(key, [])
                if any(other.written == written for other in same):
                    raise Duplicate(alias)
                same.append(_Name(skill, written, mark, gaps))
                longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return skills, names, longest


def _care(written: str, group: str) -> str:
    """Return the mark of a name that has none: one common word of a field is careful without one."""
    common = group in {"fields", "people"} and written.isalpha() and written[1:].islower()
    return "*" if common else ""


@cache
def words() -> frozenset[str]:
    """Return the words in the names of the list and of its groups, in small letters."""
    skills, names, _ = _listed()
    written = {other.written for same in names.values() for other in same} | {skill.group for skill in skills.values()}
    return frozenset(word for name in written for word in name.lower().split())


def group(name: str) -> str:
    """Return the group of a skill by its name: tools, fields, credentials, languages, people, degrees; or none."""
    listed = _listed()[0].get(name)
    return listed.group if listed else ""


@cache
def written(name: str) -> list[str]:
    """Return the names by which a skill goes."""
    return [other.written for same in _listed()[1].values() for other in same if other.skill.name == name]


def usual_name(text: str) -> str:
    """Return the name in the list of what is written otherwise; what is not in it, or is more, as it is."""
    found = [mention for mention in find(text[:LONGEST_WORD], listed=True) if mention.end - mention.start == len(text)]
    return found[0].skill.name if found else text


def with_broader(names: Iterable[str]) -> set[str]:
    """Add what these skills are kinds of, step by step."""
    skills, found, left = _listed()[0], set[str](), list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += skills[name].broader if name in skills else ()
    return found


@cache
def near(name: str) -> frozenset[str]:
    """Return what comes with instances of a kind and is of one kind with it, as SQL with relational databases."""
    skills = _listed()[0]
    kinds = set() if group(name) in {"", "degrees"} else set(skills[name].broader) - {"Programming"}
    instances = [skill.broader for skill in skills.values() if kinds and name in skill.broader]
    others = {other for row in instances for other in row if other != name}
    return frozenset(other for other in others if kinds & set(skills[other].broader))


def find(line: str, *, listed: bool = False) -> list[Mention]:
    """List the skills that a line names, in its order; the longest name wins. Takes time in proportion to the line.

    :param listed: whether the line is known to be a list of skills
    """
    text = _WORDS.sub(_without_addresses, line)
    tokens = [(t[0].lower(), t.start(), t.end()) for t in _TOKEN.finditer(text) if len(t[0]) <= LONGEST_WORD]
    stems = [stem(token) for token, _, _ in tokens]
    places: list[tuple[int, int, _Name]] = []
    first = 0
    while first < len(tokens):
        place = _longest(text, tokens, stems, first)
        if place is not None:
            places.append(place)
        first = place[1] if place else first + 1
    found = [(*place, _is_sure(text, tokens, *place) or listed) for place in places]
    return _of_languages(line, _linked(text, tokens, found))


def _without_addresses(word: re.Match[str]) -> str:
    text = word[0]
    is_address = "@" in text[1:] or "://" in text or text.startswith("www.") or _DOMAIN.search(text[-40:])
    return " " * len(text) if is_address else text


def _longest(
    text: str, tokens: list[tuple[str, int, int]], stems: list[str], first: int
) -> tuple[int, int, _Name] | None:
    _, names, longest = _listed()
    for last in range(min(first + longest.get(stems[first], 0), len(tokens)), first, -1):
        fits = [
            name for name in names.get(tuple(stems[first:last]), ()) if _is_written(text, tokens, first, last, name)
        ]
        if fits:
            written = text[tokens[first][1] : tokens[last - 1][2]]
            return first, last, next((name for name in fits if name.written == written), fits[-1])
    return None


def _is_written(text: str, tokens: list[tuple[str, int, int]], first: int, last: int, name: _Name) -> bool:
    if not name.gaps:
        token, start = tokens[first][0], tokens[first][1]
        # `example.net` is an address and `x_y` an identifier.
        if start and (text[start - 1] == "_" or (text[start] == "." and text[start - 1].isalnum())):
            return False
        plural = len(name.written) > 3 and name.mark in {"", "*"} and token == name.written.lower() + "s"
        return token == name.written.lower() or plural
    between = (text[tokens[at][2] : tokens[at + 1][1]] for at in range(first, last - 1))
    return all(
        gap == given or (given == " " and gap == "-") or (given == "'" and gap == "’")
        for gap, given in zip(between, name.gaps, strict=True)
    )


def _is_sure(text: str, tokens: list[tuple[str, int, int]], first: int, last: int, name: _Name) -> bool:
    start, end = tokens[first][1], tokens[last - 1][2]
    following = tokens[last][0] if last < len(tokens) else ""
    if following in _OTHERS and text[end : tokens[last][1]] == " ":
        return False
    if not name.mark:
        return True
    exact = text[start:end] == name.written
    if name.mark == "=" or (name.mark == "~" and exact):
        return exact and (name.mark == "=" or not _BEGINNING.search(text[max(0, start - 3) : start]))
    if not exact and name.mark != "*":
        return False
    if len(tokens) == last - first:
        return True
    before = [token for token, _, _ in tokens[max(0, first - 5) : first]]
    led = bool(before) and before[-1] in _LEADS and not _CUES.isdisjoint(before)
    ends = last == len(tokens) or text[end : tokens[last][1]] != " " or following in {"and", "or", "und", "et", "y"}
    return (led and ends) or (following in _FOLLOWERS and text[end : tokens[last][1]] == " ")


def _linked(text: str, tokens: list[tuple[str, int, int]], found: list[tuple[int, int, _Name, bool]]) -> list[Mention]:
    """Mark the neighbours of what is sure in a list as sure, to the right and then to the left."""
    mentions = [
        (Mention(name.skill, tokens[first][1], tokens[last - 1][2], sure), name) for first, last, name, sure in found
    ]
    for step in (1, -1):
        row = range(len(mentions))[::step]
        for at, nearby in pairwise(row):
            (sure, _), (other, name) = mentions[at], mentions[nearby]
            gap = text[min(sure.end, other.end) : max(sure.start, other.start)]
            exact = name.mark == "*" or text[other.start : other.end] == name.written
            if sure.sure and not other.sure and exact and gap.strip() and len(gap) < 20 and _LINK.fullmatch(gap):
                following = next(iter(_TOKEN.findall(text[other.end : other.end + 20])), "").lower()
                mentions[nearby] = (replace(other, sure=following not in _OTHERS), name)
    # What is written otherwise than a name that is an ordinary word too is that word.
    return [m for m, name in mentions if m.sure or name.mark in {"", "*"} or text[m.start : m.end] == name.written]


def _of_languages(line: str, mentions: list[Mention]) -> list[Mention]:
    """Keep the languages that are spoken: `French doors` and the `German market` ask for none."""
    if not any(mention.skill.group == "languages" for mention in mentions):
        return mentions
    ends = [0, *(mention.end for mention in mentions)]
    begins = [*(mention.start for mention in mentions), len(line)]
    bare = " ".join(line[end:begin] for end, begin in zip(ends, begins, strict=True))
    spoken = bool(_LEVELS.search(line[:1000])) or _LINK.fullmatch(bare.strip(" .-–")) is not None
    return [m if m.skill.group != "languages" else replace(m, sure=spoken) for m in mentions]
