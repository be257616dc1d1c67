"""A résumé's lines: put together where they were wrapped, with their dates and the section in which they stand."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from onward.domain.resumes.facts.dates import CUT, REST, Span, spans
from onward.domain.resumes.facts.words import by_word, lists, pattern

WORDS, HEADINGS, OCCUPATIONS = (
    Path(__file__).with_name(f"{name}.tsv") for name in ("words", "headings", "occupations")
)
# What a line of a paragraph may grow to, in characters.
LONGEST = 2_000
# Words that an entry has which stands in a line of its own.
MOST_OF_ENTRY = 3

WORD = re.compile(r"[^\W\d_][\w'’.-]*")
SENTENCE = re.compile(r"(?<=\w{3}[.!?])(?<!\b(?:Inc|Ltd|bzw|etc)\.)(?<!\b(?:Corp|Prof|inkl)\.)\s(?=[^\W\d_a-z])")
LEGAL, HOUSE = pattern(WORDS, "legal forms", 0), pattern(WORDS, "houses")
_BESIDE_SKILLS = {"languages", "credentials"}
_BULLET = re.compile(r"(?:[-–—*·→]\s+|[•◦▪‣●○■□➢➤►✓✔›»]\s*)(?=\S)")
_UNFINISHED = re.compile(rf"(?:[,&/(-]|{pattern(WORDS, 'unfinished').pattern})$", re.I)


@dataclass(slots=True)
class Line:
    """A line. :ivar bullet: the sign before it :ivar broken: whether it may be a part of one, or two"""

    text: str
    bullet: str
    section: str = ""
    broken: bool = False
    dates: list[Span] = field(default_factory=list)

    @property
    def is_content(self) -> bool:
        """Return whether it says what was done, and not what somebody was."""
        return not self.dates and (bool(self.bullet) or is_prose(self.text))


def occupations(text: str) -> list[str]:
    """List the fields of the words in a text that say what one person is by their work; ``-`` is any."""
    fields = by_word(OCCUPATIONS)
    words = (word.lower().strip(".") for word in WORD.findall(text))
    return [fields[word] for word in words if not fields.get(word, "+").startswith("+")]


def is_prose(text: str) -> bool:
    """Return whether enough of the longer words are written small, as in a sentence and not as in a title."""
    words = [word for word in WORD.findall(text[:400]) if len(word) > 3]
    return len(words) > 2 and sum(word[0].islower() for word in words) * 5 >= len(words) * 2


def read_lines(text: str) -> list[Line]:
    """Take a text apart into lines; what may be one or two of them is marked as broken."""
    rows = [re.sub(r"\s{2,}|\t", "  ", row.strip()) for row in text.splitlines() if row.strip()]
    # Where several lines end near the same margin, one that reaches it may go on in the next.
    width = max((len(row) for row in rows if len(row) < 200), default=0)
    wraps = sum(0.88 * width <= len(row) <= width for row in rows) > 2
    lines: list[Line] = []
    for before, row in zip(["", *rows], rows, strict=False):
        mark = _BULLET.match(row)
        line = Line(row[mark.end() :].strip() if mark else row, row[0] if mark else "")
        # A line of dates begins something else.
        full = wraps and len(before) > 0.8 * width and all(span.alone for span in spans(row))
        last = lines[-1] if lines else None
        if last and CUT.search(last.text[-40:]) and REST.match(row[:40]):
            last.text += f" {row}"
            continue
        if last and not mark and not heading(row) and _is_open(last):
            if _goes_on(last, row, full):
                last.broken |= last.text.endswith("-")
                last.text += f" {row}"
                continue
            last.broken, line.broken = last.broken or full, full
        lines.append(line)
    for line in lines:
        # `Cut waste by 18% in 2021` has no dates of its own.
        said = is_prose(line.text)
        if not (said and line.bullet):
            line.dates = [span for span in spans(line.text) if not (span.alone and (said or line.bullet))]
    return lines


def _is_open(line: Line) -> bool:
    text = bool(line.bullet) or is_prose(line.text) or SENTENCE.search(line.text) is not None
    return text and not line.text.endswith((".", "!", "?", ":")) and len(line.text) < LONGEST


def _goes_on(line: Line, row: str, full: bool) -> bool:  # noqa: FBT001
    # A line with a sentence in it that does not end with it is a paragraph's.
    paragraph = not line.bullet and SENTENCE.search(line.text)
    goes_on = paragraph or _UNFINISHED.search(line.text) or row[0].islower() or (full and row[0].isdigit())
    return bool(goes_on) and not spans(row)


def heading(text: str) -> str:
    """Return the section that a line is the heading of; empty when it is none."""
    plain = text.strip(" :_#*=–—-|.&").lower().replace("’", "'").replace("&", "and")
    if len(plain) > 60:
        return ""
    known = by_word(HEADINGS)
    if plain not in known and text.isupper():
        # S P A C E D, evenly or not
        plain = _closed().get(plain.replace(" ", ""), plain)
    parts = [plain] if plain in known else re.split(r"\s(?:and|und|et|y|/)\s|/|,\s", plain)
    return known[parts[0]] if all(part in known for part in parts) else ""


@cache
def _closed() -> dict[str, str]:
    """Return the headings by their letters alone."""
    return {name.replace(" ", ""): name for name in by_word(HEADINGS)}


def in_sections(lines: list[Line]) -> tuple[list[Line], bool]:
    """Return the lines with their sections, without the headings, and whether columns run into each other."""
    headings = [line.text for line in lines if heading(line.text)]
    loud = len(headings) > 1 and all(text.isupper() for text in headings)
    kept, section, together = [], "", False
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        found = "" if line.bullet or (section == "skills" and _is_entry(line, following)) else heading(line.text)
        label, _, rest = ("", "", "") if line.bullet else line.text.partition(":")
        if found not in {"", "title"} or (loud and section and _is_loud_heading(line)):
            section = found or "other"
            continue
        if rest.strip() and heading(label) in {"skills", "languages", "credentials", "other"}:
            section = heading(label)
        elif section == "skills" and not line.bullet and (named := heading(line.text.split()[0])) in _BESIDE_SKILLS:
            # In a table of skills a label stands before its row.
            section = named
        together = together or _is_double_heading(line.text)
        line.section = section
        kept.append(line)
    return kept, together


def _is_entry(line: Line, following: Line | None) -> bool:
    """Return whether a line among skills is one (research, teaching), though elsewhere it is a heading.

    A heading has more than a short line without dates behind it.
    """
    if line.text.lower() not in lists(WORDS)["skills and headings"] or line.text.isupper() or following is None:
        return False
    short = len(following.text.split()) <= MOST_OF_ENTRY and not (following.bullet or following.dates)
    return short and not following.text.endswith(".")


def _is_double_heading(text: str) -> bool:
    """Return whether a line begins with a heading and goes on with another, or with a line of the other column."""
    words = text[:100].split()
    for count in range(1, min(len(words), 6)):
        first, rest = " ".join(words[:count]), " ".join(words[count:])
        if len(first) > 3 and heading(first) not in {"", "title"} and rest[0] not in ":&|-–" and first[-1] != ":":
            return heading(rest) not in {"", "title"} or (first.isupper() and not rest.isupper())
    return False


def _is_loud_heading(line: Line) -> bool:
    text = line.text
    if line.bullet or line.dates or not text.isupper() or len(text) < 5 or len(text.split()) > 4:
        return False
    return not (re.search(r"[\d,@|.]", text) or occupations(text) or LEGAL.search(text) or HOUSE.search(text))
