"""Lists of skills: what stands in one by itself, though no list of ours has it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from onward.domain.resumes.facts.lines import Line
from onward.domain.resumes.facts.own import TAIL, UNMADE, is_label
from onward.domain.resumes.facts.skills import Mention

MOST_WORDS, LONGEST = 5, 50

SEPARATOR = re.compile(r"[,;|•·]|\s/(?=\s|$)|\s{2}")
_ITEM = re.compile(rf"(?:(?!{SEPARATOR.pattern}).)+")
_LABEL = re.compile(r"[^:,;|•·]{2,40}(?::|\s{2,}(?=[^,;|•·]{2,60}[,;|•·]))")
_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_]+[+#]+")
_ODD = re.compile(r"[()\[\]:@\"“”?!=<>]|\d{3}|\d/|\s[-–—]\s|^\W")


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """Put together the lines of lists of skills that go on in the next."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if last and last.section == line.section == "skills" and _goes_on(last, line):
            whole[-1] = replace(last, text=f"{last.text} {line.text}")
        else:
            whole.append(line)
    return whole


def _goes_on(last: Line, line: Line) -> bool:
    if line.bullet or _LABEL.match(line.text):
        return False
    separators = len(SEPARATOR.findall(last.text))
    return (separators > 1 and len(last.text) > LONGEST) or (not separators and line.text[0].islower())


def is_list(text: str) -> bool:
    """Return whether a line of a section of skills is made of short entries, or one, in whatever case."""
    entries = [entry for entry in SEPARATOR.split(text) if entry.strip()]
    return len(entries) != 2 and all(len(entry.split()) <= MOST_WORDS for entry in entries)


def items(line: Line, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Return where the entries of a list stand that none of the mentions names whole.

    What is cut, has signs that no name has, or says more than a name is left out.
    """
    label = _LABEL.match(line.text)
    found: list[tuple[int, int]] = []
    if ":" in line.text and not (label and is_label(label[0].strip(" :")) and not _is_in(label.end(), mentions)):
        # What somebody says of a skill is none.
        return found
    for match in _ITEM.finditer(line.text, label.end() if label else 0):
        text = match[0].strip(" /").rstrip(" ./")
        start = line.text.index(text, match.start()) if text else 0
        inside = [m for m in mentions if start <= m.start < start + len(text)]
        is_name = (
            0 < len(text) <= LONGEST
            and len(text.split()) <= MOST_WORDS
            and _WORD.search(text)
            and not _ODD.search(text)
            and not UNMADE.search(text)
        )
        if is_name and not any(_is_named(text, start, mention) for mention in inside):
            found.append((start, start + len(text)))
    return found


def _is_in(end: int, mentions: Sequence[Mention]) -> bool:
    return any(mention.end <= end for mention in mentions)


def _is_named(text: str, start: int, mention: Mention) -> bool:
    """Return whether an entry is a known skill and how well it is known, or what else is said of a tool."""
    rest = f"{text[: mention.start - start]} {text[mention.end - start :]}".strip()
    begins = mention.start == start and mention.skill.group == "tools"
    return not rest or begins or TAIL.fullmatch(rest) is not None
