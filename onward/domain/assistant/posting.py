"""Reading a posting: what it asks for and what there is to do, sentence by sentence, by its own headings and words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from pathlib import Path

from onward.domain.resumes.facts import skills
from onward.domain.resumes.facts.lines import LEGAL, occupations
from onward.domain.resumes.facts.reader import beginning
from onward.domain.resumes.facts.skills import Mention
from onward.domain.resumes.facts.words import pattern

LONGEST_SENTENCE = 600


class Section(Enum):
    """What a part of a posting speaks of."""

    ASKED = "asked"
    WISHED = "wished"
    DUTIES = "duties"
    EMPLOYER = "employer"
    OPEN = "open"


_WORDS = Path(__file__).with_name("words.tsv")
_SECTIONS = tuple(
    (section, pattern(_WORDS, section.value))
    for section in (Section.WISHED, Section.ASKED, Section.DUTIES, Section.EMPLOYER)
)
_BULLET = re.compile(r"^\s*(?:[•◦▪‣●○■–—*·➢✓-]\s*|\d{1,2}[.)]\s+)")
# A sentence ends at its mark, not in `B.Sc.`, `e.g.` or `Node.js`.
_ENDS = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s+|(?<=[)\d][.!?])\s+|;\s+")
_ASKS, _WISHES, _DENIES, _EMPLOYERS, _COLLEAGUES, _EQUIVALENTS, _EITHER, _AND = (
    pattern(_WORDS, name)
    for name in ("asks", "wishes", "denies", "employers", "colleagues", "equivalents", "either", "and")
)
_KINDS = pattern(_WORDS, "kinds").pattern
_OF_KIND = re.compile(rf"{_KINDS}|\(|:", re.I)
_ANY = re.compile(rf"{pattern(_WORDS, 'or').pattern}|[^\s\d]/|^/", re.I)
# What may stand between two names of one list.
_BETWEEN = re.compile(rf"(?:[\s,;/|•·()&:+-]|{pattern(_WORDS, 'joints').pattern}|{_KINDS})*", re.I)


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that is asked for.

    :ivar any_of: the names of skills of which one is enough; the first is the word for it
    :ivar sentence: where the posting says so
    :ivar certain: whether it can be told if somebody has it; `or equivalent experience` cannot be
    """

    any_of: tuple[str, ...]
    sentence: str
    wish: bool
    certain: bool

    @property
    def called(self) -> str:
        """Return what it is called: one name, or those of which one is enough."""
        *others, last = self.any_of
        return f"{', '.join(others)} or {last}" if others and not _covers(self.any_of) else self.any_of[0]


@dataclass(frozen=True, slots=True)
class Posting:
    """A posting. :ivar unsure: sentences by the skills that they may ask for"""

    requirements: list[Requirement]
    duties: list[str]
    asked: list[str]
    unsure: dict[str, str]


def read(text: str, *, employer: str = "") -> Posting:
    """Read a posting; the same text always gives the same. Takes time in proportion to the text.

    :param employer: whose name, where it stands, names no skill: `Summit Robotics` asks for no robotics
    """
    own = name_of(employer)
    found: dict[tuple[str, ...], Requirement] = {}
    unsure: dict[str, str] = {}
    duties: dict[str, None] = {}
    asked: dict[str, None] = {}
    for section, sentence in _sentences(beginning(text)[0]):
        if section is Section.DUTIES and not _EMPLOYERS.match(sentence):
            duties[sentence] = None
        if not _is_asking(section, sentence):
            continue
        asked[sentence] = None
        for requirement in _requirements(section, sentence, unsure, own):
            same = found.get(requirement.any_of)
            if same is None or (same.wish and not requirement.wish):
                found[requirement.any_of] = requirement
    named = {name for requirement in found.values() for name in requirement.any_of}
    unsure = {name: sentence for name, sentence in unsure.items() if name not in named}
    return Posting(requirements=list(found.values()), duties=list(duties), asked=list(asked), unsure=unsure)


def _sentences(text: str) -> Iterator[tuple[Section, str]]:
    section, bulleted = Section.OPEN, False
    for row in text.splitlines():
        mark = _BULLET.match(row)
        line = row[mark.end() if mark else 0 :].strip()
        heading = None if mark else _heading(line)
        if heading is not None:
            section, bulleted = heading, False
            line = line.partition(":")[2].strip()
        bulleted = bulleted or mark is not None
        # A paragraph below a list is none of its entries.
        below = bulleted and not mark and heading is None and row[:1].isupper() and line.endswith((".", "!"))
        for sentence in _ENDS.split(line):
            if sentence.strip():
                yield Section.OPEN if below else section, sentence.strip()[:LONGEST_SENTENCE]


