"""How whoever a résumé is about can be reached: what is written where a résumé says so."""

import re
from collections.abc import Iterator

from onward.domain.resumes.choices import FactKind
from onward.domain.resumes.facts.dates import spans
from onward.domain.resumes.facts.draft import Draft
from onward.domain.resumes.facts.lines import WORDS, Line
from onward.domain.resumes.facts.names import is_place
from onward.domain.resumes.facts.words import pattern

# A line is looked through as far as this, in characters.
FARTHEST = 400
MOST_LINKS = 10

_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
_PHONE = re.compile(r"(?<![\w/.@-])(?:\+|00)?\(?\d[\d ()./‑–-]{5,22}\d(?![\w@])")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s|•·,;<>()]{3,200}|(?<![\w@./-])(?:[\w-]{1,63}\.){1,3}[a-z]{2,10}/[^\s|•·,;<>()]{1,200}"
    r"|(?<![\w@./-])(?:[a-z\d-]{1,63}\.){1,3}[a-z]{2,10}(?![\w@.-])",
    re.I | re.ASCII,
)
_SEPARATOR = re.compile(r"\s*[|•·;]\s*|\s{2,}|\s[-–—]\s")
_LABEL = re.compile(rf"{pattern(WORDS, 'contact labels').pattern}\s*[:.]?\s*", re.I)


def contacts(lines: list[Line], name: str) -> Iterator[Draft]:
    """List name, addresses, numbers, links and the place, each with its line.

    :param name: of the person, where it is certain
    """
    if name:
        at = next((line.text for line in lines if name.lower() in line.text.lower()), name)
        yield _draft("name", name, at)
    places = phones = emails = links = 0
    for line in lines:
        if line.section not in {"", "contact", "summary", "title"} and not _is_reach(line.text):
            continue
        text = line.text[:FARTHEST]
        own = line.section in {"", "contact"} and not line.bullet
        for found in _EMAIL.findall(text)[: 2 - emails]:
            emails += 1
            yield _draft("email", found, text)
        rest = _EMAIL.sub(" | ", text)
        for found in _LINK.findall(rest)[: MOST_LINKS - links]:
            links += 1
            yield _draft(_kind_of(found), found.rstrip("./"), text)
        rest = _LINK.sub(" | ", rest)
        for match in _PHONE.finditer(rest):
            digits = sum(sign.isdigit() for sign in match[0])
            if phones < 2 and 7 <= digits <= 15 and not spans(match[0]):
                phones += 1
                yield _draft("phone", match[0].strip(), text)
        place = _place(_PHONE.sub(" | ", rest)) if own and not places and not line.dates else ""
        if place:
            places = 1
            yield _draft("location", place, text)


def _draft(kind: str, text: str, line: str) -> Draft:
    return Draft(kind=FactKind.CONTACT, text=text, lines=[line], details={"type": kind})


def _is_reach(text: str) -> bool:
    return bool(_EMAIL.search(text[:FARTHEST]))


def _kind_of(link: str) -> str:
    host = re.sub(r"^(?:https?://)?(?:www\.)?", "", link.lower()).partition("/")[0]
    return next((name for name in ("linkedin", "github") if host.endswith(f"{name}.com")), "website")


def _place(text: str) -> str:
    for piece in _SEPARATOR.split(text):
        label = _LABEL.match(piece)
        # Signs that are drawn before it are no part of it.
        bare = re.sub(r"^[^\w(]+", "", piece[label.end() :] if label else piece).strip(" ,:|")
        parts = [part.strip() for part in bare.split(",")]
        if 0 < len(bare) <= 100 and len(parts) <= 5 and any(is_place(part) for part in parts[-2:]):
            return bare
    return ""
