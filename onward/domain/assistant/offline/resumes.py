"""Reading a résumé as text: who, what work and when, what was achieved, what was learnt.

Every fact keeps the line that it comes from, so that whoever uses it can name it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onward.domain.assistant.offline import skills, text, words
from onward.domain.assistant.offline.words import Degree

Month = int  # Months since the year 0, so that spans can be subtracted.


@dataclass(frozen=True, slots=True)
class Bullet:
    """One thing that somebody did in a position."""

    line: str
    skills: tuple[str, ...]
    has_figure: bool


@dataclass(frozen=True, slots=True)
class Position:
    """One stretch of work. What the résumé does not say is empty.

    :param header: the lines that name title, employer and dates
    :param end: the month after its last
    """

    title: str
    employer: str
    header: tuple[str, ...]
    start: Month
    end: Month
    current: bool
    bullets: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """One degree or course, with its line."""

    line: str
    degree: Degree | None
    name: str
    school: str
    finished: bool


@dataclass(frozen=True, slots=True)
class Resume:
    """What was understood of a résumé.

    :param skills: canonical names with the lines that hold them
    :param years: years of work, from the union of all dates, or as stated when there are none
    :param years_facts: the lines that the years rest on
    :param stated_years: the years that the résumé claims in words, with the line, or 0
    :param held: the skills and what they imply
    :param places: employers and schools, in lower case
    """

    name: str
    title: str
    email: str
    summary: tuple[str, ...]
    positions: tuple[Position, ...]
    studies: tuple[Study, ...]
    credentials: tuple[str, ...]
    skills: dict[str, tuple[str, ...]]
    years: float
    years_facts: tuple[str, ...]
    stated_years: tuple[int, str]
    lines: tuple[str, ...]
    text: str
    held: frozenset[str]
    places: frozenset[str]

    @property
    def bullets(self) -> list[tuple[Position, Bullet]]:
        """List everything done, with its position, as the résumé has it."""
        return [(position, bullet) for position in self.positions for bullet in position.bullets]

    @property
    def degree(self) -> Degree | None:
        """Give the highest degree that has been finished."""
        return max((study.degree for study in self.studies if study.degree and study.finished), default=None)


_SECTIONS = {
    "experience": r"(?:work |professional |relevant |employment |career |clinical |teaching |industry )*(?:experience|history|employment|background)|career summary and experience|positions held|internships?",
    "projects": r"(?:selected |personal |key |side )*projects|portfolio",
    "education": r"education(?: (?:and|&) (?:training|qualifications|certifications?))?|academic (?:background|qualifications|history)|qualifications|studies",
    "skills": r"(?:technical |core |key |professional |computer |soft |clinical |design |relevant )*(?:skills|competenc(?:ies|es)|technologies|expertise|tools|proficiencies)(?: (?:and|&) [a-z]+)?|tech(?:nical)? stack|areas of expertise|languages?",
    "credentials": r"(?:professional )?(?:licen[cs]es?|certifications?|certificates|credentials)(?: (?:and|&) (?:licen[cs]es?|certifications?|credentials|training))?|training",
    "summary": r"(?:professional |career |executive )?(?:summary|profile|objective)|about(?: me)?|personal statement|overview",
    "other": r"(?:selected )?(?:publications|awards|honou?rs|interests|hobbies|references|volunteer(?:ing)?(?: experience| work)?|affiliations|memberships|activities|achievements|additional information|contact(?: information| details)?)(?: (?:and|&) [a-z]+)?",
}  # fmt: skip
_SECTION = {name: re.compile(rf"^(?:{cues})$", re.I) for name, cues in _SECTIONS.items()}

_MONTHS = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?\s|(?:0?[1-9]|1[0-2])\s?[/.]\s?|(?:spring|summer|autumn|fall|winter)\s)"
_DAY = rf"(?P<@m>{_MONTH})?(?:\d{{1,2}},\s)?'?(?P<@y>(?:19|20)\d{{2}})"
_SPAN = re.compile(
    r"(?:\b(?:from|since)\s)?"
    + _DAY.replace("@", "s")
    + r"\s?(?:-|–|—|−|to|until|through|/)\s?(?:"
    + _DAY.replace("@", "e")
    + r"|(?P<now>present|current(?:ly)?|now|today|ongoing|date))"
    r"|\bsince\s" + _DAY.replace("@", "o"),
    re.I,
)
_TITLE_NOUNS = frozenset(
    """engineer developer programmer architect designer manager director lead head officer analyst scientist nurse
    doctor physician therapist assistant associate accountant auditor bookkeeper controller consultant teacher
    instructor professor lecturer tutor coach coordinator specialist technician administrator representative
    supervisor clerk intern trainee apprentice chef cook server bartender barista driver electrician plumber
    carpenter welder mechanic operator receptionist secretary writer editor researcher recruiter buyer planner
    agent advisor adviser president founder owner partner strategist producer artist illustrator photographer
    paralegal attorney lawyer pharmacist paramedic midwife caregiver worker librarian counselor counsellor
    principal fellow executive cashier salesperson host hostess cto ceo cfo machinist fabricator foreman
    superintendent estimator surveyor volunteer rn lpn cna aide practitioner educator marketer tester qa sre""".split()
)
_PLAIN = re.compile(r"[a-z]+")
_DEPARTMENT = re.compile(
    r"\b(?:department|division|remote|full[- ]time|part[- ]time|contract|hybrid|onsite|permanent|freelance|temporary)\b",
    re.I,
)
_PLACE = re.compile(
    r"^(?:[A-Z][\w.' -]{1,30},\s?(?:[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?:\s\d{5})?|[A-Z]{2}|remote|hybrid|[A-Z][a-z]+)$"
)
_SPLIT = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+|\s{3,}|,\s+|\s+(?:at|@)\s+(?=[A-Z])")
_SCHOOL = re.compile(
    r"\b(?:university|college|institute|school|academy|polytechnic|universit\w{1,4}|hochschule|conservatory|bootcamp)\b",
    re.I,
)
_UNFINISHED = re.compile(
    r"\b(?:expected|in progress|candidate|ongoing|present|anticipated|currently|incomplete|not completed|withdrew|coursework toward|credits toward)\b",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"\+?\(?\d[\d ().-]{6,20}\d")
_FIGURE = re.compile(r"\d")
_NAME = re.compile(
    r"^[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}(?:,? (?:RN|CPA|PhD|MBA|PE|PMP|MD|BSN|MSN|CFA|ACCA|EdD))*$"
)
_CREDENTIAL = re.compile(r"\b(?:certified|certification|certificate|licen[cs]ed?|chartered)\b", re.I)
_OPEN_ENDS = (",", "-", "&", " and", " of", " the", " with", " to", " for", " in", " a", " by", " from")
_WISHED = re.compile(
    r"\b(?:seeking|looking for|aspir\w{1,6}|hop(?:e|es|ing) to|wants? to|wish(?:es)? to|eager to|keen to|interest(?:ed)? in|"
    r"willing to learn|no (?:prior |direct |formal )?(?:experience|knowledge)|not yet|never (?:used|worked)|unfamiliar|expired|lapsed|"
    r"(?:currently|now|started|begun|still|am) (?:learning|studying))\b|^(?:learning|studying)\b(?! (?:management|and|outcomes|support))",
    re.I,
)
# A sentence that denies anything is taken to deny its skills: rather one too few in a letter than one too many.
_DENIED = re.compile(
    r"\b(?:not|never|nobody|none|neither|nor|cannot|lack(?:s|ed|ing)?|no longer)\b|n['’]t\b",
    re.I,
)
# What comes after it was not there; what comes before it was.
_WITHOUT = re.compile(r"\bwithout\b", re.I)
# Who finds people for a trade need not know it.
_FOUND_PEOPLE = re.compile(r"\b(?:hir(?:ed|es|ing)|recruit(?:ed|s)|placed|sourced|headhunted|screened|staffed)\b", re.I)
_PEOPLE = re.compile(
    r"\b(?:engineers|developers|programmers|candidates|specialists|analysts|designers|nurses|teachers|staff|talent)\b",
    re.I,
)
_TEAM = re.compile(r"\s(?:teams?|departments?|units?|vendors?|colleagues|partners)\b", re.I)
_LED = re.compile(
    r"\b(?:led|lead|leading|leads|manag\w{1,4}|head\w{0,3}|supervis\w{1,4}|built|founded|ran|on (?:the|a|an))\b", re.I
)
_DEPARTMENTS = frozenset(
    (
        "Marketing",
        "Sales",
        "Human resources",
        "Product management",
        "Recruiting",
        "Accounting",
        "Procurement",
        "Logistics",
        "Customer service",
        "Treasury",
        "Radiology",
        "Litigation",
        "Public relations",
        "Technical support",
        "Quality assurance",
        "User experience design",
        "Data science",
        "Data engineering",
        "Product design",
        "DevOps",
        "Operations management",
    )
)
_BESIDE = re.compile(
    r"\b(?:with|alongside|between|to|across|for|support(?:ed|s|ing)?|assist(?:ed|s|ing)?|help(?:ed|s|ing)?)(?: the| our)?"
    r"(?: \w+,| \w+ and| \w+ \w+ and)?\s$",
    re.I,
)
_NUMBER_OF_YEARS = re.compile(
    r"\b(?:experience|background|career|worked|working|practice|practising|practicing|teaching|professional)\b", re.I
)


def is_a_title(word: str) -> bool:
    """Tell whether a word in the singular is what one person is."""
    return word.lower() in _TITLE_NOUNS


def without(line: str, places: frozenset[str]) -> str:
    """Blot names of places out of a line; everything else stays where it is."""
    low = line.lower()
    for place in places:
        at = low.find(place)
        if at >= 0 and len(low) == len(line):
            line = line[:at] + "|" * len(place) + line[at + len(place) :]
    return line


def _held_in(line: str) -> list[str]:
    """List the skills that a line says the person has; what is wished for or missing is not had."""
    doubtful = _WISHED.search(line) or _DENIED.search(line)
    sentences = text.sentences(line) if doubtful else [line]
    return [
        mention.skill.name
        for sentence in sentences
        if not _WISHED.search(sentence) and not _DENIED.search(sentence)
        for mention in skills.find(sentence)
        if not _others(sentence, mention)
    ]


def _others(sentence: str, mention: skills.Mention) -> bool:
    """Tell whether others have the skill, or nobody: `helped the Kubernetes team`, `done without Kubernetes`."""
    before = sentence[max(0, mention.start - 40) : mention.start]
    if _WITHOUT.search(sentence[: mention.start]):
        return True
    if _FOUND_PEOPLE.search(before) and _PEOPLE.search(sentence[mention.end :]):
        return True
    if _TEAM.match(sentence[mention.end :]) and not _LED.search(sentence):
        return True
    return mention.skill.name in _DEPARTMENTS and bool(_BESIDE.search(before))


def names_a_title(line: str) -> bool:
    """Tell whether a line holds a word for what people are: engineer, nurse, teacher."""
    return any(word in _TITLE_NOUNS or word.removesuffix("s") in _TITLE_NOUNS for word in _PLAIN.findall(line.lower()))


def read(resume: str, *, today: date) -> Resume:
    """Read a résumé; never fails, whatever it is given.

    :param today: the day that `present` means
    """
    plain = text.plain(resume)
    lines = _joined(text.lines(plain))
    sections = list(_sectioned(lines))
    head = [line for section, line in sections if section == "head" and line]
    positions = tuple(_positions([pair for pair in sections if pair[0] in {"experience", "projects", "head"}], today))
    whole = "\n".join(lines)
    studies = tuple(_studies(sections))
    # `Acme Robotics` and `College of Nursing` are names: to have been there is no skill.
    places = frozenset(filter(None, (*(p.employer.lower() for p in positions), *(s.school.lower() for s in studies))))
    held: dict[str, list[str]] = {}
    for line in filter(None, lines):
        for name in _held_in(without(line, places)):
            held.setdefault(name, []).append(text.item(line))
    stated = max(_stated(lines), default=(0, ""))
    years, facts = _years(positions) if positions else (float(stated[0]), (stated[1],) if stated[0] else ())
    email = _EMAIL.search(whole)
    name = _name(head)
    return Resume(
        name=name,
        title=_title(head, positions, name),
        email=email[0] if email else "",
        summary=tuple(_summary(sections)),
        positions=positions,
        studies=studies,
        credentials=tuple(_credentials(sections)),
        skills={name: tuple(dict.fromkeys(where)) for name, where in held.items()},
        years=years,
        years_facts=facts,
        stated_years=stated,
        lines=tuple(text.item(line) for line in lines if line),
        text=whole,
        held=frozenset(skills.with_implied(held)),
        places=places,
    )


def _joined(lines: list[str]) -> list[str]:
    """Put bullets together again that a page broke over several lines."""
    whole: list[str] = []
    for at, line in enumerate(lines):
        last = whole[-1] if whole else ""
        after = lines[at + 1] if at + 1 < len(lines) else ""
        prose = len(last) >= 70 and line[:1].islower() and not _SPAN.search(line)
        open_end = _continues(last, line, after) if last.startswith(text.BULLET) else prose
        if open_end and len(last) < text.LINE_LIMIT:
            glue = "" if last.endswith("-") and line[:1].islower() else " "
            whole[-1] = f"{last}{glue}{line}"
        else:
            whole.append(line)
    return whole


def _continues(last: str, line: str, after: str) -> bool:
    if not line or line.startswith(text.BULLET) or _SPAN.search(line) or _section(line):
        return False
    if line[:1].islower() or last.endswith(_OPEN_ENDS):
        return True
    if line[:1].isdigit() and not last.endswith("."):
        return True
    # A long line that stops without a full stop goes on in the next, unless that begins a position.
    goes_on = len(last) >= 55 and last[-1].isalnum() and (line.endswith(".") or after.startswith(text.BULLET))
    return goes_on and not _SPAN.search(after) and not (names_a_title(line) and not line.endswith("."))


def _section(line: str) -> str | None:
    bare = line.rstrip(":").strip("*#_=- ").replace("  ", " ")
    if not bare or len(bare) > 50 or line.startswith(text.BULLET):
        return None
    # `S K I L L S`, as some templates set it.
    if len(bare) > 6 and all(len(part) == 1 for part in bare.split(" ")):
        bare = bare.replace(" ", "")
    return next((name for name, cue in _SECTION.items() if cue.match(bare)), None)


def _sectioned(lines: list[str]) -> Iterator[tuple[str, str]]:
    section = "head"
    for line in lines:
        heading = _section(line)
        if heading is not None:
            section = heading
            continue
        before, colon, rest = line.partition(":")
        inline = _section(before) if colon and rest.strip() and len(before) < 40 else None
        if inline is not None and section not in {"experience", "projects"}:
            # One line that is a section of its own, as in `Skills: …`; the section around it goes on.
            yield inline, rest.strip()
            continue
        yield section, line


def _positions(lines: list[tuple[str, str]], today: date) -> Iterator[Position]:
    rows = [line for _, line in lines]
    kinds = [section for section, _ in lines]
    starts = [
        at
        for at, line in enumerate(rows)
        if _dated(line, today) and not line.startswith(text.BULLET) and len(line) < 160 and not _is_study(line)
    ]
    # What stands in another section, above all the name at the top, is no part of a position's header.
    bounds = {at: next((back + 1 for back in range(at, -1, -1) if kinds[back] != kinds[at]), 0) for at in starts}
    # The first line of all is the name, also where nothing else stands between it and the first position.
    top = next((at for at, line in enumerate(rows) if line), 0)
    if kinds and kinds[top] == "head":
        bounds = {at: max(bound, top + 1) if at > top else bound for at, bound in bounds.items()}
    heads = [_header(rows, at, starts, bounds[at]) for at in starts]
    for place, (first, last) in enumerate(heads):
        until = heads[place + 1][0] if place + 1 < len(heads) else len(rows)
        header = tuple(line for line in rows[first : last + 1] if line)
        if any(_is_study(line) for line in header) or kinds[starts[place]] == "projects":
            continue
        span = _dated(" ".join(header), today)
        if span is None:
            continue
        title, employer = _named(header)
        kind = kinds[starts[place]]
        body = list(_body(rows[last + 1 : until], kinds[last + 1 : until], kind))
        yield Position(title, employer, header, *span, bullets=tuple(_bullets(body)))


def _body(rows: list[str], kinds: list[str], kind: str) -> Iterator[str]:
    """Give the lines that belong to a position: up to another section, or to what looks like one without dates."""
    marked = False
    for line, section in zip(rows, kinds, strict=True):
        if section != kind or (marked and _short(line)):
            return
        marked = marked or line.startswith(text.BULLET)
        if line:
            yield line


def _header(rows: list[str], at: int, starts: list[int], bound: int) -> tuple[int, int]:
    """Find the lines around a date that name the position."""
    first, last = at, at
    # A line that names title and employer itself needs none above it.
    whole = len(_pieces(rows[at])) > 1 and names_a_title(rows[at])
    while not whole and first > bound and at - first < 2 and _short(rows[first - 1]) and first - 1 not in starts:
        first -= 1
    words_before = " ".join(rows[first : at + 1])
    alone = len(_SPAN.sub("", words_before).strip(" |,()–—-")) < 4
    if last + 1 < len(rows) and _short(rows[last + 1]) and last + 1 not in starts:
        known = names_a_title(_SPAN.sub("", words_before))
        if alone or not known or (first == at and len(_pieces(rows[at])) < 2):
            last += 1
            if alone and last + 1 < len(rows) and _short(rows[last + 1]) and last + 1 not in starts:
                last += 1
    return first, last


def _short(line: str) -> bool:
    return (
        bool(line)
        and not line.startswith(text.BULLET)
        and len(line) <= 90
        and not line.endswith((".", ";", ":"))
        and line[:1].isupper()
        and not _EMAIL.search(line)
        and len(line.split()) <= 12
    )


def _pieces(line: str) -> list[str]:
    bare = _SPAN.sub(" | ", line).replace("()", " ")
    return [piece.strip(" ,()–—-|") for piece in _SPLIT.split(bare) if len(piece.strip(" ,()–—-|.")) > 1]


def _named(header: tuple[str, ...]) -> tuple[str, str]:
    pieces = [piece for line in header for piece in _pieces(line)]
    title = next((piece for piece in pieces if names_a_title(piece) and len(piece) <= 70), "")
    rest = [piece for piece in pieces if piece != title and not _DEPARTMENT.fullmatch(piece) and len(piece) <= 70]
    employer = next((piece for piece in rest if not _is_place(piece, header)), rest[0] if rest and not title else "")
    if not title and len(rest) > 1:
        title = next((piece for piece in rest if piece != employer), "")
    return _unshouted(title), _unshouted(employer)


def _unshouted(name: str) -> str:
    """Write `GLOBEX CORPORATION` as one writes it in a sentence; leave `IBM`."""
    if not name.isupper() or len(name) <= 5 or not name.replace(" ", "").isalpha():
        return name
    return " ".join(word.lower() if word in {"OF", "AND", "THE", "FOR"} else word.capitalize() for word in name.split())


def _is_place(piece: str, header: tuple[str, ...]) -> bool:
    if re.fullmatch(r"[A-Z]{2}(?: \d{5})?|remote|hybrid", piece, re.I):
        return True
    # `Acme, Springfield, IL`: what stands before a state is a town.
    return any(re.search(rf"(?:,|\||–|—|-)\s?{re.escape(piece)},\s?[A-Z]{{2}}\b", line) for line in header)


def _bullets(body: list[str]) -> Iterator[Bullet]:
    marked = any(line.startswith(text.BULLET) for line in body)
    for line in body:
        if marked and not line.startswith(text.BULLET):
            continue
        for sentence in [text.item(line)] if marked else text.sentences(line):
            if 3 <= len(sentence.split()) <= 60:
                bare = _YEAR.sub("", sentence)
                yield Bullet(sentence, tuple(dict.fromkeys(_held_in(sentence))), bool(_FIGURE.search(bare)))


def _dated(line: str, today: date) -> tuple[Month, Month, bool] | None:
    found = _SPAN.search(line)
    if found is None:
        return None
    now = today.year * 12 + today.month
    start = _month(found["sm"] or found["om"], found["sy"] or found["oy"], 1)
    open_end = bool(found["now"] or found["oy"])
    # `2019 – 2021` is two years, `March 2019 – March 2021` two years and a month.
    end = (
        now if open_end else _month(found["em"], found["ey"], 0 if not found["sm"] else 12) + (1 if found["em"] else 0)
    )
    if not found["em"] and not found["sm"] and not open_end:
        end = int(found["ey"]) * 12 + (12 if found["sy"] == found["ey"] else 1)
    return (start, min(end, now), open_end) if start < end and start <= now else None


def _month(month: str | None, year: str, otherwise: int) -> Month:
    named = (month or "").strip(" .,/").lower()
    if named.isdigit():
        at = int(named)
    else:
        seasons = {"win": 1, "spr": 4, "sum": 7, "aut": 10, "fal": 10}
        at = _MONTHS.get(named[:3]) or seasons.get(named[:3], otherwise)
    return int(year) * 12 + at


def _stated(lines: list[str]) -> Iterator[tuple[int, str]]:
    for line in lines:
        for count, start, end in words.years(line) if len(line) < 600 else ():
            if count <= 50 and _NUMBER_OF_YEARS.search(line[max(0, start - 40) : end + 60]):
                yield count, text.item(line)


def _years(positions: tuple[Position, ...]) -> tuple[float, tuple[str, ...]]:
    months, reached = 0, 0
    for start, end in sorted((position.start, position.end) for position in positions):
        months += max(0, end - max(start, reached))
        reached = max(reached, end)
    return round(months / 12, 1), tuple(" ".join(position.header) for position in positions)


def _is_study(line: str) -> bool:
    return bool(words.degrees(line)) or (
        bool(_SCHOOL.search(line))
        and not names_a_title(line)
        and bool(re.search(r"\b(?:student|diploma|graduat)", line, re.I))
    )


def _studies(sections: list[tuple[str, str]]) -> Iterator[Study]:
    rows = [(section, text.item(line)) for section, line in sections if line]
    for at, (section, line) in enumerate(rows):
        named = words.degrees(line)
        if not named or (
            section in {"summary", "experience", "projects", "other", "skills"}
            and not (_SCHOOL.search(line) and _YEAR.search(line))
        ):
            continue
        around = [line]
        neighbours = [
            rows[place][1] for place in (at + 1, at - 1) if 0 <= place < len(rows) and rows[place][0] == section
        ]
        if not _SCHOOL.search(line):
            around += [
                near
                for near in neighbours
                if _SCHOOL.search(near) and not words.degrees(near) and not _CREDENTIAL.search(near)
            ][:1]
        dates = [near for near in neighbours[:1] if not words.degrees(near)]
        unfinished = any(_UNFINISHED.search(near) for near in [line, *dates])
        yield Study(" ".join(around), max(named), _degree_name(line), _school(around), not unfinished)


def _study_pieces(line: str) -> list[str]:
    bare = re.sub(r"\((?:[^()]*\d{4}[^()]*|[^()]*GPA[^()]*)\)", "", _SPAN.sub("|", line))
    return [
        piece.strip(" ,()–—-|.")
        for piece in re.split(r"\s*[|•·]\s*|\s+[–—-]\s+|,\s+|\s{2,}", bare)
        if len(piece.strip(" ,()–—-|.")) > 1
    ]


def _degree_name(line: str) -> str:
    pieces = _study_pieces(line)
    at = next((place for place, piece in enumerate(pieces) if words.degrees(piece)), None)
    if at is None:
        return ""
    name = _YEAR.sub("", pieces[at]).strip(" ,()–—-|.")
    name = re.split(r"\s+(?:from|at)\s+", name)[0]
    name += ")" * (name.count("(") - name.count(")"))
    following = pieces[at + 1] if at + 1 < len(pieces) else ""
    # `BSc, Computer Science`: the field stands behind a comma.
    if (
        following
        and len(name.split()) <= 3
        and " in " not in name
        and (
            " of " not in name
            or re.fullmatch(
                r"(?:Bachelor|Master|Associate|Doctor) of (?:Science|Arts|Engineering|Philosophy)", name, re.I
            )
        )
        and not _SCHOOL.search(following)
        and not _FIGURE.search(following)
        and following[:1].isupper()
        and len(following.split()) <= 5
        and not _UNFINISHED.search(following)
        and not re.match(r"GPA|Honou?rs|cum|magna|summa|First|Upper|Minor", following, re.I)
    ):
        name = f"{name} in {following}"
    return name if 2 < len(name) <= 90 else ""


def _school(around: list[str]) -> str:
    for line in around:
        for piece in _study_pieces(line):
            named = re.split(r"\s+(?:from|at)\s+", piece)[-1]
            if _SCHOOL.search(named) and not words.degrees(named) and len(named) <= 70:
                return _YEAR.sub("", named).strip(" ,()–—-|.")
    return ""


def _credentials(sections: list[tuple[str, str]]) -> Iterator[str]:
    seen: set[str] = set()
    for section, line in sections:
        bare = text.item(line)
        if not bare or bare in seen:
            continue
        if section == "credentials" or (
            section in {"education", "other"} and _CREDENTIAL.search(bare) and not words.degrees(bare)
        ):
            seen.add(bare)
            yield bare


def _summary(sections: list[tuple[str, str]]) -> Iterator[str]:
    for section, line in sections:
        bare = text.item(line)
        if (section == "summary" and bare) or (section == "head" and len(bare.split()) > 9 and not _EMAIL.search(bare)):
            yield bare


def _name(head: list[str]) -> str:
    for line in head[:4]:
        bare = re.split(r"\s*[|•·]\s*|\s{3,}", line)[0].strip(" ,")
        if (
            re.match(r"(?:curriculum vitae|résumé|resume|cv)\b", bare, re.I)
            or names_a_title(bare.split(",")[0])
            or _section(bare)
        ):
            continue
        if (
            _NAME.match(bare)
            and len(bare) <= 50
            and (bare.istitle() or bare.isupper() or _capitalised(bare))
            and not skills.find(bare.split(",")[0])
        ):
            name = bare.split(",")[0]
            return name.title() if name.isupper() else name
    return ""


def _capitalised(line: str) -> bool:
    return all(
        word[:1].isupper() or word in {"de", "da", "van", "von", "der", "den", "la", "del", "bin", "al"}
        for word in line.replace(",", "").split()
    )


def _title(head: list[str], positions: tuple[Position, ...], name: str) -> str:
    for line in head[:6]:
        for piece in re.split(r"\s*[|•·]\s*|\s{3,}", line):
            if name and piece.lower().startswith(name.lower()):
                continue
            if (
                names_a_title(piece)
                and len(piece.split()) <= 6
                and not _SPAN.search(piece)
                and not _EMAIL.search(piece)
            ):
                return piece.strip(" ,.")
    latest = max(positions, key=lambda position: position.end, default=None)
    return latest.title if latest else ""