def _heading(line: str) -> Section | None:
    """Return what begins here: a short line without an end, or the words before a colon."""
    label, colon, _ = line[:120].partition(":")
    words = label.split()
    if (
        not words
        or len(words) > 7
        or (not colon and line[-1] in ".,;!")
        or (not colon and any(c.isdigit() for c in label))
    ):
        return None
    section = next((section for section, cues in _SECTIONS if cues.search(label)), None)
    if (
        section is None
        and not colon
        and len(words) < 5
        and not skills.find(label)
        and (label.isupper() or line.endswith("?"))
    ):
        return Section.OPEN
    # `Experience with Docker` is no heading, `Experience` is.
    return (
        None
        if section is not None
        and not colon
        and skills.find(label)
        and len(words) > 1
        and not re.search(r"(?i)skills$", label)
        else section
    )


def _is_asking(section: Section, sentence: str) -> bool:
    if section is Section.EMPLOYER or _DENIES.search(sentence) or _EMPLOYERS.match(sentence):
        return False
    return section in {Section.ASKED, Section.WISHED} or bool(_ASKS.search(sentence))


def name_of(employer: str) -> re.Pattern[str] | None:
    """Return the expression that finds an employer's name, with its legal form or without; None where there is none."""
    plain = LEGAL.sub("", employer).strip(" ,.&") or employer.strip()
    return re.compile(rf"(?<!\w){re.escape(plain)}(?!\w)", re.I) if plain else None


def outside(text: str, mentions: list[Mention], own: re.Pattern[str] | None) -> list[Mention]:
    """Return the mentions in a text that are no part of its employer's name."""
    spans = [match.span() for match in own.finditer(text)] if own and mentions else []
    return [m for m in mentions if not any(start <= m.start and m.end <= end for start, end in spans)]


def _requirements(
    section: Section, sentence: str, unsure: dict[str, str], own: re.Pattern[str] | None
) -> Iterator[Requirement]:
    colleagues = _COLLEAGUES.search(sentence)
    mentions = []
    for mention in outside(sentence, skills.find(sentence), own):
        theirs = colleagues and mention.start > colleagues.start()
        # `We are looking for a project manager` says who is looked for, not what is asked of them.
        who = mention.skill.group != "credentials" and occupations(sentence[mention.start : mention.end])
        counts = mention.sure and mention.skill.group != "people" and not theirs and not who
        if counts and (section in {Section.ASKED, Section.WISHED} or _is_near_cue(sentence, mention)):
            mentions.append(mention)
        else:
            unsure.setdefault(mention.skill.name, sentence)
    # `SQL databases` asks for one thing.
    mentions = [
        mention
        for before, mention in pairwise([None, *mentions])
        if mention is not None
        and not (
            before is not None
            and sentence[before.end : mention.start] == " "
            and mention.skill.name in skills.with_broader([before.skill.name])
        )
    ]
    wish = section is Section.WISHED or bool(_WISHES.search(sentence))
    certain = not _EQUIVALENTS.search(sentence)
    for names in _grouped(sentence, mentions):
        yield Requirement(any_of=names, sentence=sentence, wish=wish, certain=certain)


def _is_near_cue(sentence: str, mention: Mention) -> bool:
    """Return whether a word that asks stands in the clause of a mention: elsewhere, a duty may name anything."""
    around = sentence[max(0, mention.start - 80) : mention.end + 60]
    return bool(_ASKS.search(around))


def _grouped(sentence: str, mentions: list[Mention]) -> Iterator[tuple[str, ...]]:
    """Put together the skills of which one is enough: `AWS, Azure or GCP`, `cloud platforms such as AWS`."""
    groups: list[list[Mention]] = []
    for before, mention in pairwise([None, *mentions]):
        gap = sentence[before.end : mention.start] if before and mention else ""
        if before is not None and mention is not None and len(gap) < 40 and _BETWEEN.fullmatch(gap):
            groups[-1].append(mention)
        elif mention is not None:
            groups.append([mention])
    for group in groups:
        lead = sentence[max(0, group[0].start - 25) : group[0].start]
        gaps = [sentence[a.end : b.start] for a, b in pairwise(group)]
        yield from _parts(group, gaps, any_of=bool(_EITHER.search(lead)))


def _parts(group: list[Mention], gaps: list[str], *, any_of: bool) -> Iterator[tuple[str, ...]]:
    names = [mention.skill.name for mention in group]
    if gaps and _OF_KIND.search(gaps[0]) and _covers(tuple(names)):
        yield tuple(dict.fromkeys(names))
        return
    part = [names[0]]
    either = any_of or any(_ANY.search(gap) for gap in gaps)
    for name, gap in zip(names[1:], gaps, strict=True):
        # `Python and Django or FastAPI`: a list goes on by commas and ends at `and`.
        if either and not _AND.search(gap) and "&" not in gap:
            part.append(name)
        else:
            yield tuple(dict.fromkeys(part))
            part = [name]
    yield tuple(dict.fromkeys(part))


def _covers(names: tuple[str, ...]) -> bool:
    """Return whether the first of some names is the kind that the others are of."""
    return len(names) > 1 and all(names[0] in skills.with_broader([name]) for name in names[1:])
