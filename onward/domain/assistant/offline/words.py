"""Words as they are compared: stems without grammar, degrees by their rank, numbers that are written out."""

import re
from enum import IntEnum

_WORD = re.compile(r"[^\W\d_]{2,40}")

STOP = frozenset(
    """a about above across after all also am an and any are as at be because been before being below between both but by
    can could did do does doing down during each etc every few for from further get had has have having he her here him
    his how i if in including into is it its just like may me more most must my need needs no nor not of off on once only
    or other our out over own per plus she should so some such than that the their them then there these they this those
    through to too under until up upon us use used using very via was we well were what when where which while who will
    with within without would you your able ability across ensure ensuring strong excellent good great new work working
    works role roles job position candidate candidates team teams company experience experienced years year required
    requirements preferred looking join help make day week time full part including related relevant similar based
    environment opportunity responsible responsibilities duties tasks daily knowledge skills skill understanding high
    level best provide providing support supporting maintain maintaining develop developing various successful ideal
    take taking apply please equal employer benefits salary seeking bring right world people want love across""".split()
)

_SUFFIXES = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "er",
    "ly",
    "s",
    "e",
    "y",
)


def stem(word: str) -> str:
    """Cut a word's ending, so that `designed`, `designing` and `designs` are one."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def stems(text: str) -> list[str]:
    """List the stems of the words that carry meaning, in their order."""
    return [stem(word) for word in _WORD.findall(text.lower()) if word not in STOP]


class Degree(IntEnum):
    """Degrees by rank."""

    SCHOOL = 1
    ASSOCIATE = 2
    BACHELOR = 3
    MASTER = 4
    DOCTORATE = 5


DEGREE_NAMES = {
    Degree.SCHOOL: "high school diploma",
    Degree.ASSOCIATE: "associate degree",
    Degree.BACHELOR: "bachelor's degree",
    Degree.MASTER: "master's degree",
    Degree.DOCTORATE: "doctorate",
}

# Short forms stand only beside words that show that a degree is meant: MA, MS and MD are states as well.
_FIELD = r"(?=\.?,?\s{1,2}(?:\(|in\b|of\b|degree|honou?rs|[A-Z][a-z]+(?:\s|,|$)))"
_DEGREES = {
    Degree.DOCTORATE: re.compile(
        r"\b(?i:ph\.?\s?d\b|doctorate|doctoral|doctor of|ed\.?d\b|dphil|d\.?n\.?p\b|juris doctor|medical degree)|\bJ\.?D\b(?=\s|,|\.|$)"
    ),
    Degree.MASTER: re.compile(
        r"\b(?i:master's|masters|master of|master degree|mba|m\.sc|msc|meng|m\.ed|msn|mfa|m\.b\.a|mphil|mpharm|mpa|mph|graduate degree|advanced degree)\b"
        r"|\b(?:M\.?S|M\.?A)\b" + _FIELD
    ),
    Degree.BACHELOR: re.compile(
        r"\b(?i:bachelor's|bachelors|bachelor|b\.sc|bsc|beng|b\.eng|btech|b\.tech|bba|bfa|bsn|b\.ed|bcom|llb|undergraduate degree|university degree|college degree|four-year degree)\b"
        r"|\b(?:B\.?S|B\.?A)\b" + _FIELD
    ),
    Degree.ASSOCIATE: re.compile(r"\b(?i:associate's degree|associate degree|associates degree|associate of|higher national diploma|foundation degree|a\.a\.s|adn)\b"),
    Degree.SCHOOL: re.compile(r"\b(?i:high school diploma|high school degree|ged|secondary school diploma|a-levels|gcse)\b"),
}  # fmt: skip


# Most lines name none; looking for these words first is ten times as fast as the expressions.
_DEGREE_CUES = frozenset(
    """ph phd doctorate doctoral doctor ed edd dphil dnp d juris medical j jd master masters mba m msc meng msn mfa mphil
    mpharm mpa mph graduate advanced ms ma bachelor bachelors b bsc beng btech bba bfa bsn bcom llb undergraduate university
    college four bs ba associate associates higher foundation s adn high ged secondary levels gcse""".split()
)
_PLAIN = re.compile(r"[a-z]+")


def degrees(text: str) -> set[Degree]:
    """Tell which degrees a text names."""
    if _DEGREE_CUES.isdisjoint(_PLAIN.findall(text.lower())):
        return set()
    return {degree for degree, named in _DEGREES.items() if named.search(text)}


_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_NUMBERS = {word: number for number, word in enumerate(_UNITS, 1)} | {"twenty": 20, "thirty": 30, "a": 1}
_YEARS = re.compile(
    r"\b(?P<n>\d{1,2}|" + "|".join(_NUMBERS) + r")(?:\s?\(\d{1,2}\))?\s?(?:\+|plus\b|or more\b)?"
    r"(?:\s?(?:-|–|—|to)\s?\d{1,2}\s?\+?)?[\s-]?(?:full |solid |combined |total )?(?:years?|yrs?)\b(?!\s+old)",
    re.I,
)
_DECADE = re.compile(r"\b(?P<n>a|one|two|three)\s+decades?\b", re.I)


def number(word: str) -> int:
    """Read `7` or `seven`."""
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def spelled(count: int) -> str:
    """Write a small number out."""
    return _UNITS[count - 1] if 1 <= count <= len(_UNITS) else str(count)


def years(text: str) -> list[tuple[int, int, int]]:
    """List the spans of years a text speaks of, as number, start and end; of `3–5 years` the first."""
    found = [(number(m["n"]), m.start(), m.end()) for m in _YEARS.finditer(text)]
    return found + [(10 * number(m["n"]), m.start(), m.end()) for m in _DECADE.finditer(text)]


def listed(parts: list[str], *, last: str = "and") -> str:
    """Write a list as English does."""
    if len(parts) < 3:
        return f" {last} ".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def article(phrase: str) -> str:
    """Give `a` or `an`, as the phrase is spoken: an MSc, a BSc, an engineer, a university."""
    first = phrase[:1].lower()
    if re.match(r"(?:uni(?!n|m)|use|eur|one\b|uk\b|us\b|ux\b|ui\b)", phrase, re.I):
        return "a"
    if re.match(r"(?:hono|hour|heir)", phrase, re.I):
        return "an"
    initials = re.match(r"[A-Z](?=[A-Z.]|Sc\b|Eng\b|Ed\b|Phil\b)", phrase)
    if initials:
        return "an" if initials[0] in "AEFHILMNORSX" else "a"
    return "an" if first in set("aeiou") else "a"
