"""The name of whoever a résumé is about: certain, or none."""

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

from onward.domain.resumes.facts import skills
from onward.domain.resumes.facts.lines import HEADINGS, HOUSE, LEGAL, OCCUPATIONS, WORDS, Line, heading
from onward.domain.resumes.facts.words import by_word, lists, pattern

# Lines from the top in which a name is looked for.
TOP = 40
CONTACT = re.compile(r"\S@\S|://|www\.|\+?\d[\d ()./-]{6,30}\d|linkedin|github\.com", re.I)
_PROFILE = re.compile(r"(?:linkedin\.com/in|xing\.com/profile|github\.com)/([\w.%-]+)", re.I)
_LABEL = re.compile(rf"{pattern(WORDS, 'name labels').pattern}\s?[:|]?\s(?P<name>.+)", re.I)
_AFTER = re.compile(rf"\s*(?:[|•·,:;(]|\s[-–—]\s|\s{{2}}|{pattern(WORDS, 'after a name').pattern}|\S+@|\+?\d).*$", re.I)
_SHAPE = re.compile(r"[^\W\d_](?:[’'.-]?[^\W\d_])*\.?")
_PREFIXED = re.compile(r"[^\W\d_A-Z]{1,2}['’-](?=[^\W\d_a-z])")
# How letters are spelled in addresses that are no letter and an accent.
_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "å": "a", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"}
)
_PARTICLES = frozenset(lists(WORDS)["particles"])


def places() -> dict[str, str]:
    """Return the places that are known, in small letters."""
    return by_word(Path(__file__).with_name("places.tsv"))


def is_place(text: str) -> bool:
    """Return whether a text is the name of a place that is known, or that of an American state with its code."""
    plain = text.strip(" ,:()|•·-–—")
    return plain.lower() in places() or bool(re.fullmatch(r"(?:\d{4,6}\s)?[A-Z]{2}(?:\s\d{5})?", plain))


def certain_name(lines: list[Line], owner: str) -> str:
    """Find the name: the owner's own, one under a label, one that the address agrees with, or one that stands first."""
    top = lines[:TOP]
    text = "\n".join(line.text for line in top)
    if len(owner.split()) > 1 and re.search(rf"(?i)(?<!\w){re.escape(owner)}(?!\w)", text):
        return owner
    labelled = (_as_name(label["name"]) for line in top if (label := _LABEL.match(line.text[:200])))
    account = next((word.split("@")[0] for word in text.split() if "@" in word[1:]), "")
    called = " ".join([account, *_PROFILE.findall(text)])
    pieces = {piece for piece in re.split(r"[\s\d._+-]+", _plain(called)) if len(piece) > 2}
    where = [line for line in top if not line.bullet and line.section not in {"experience", "education"}]
    # A name that is set large stands in two lines: one word of it, which the address has, and the rest.
    large = [f"{one.text} {other.text}" for one, other in pairwise(where) if _plain(one.text.strip()) in pieces]
    texts = [*large, *(line.text for line in where)]
    agreeing = (name for text in texts if (name := _as_name(text)) and _agrees(name, pieces))
    first = next((line for line in top if heading(line.text) != "title"), None)
    alone = _as_name(first.text) if first and not first.section and len(pieces) < 2 and CONTACT.search(text) else ""
    return next(filter(None, labelled), "") or next(agreeing, "") or ("" if _is_doubtful(alone) else alone)


def _agrees(name: str, pieces: set[str]) -> bool:
    agree = [any(_plain(word) in piece for piece in pieces) for word in name.split() if len(word) > 2]
    return any(agree) and (all(agree) or not _is_doubtful(name))


def _plain(word: str) -> str:
    word = word.lower().translate(_SPELLED)
    return unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode()


def _as_name(text: str) -> str:
    """Return the name that a line begins with, if it is built like one."""
    name = _AFTER.sub("", text[:120]).strip()
    words = name.split()
    fits = 2 <= len(words) <= 5 and words[0] not in _PARTICLES and all(_SHAPE.fullmatch(word) for word in words)
    if not fits or not all(word[0].isupper() or word in _PARTICLES or _PREFIXED.match(word) for word in words):
        return ""
    if heading(name) or LEGAL.search(name) or HOUSE.search(name):
        return ""
    # Ranks and names such as McDonald keep the capitals that nobody can undo.
    kept = [word if word[:2] == "MC" or not re.search("[AEIOUYÄÖÜÉ]", word) else word.title() for word in words]
    return " ".join(kept) if name.isupper() else name


def _is_doubtful(name: str) -> bool:
    """Return whether the words of a name are also those of a heading, a place, an occupation or a skill."""
    known = by_word(HEADINGS).keys() | by_word(OCCUPATIONS).keys() | places().keys()
    return any(word in known for word in [name.lower(), *name.lower().split()]) or bool(skills.find(name))
