"""Reading a posting: what it demands, what it would like, what the work is.

A posting is only ever read. Whatever it says, even to whoever reads it, is text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from onward.domain.assistant.offline import names, skills, text, words
from onward.domain.assistant.offline.words import Degree


class Kind(Enum):
    """What a line of a posting is about."""

    MUST = "must"
    NICE = "nice"
    DUTY = "duty"
    BENEFIT = "benefit"
    COMPANY = "company"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Demand:
    """Skills of which one is enough, and whether the posting insists."""

    anyof: tuple[str, ...]
    kind: Kind
    line: str


@dataclass(frozen=True, slots=True)
class Posting:
    """What was understood of a posting.

    :param lines: its sentences and bullets with what they are about
    :param years: the years of experience it insists on, 0 when none
    :param degree: the lowest degree it insists on
    :param experience_instead: whether experience may stand in for the degree
    """

    title: str
    seniority: str
    lines: tuple[tuple[Kind, str], ...]
    demands: tuple[Demand, ...]
    years: int
    degree: Degree | None
    experience_instead: bool

    def of(self, kind: Kind) -> list[str]:
        """List the lines of one kind."""
        return [line for at, line in self.lines if at is kind]

    def skills(self, *kinds: Kind) -> list[str]:
        """List canonical names, each once, in the order of the kinds and then of the posting."""
        return list(
            dict.fromkeys(
                name for kind in kinds for demand in self.demands if demand.kind is kind for name in demand.anyof
            )
        )


_HEADINGS = (
    (Kind.NICE, r"nice[- ]to[- ]haves?|^nice$|^(?:optional|wishes|wish list|a plus|plus|advantageous|advantages?)$|preferred|bonus|desirable|desired|pluses|good to have|extra credit|ideally|would be (?:a plus|great)|great if|stand out"),
    (Kind.DUTY, r"responsibilit|duties|what you(?:'ll| will)(?: be)? (?:do|doing|work|own)|the role\b|your role|role overview|job description|day[- ]to[- ]day|a day in|your impact|in this role|accountabilities|what you do|the job\b|position summary|key tasks|your mission|your tasks|^you(?:'ll| will)(?: be)?$"),
    (Kind.BENEFIT, r"benefits|what we offer|we offer|perks|compensation|salary|pay range|why (?:join|work|you'll love)|what's in it|what you get|rewards"),
    (Kind.COMPANY, r"about (?:us|the company|the team|our|the school|the hospital|the practice|the firm)|who we are|our (?:mission|story|values|company|team)|company (?:description|overview)|the company|the team\b"),
    (Kind.MUST, r"requirement|qualification|must[- ]haves?|^musts?$|^required$|^mandatory$|what you(?:'ll| will)? (?:need|bring|have)|who you are|about you|you have|you bring|essential|person specification|what we(?:'re| are) looking for|we(?:'re| are) looking for|ideal candidate|skills|your profile|your background|experience|education|licen[cs]"),
    (Kind.OTHER, r"how to apply|equal opportunit|application process|to apply|next steps|diversity|eeo|disclaimer|location|contact|our process|interview process"),
)  # fmt: skip
_HEADING = tuple((kind, re.compile(rf"(?:\b(?:{cues}))", re.I)) for kind, cues in _HEADINGS)
_ABOUT_COMPANY = re.compile(r"^about\s+(?!you\b)[A-Z]")

_SOFTENED = re.compile(
    r"\b(?:preferred|nice to have|a plus|a bonus|bonus points?|is a bonus|desirable|desired|advantageous|an advantage|an asset|ideally|"
    r"would be (?:great|good|nice|helpful|ideal)|beneficial|helpful|optional|good to have|welcome)\b",
    re.I,
)
_INSISTS = re.compile(
    r"\b(?:must|required|requires?|requirement|mandatory|essential|minimum|at least|need(?:ed)? to|you need|you have|you bring|"
    r"proficien\w{1,4}|proven|demonstrated|solid|strong|experience (?:with|in|of|as)|knowledge of|familiar\w* with|degree|"
    r"certifi\w{1,8}|licen[cs]e\w?|fluen\w{1,4}|looking for|expertise|needed|wanted|a must|you know|you(?:'ve| have) (?:used|worked)|we (?:also )?(?:want|need|expect|require))\b|\d\s?\+\s?years?",
    re.I,
)
_BENEFIT = re.compile(
    r"\b(?:401\(?k|health insurance|dental|paid (?:time off|leave|holiday)|vacation|pension|competitive salary|salary range|stock options|"
    r"equity|parental leave|we offer|perks|benefits package|bonus scheme|per annum)\b|[$€£]\s?\d",
    re.I,
)
_COMPANY = re.compile(
    r"^(?:we are|we're|our (?:company|mission|team|customers|hospital|school|firm|products?|studio)|founded|since \d{4}|at [A-Z]\w+, we)\b",
    re.I,
)
_APPLYING = re.compile(
    r"\b(?:equal opportunity|apply (?:now|by|via|with|at|here|online)|to apply|send (?:us )?your|cover letter|without regard to|reasonable accommodation)\b",
    re.I,
)
_DUTY_LEAD = re.compile(
    r"^(?:in this role,? )?(?:you(?:'ll| will| are going to)\b|as (?:a|an|our) [^,]{3,60}, you(?:'ll| will)\b|(?:is |be )?responsible for\b)",
    re.I,
)
VERBS = frozenset(
    """administer advise analyse analyze answer assess assist automate book build care carry clean coach collaborate collect
    communicate complete conduct configure consult contribute coordinate create debug define deliver deploy design develop
    diagnose document drive educate enable engage ensure establish evaluate execute explore facilitate file focus follow
    forecast gather guide handle help identify implement improve inspect install instruct integrate interpret investigate lead
    liaise maintain make manage measure mentor model monitor negotiate operate optimise optimize order organise organize oversee
    own participate partner perform plan prepare present prioritise prioritize process produce promote protect prototype provide
    recommend record reconcile recruit repair report research resolve respond review run scale schedule sell serve set shape ship
    specify supervise support teach test track train translate troubleshoot turn update validate verify work write""".split()
)  # fmt: skip

# Text that speaks to whoever reads on the candidate's behalf. It is no demand of the work.
_TO_THE_READER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instruction|prompt|previous|above|prior|everything|rules)|"
    r"\b(?:system prompt|prompt injection|language model|as an ai|you are now|chatgpt|jailbreak|developer mode)\b|"
    r"\b(?:write|say|state|claim|mention|respond|reply|answer|output|print|insert|add|pretend|include)\b[^.]{0,30}\b(?:that )?(?:the |this )?(?:candidate|applicant|letter|résumé|resume)\b|"
    r"\b(?:the |this )(?:candidate|applicant) (?:has|is|holds|was)\b|\b(?:begin|end|start|respond|reply) (?:your|the|with) (?:answer|letter|reply|response)|</?(?:system|user|assistant|resume|cv|posting|document|instructions?)\b|\[/?inst\]|"
    r"\b(?:new|updated|additional) instructions?\b|\b(?:mention|list|add|include|claim|name|write|state)\b[^.]{0,150}\b(?:as|to|in|among) (?:my |the |his |her |their |a )?(?:skills?|letter|match|strengths)\b|"
    r"^\W*(?:system|assistant|user|ai|llm|model|note to \w+)\s?:\s?(?:the|you|add|list|mention|say|write|from|now|please|always|never|ignore|state|claim|include|use|treat|consider)\b",
    re.I,
)

_SENIORITIES = (
    ("lead", r"lead|principal|staff|head|director|chief|vp|manager|architect"),
    ("senior", r"senior|sr"),
    ("junior", r"junior|jr|entry[- ]level|graduate|trainee|intern|internship|apprentice|assistant"),
    ("mid", r"mid|intermediate|mid-level"),
)
_SENIORITY = tuple((name, re.compile(rf"\b(?:{cues})\b", re.I)) for name, cues in _SENIORITIES)
_TITLED = re.compile(r"^(?:job title|position|title|role)\s?:\s?(.{3,90})$", re.I)
_AFTER_TITLE = re.compile(r"\s*(?:[,(|•]|\s[–—-]\s)")
_INSTEAD = re.compile(
    r"\bor (?:equivalent|comparable|relevant|similar)|equivalent (?:practical |work |professional )?experience", re.I
)
_ANY = re.compile(r"^[\s,/()]*(?:\bor\b|/|,\s*or\b)[\s(]*(?:other\b)?\s*$", re.I)
_COMMA = re.compile(r"^\s?,\s?$")
_EXAMPLES = re.compile(
    r"\b(?:such as|e\.g\.?|like|for example|or similar|or equivalent|one of|any of|at least one)\b", re.I
)
# What the work can be done without.
_NOT_ASKED = re.compile(
    r"\b(?:not|n't|never) (?:\w+ )?(?:required|needed|necessary|essential|mandatory|expected|a must|a requirement|need(?:ed)?|have to|be able to)\b|"
    r"\bno (?:(?:prior|previous|formal|specific|knowledge of|experience (?:in|with|of)) )*(?:[\w+#./-]+ ){1,4}(?:required|needed|necessary|expected|asked)\b|"
    r"\bneed(?:s)? (?:not|no)\b|\bneedn't\b|\b(?:do|does|will|would)(?: not|n't) (?:have to|need|require|expect|ask)\b|\bno need (?:to|for)\b|\bunnecessary\b|\bwithout (?:any )?(?:knowledge|experience)\b",
    re.I,
)
# `… required, French an advantage`: each has its own half of the sentence.
_STRENGTH = re.compile(
    r"\b(?:required|mandatory|essential|a must|needed|must have|preferred|nice to have|a plus|a bonus|desirable|desired|advantageous|an advantage|an asset|beneficial|helpful|"
    r"optional|good to have|welcome|not required|not needed|unnecessary)\b",
    re.I,
)
_HALVES = re.compile(r",\s*(?:and\s+|but\s+|while\s+)?(?=\S)|\s+(?:but|while|whereas)\s+")
_INLINE = re.compile(
    r"^(?P<nice>nice(?: to have)?|optional|bonus|plus)\s?:\s|^(?P<must>musts?(?: have)?|required|mandatory)\s?:\s", re.I
)
_CLAUSE = re.compile(r"\s?;\s|\s(?:—|–)\s(?=[a-z]+ (?:is|are|would)\b)")
# Years of which the company speaks as its own: `We have served 300 customers for 20 years`.
_COMPANY_AGE = re.compile(
    r"\b(?:founded|history|established|anniversary|in business|years? (?:ago|old|contract)|our (?:\w+ ){0,2}(?:\d+|\w+)[- ]years?|"
    r"(?:we|our \w+|us|\w+) (?:have|has|had)(?: been)? (?!at least|a minimum|minimum|more than|over)\w+(?: \w+){0,6} for|(?:over|in|for) the (?:past|last|next)|warranty|visa|lease)\b",
    re.I,
)


_EXPERIENCE = re.compile(r"\b(?:experience|experienced|practice|background|track record)\b", re.I)


def read(posting: str, *, title: str = "") -> Posting:
    """Read a posting; never fails, whatever it is given."""
    lines = tuple(_classified(text.lines(text.plain(posting))))
    title = names.job(title) or _title(lines)
    musts = [line for kind, line in lines if kind is Kind.MUST]
    return Posting(
        title=title,
        seniority=seniority(title),
        lines=lines,
        demands=tuple(_demands(lines)),
        years=_years(lines),
        degree=min((degree for line in musts for degree in words.degrees(line)), default=None),
        experience_instead=any(words.degrees(line) and _INSTEAD.search(line) for line in musts),
    )


def seniority(title: str) -> str:
    """Tell junior, mid, senior or lead by a title, or nothing when it does not say."""
    return next((name for name, cue in _SENIORITY if cue.search(title)), "")


def to_the_reader(line: str) -> bool:
    """Tell whether a line tries to instruct whoever reads it."""
    return _TO_THE_READER.search(line) is not None


def _classified(lines: Iterable[str]) -> Iterable[tuple[Kind, str]]:
    section: Kind | None = None
    for line in lines:
        if not line:
            continue
        before, colon, rest = line.partition(": ")
        heading = _heading(before + ":" if colon and len(before.split()) <= 4 else line)
        if heading is not None:
            section = heading
            if not colon:
                continue
            line = rest
        for sentence in text.sentences(text.item(line)):
            yield from _clauses(sentence, section)


def _clauses(sentence: str, section: Kind | None) -> Iterable[tuple[Kind, str]]:
    inline = _INLINE.match(sentence)
    if inline:
        # `Must: HACCP; menu planning.` The whole list is one thing.
        section, sentence = Kind.NICE if inline["nice"] else Kind.MUST, sentence[inline.end() :]
    for clause in _CLAUSE.split(sentence):
        for half in _halves(clause):
            yield _kind(half, section), half.strip(" ;")


def _halves(clause: str) -> list[str]:
    """Part a sentence where one half insists and the other does not."""
    if len(_STRENGTH.findall(clause)) < 2:
        return [clause]
    halves: list[str] = []
    for piece in _HALVES.split(clause):
        # `Python, Django required, Go a plus`: a name waits for the word that says how much it is wanted.
        if halves and not _STRENGTH.search(halves[-1]):
            halves[-1] = f"{halves[-1]}, {piece}"
        else:
            halves.append(piece)
    if len(halves) > 1 and not _STRENGTH.search(halves[-1]):
        halves[-2:] = [f"{halves[-2]}, {halves[-1]}"]
    return halves


def _heading(line: str) -> Kind | None:
    bare = line.rstrip(":").strip("*#_ ")
    if line.startswith(text.BULLET) or len(bare) > 60 or len(bare.split()) > 8 or bare.endswith((".", "!", ",")):
        return None
    if not line.endswith(":") and (any(c.isdigit() for c in bare) or not (bare.isupper() or bare[:1].isupper())):
        return None
    if _ABOUT_COMPANY.match(bare):
        return Kind.COMPANY
    found = next((kind for kind, cue in _HEADING if cue.search(bare)), None)
    # `Experience with Python` is a demand, not the name of a section.
    if found is Kind.MUST and not line.endswith(":") and (skills.find(bare) or len(bare.split()) > 5):
        return None
    return found


def _kind(line: str, section: Kind | None) -> Kind:
    if to_the_reader(line) or _APPLYING.search(line):
        return Kind.OTHER
    if section in {Kind.BENEFIT, Kind.COMPANY, Kind.OTHER}:
        # A section runs on into the next only where a line plainly insists.
        return (
            Kind.MUST if section is Kind.COMPANY and re.search(r"\bmust have\b|\brequired\b", line, re.I) else section
        )
    if _NOT_ASKED.search(line) and section is not Kind.DUTY:
        return Kind.OTHER
    if _BENEFIT.search(line):
        return Kind.BENEFIT
    if _SOFTENED.search(line) and section is not Kind.DUTY:
        return Kind.NICE
    if section is not None:
        return section
    return _loose(line)


def _loose(line: str) -> Kind:
    if _DUTY_LEAD.match(line):
        return Kind.DUTY
    if _INSISTS.search(line):
        return Kind.MUST
    if _COMPANY.match(line):
        return Kind.COMPANY
    if line.split()[0].lower() in VERBS:
        return Kind.DUTY
    # `Stack: Python, Django` is a demand; `Acme builds tools for logistics` is not.
    return Kind.MUST if len(skills.names(line)) > 1 else Kind.OTHER


def _demands(lines: tuple[tuple[Kind, str], ...]) -> Iterable[Demand]:
    seen: set[tuple[Kind, tuple[str, ...]]] = set()
    for kind, line in lines:
        if kind not in {Kind.MUST, Kind.NICE, Kind.DUTY}:
            continue
        for group in _groups(line):
            if (kind, group) not in seen:
                seen.add((kind, group))
                yield Demand(group, kind, line)


def _groups(line: str) -> list[tuple[str, ...]]:
    """Put skills together of which the line asks for one: `React, Vue or Angular`."""
    found = skills.find(line)
    groups: list[list[str]] = []
    position = 0
    while position < len(found):
        last = position
        choice = bool(_EXAMPLES.search(line[: found[position].start][-24:]))
        while last + 1 < len(found) and found[last + 1].skill.area == found[position].skill.area:
            between = line[found[last].end : found[last + 1].start]
            choice = choice or bool(_ANY.match(between))
            if not (_COMMA.match(between) or _ANY.match(between)):
                break
            last += 1
        run = [mention.skill.name for mention in found[position : last + 1]]
        groups += [list(dict.fromkeys(run))] if choice else [[name] for name in run]
        position = last + 1
    return list(dict.fromkeys(tuple(group) for group in groups))


def _years(lines: tuple[tuple[Kind, str], ...]) -> int:
    asked = [
        count
        for kind, line in lines
        if kind in {Kind.MUST, Kind.DUTY, Kind.OTHER} and not _COMPANY_AGE.search(line) and not to_the_reader(line)
        for count, start, end in words.years(line)[:1]
        if count <= 25 and (kind is Kind.MUST or _EXPERIENCE.search(line[max(0, start - 30) : end + 40]))
    ]
    return max(asked, default=0)


def _title(lines: tuple[tuple[Kind, str], ...]) -> str:
    for _, line in lines[:12]:
        titled = _TITLED.match(line)
        if titled:
            return names.job(titled[1])
    first = next((line for kind, line in lines[:2] if kind is not Kind.BENEFIT), "")
    # `Backend Engineer (m/f/d), Acme, Berlin or remote`: the title ends where something else begins.
    title = _AFTER_TITLE.split(first)[0] if not first.endswith((".", "!", "?", ":")) else ""
    return names.job(title) if 0 < len(title.split()) <= 7 and not to_the_reader(first) else ""
