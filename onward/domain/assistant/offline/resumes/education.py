"""Degrees and schools: what was studied where, and whether it came to its end."""

import re
from collections.abc import Iterator
from datetime import date

from onward.domain.assistant.offline import occupations, places, postings, skills, text, words
from onward.domain.assistant.offline.resumes import dates, held
from onward.domain.assistant.offline.resumes.facts import Study
from onward.domain.assistant.offline.resumes.sections import Lines

_SCHOOL = re.compile(
    r"\b(?:universit\w{1,6}|uni|college|institutes?|school|academy|akademie|polytechnic|\w*hochschule|conservator\w{1,4}|bootcamp|seminary|gymnasium|faculty|"
    r"école|ecole|universidad|università|politecnico|fakultät)\b|^(?:the )?(?:TU|TH|FH|HU|FU|HS|HTW|HAW|HTL|HAK|BHT|KIT|RWTH|LMU|TUM|ETH|EPFL|MIT|UCLA|UCL|LSE|NYU|KCL|USC|UNSW|NUS|NTU|IIT|NIT|CMU|EPFL|KTH|DTU|ENS|HEC|ESADE|INSEAD|SUNY|CUNY|Harvard|Stanford|Yale|Princeton|Oxford|Cambridge|Caltech|"
    r"Georgia Tech|Virginia Tech|Texas Tech|Virginia Commonwealth|UC|UT)\b|^(?:U|UNC|UMass|Penn) ",
    re.I,
)
# What begins a school's name where other words stand before it.
_BEGINS_SCHOOL = re.compile(
    r"(?:(?:the )?(?:Universit\w{1,6}|Uni|Technical University|Technische) |(?:TU|TH|FH|HU|FU|HS|HTW|HAW|KIT|RWTH|LMU|TUM|ETH|EPFL|MIT|UCLA|UCL|LSE|NYU)\b)"
)
_UNFINISHED = re.compile(
    r"\b(?:expected|in progress|candidate|ongoing|present|anticipated|currently|current|pursuing|working towards?|until now|heute|"
    r"credits toward|student|enrolled|thesis pending|ABD|years? [1-5] of [2-6]|(?:first|second|third|fourth|final)[- ]year)\b|"
    r"\d{4} ?[-–—] ?(?:now|today|ongoing)\b",
    re.I,
)
# What was left is neither held nor worked towards.
_LEFT = re.compile(
    r"\b(?:incomplete|not completed|withdrew|withdrawn|dropped out|drop[- ]?out|left|unfinished|no degree|without (?:a )?degree|discontinued|abandoned|"
    r"abgebrochen|did not (?:finish|complete|graduate)|\d+ (?:credits|credit hours|ects)|attended|deferred|paused|rejected|accepted|admitted|transferred|considering|planned|planning|from \d{4} on|"
    r"declined|offered|offer|turned down|refused|failed|revoked|honorary|preview|taster|open day|coursework towards?|applied (?:for|to)|application|applying|start(?:s|ing)|commencing|"
    r"(?:\d+|one|two|three|four|five|six|seven) (?:of|out of) (?:\d+|two|three|four|five|six|seven|eight)|(?:\d+|one|two|three|four|five|six|seven) (?:semesters?|terms?|modules?))\b|"
    r"[(,;:–—-]\s?applied\s?(?:$|[),;.])",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_FIGURE = re.compile(r"\d")
_CREDENTIAL = re.compile(r"\b(?:certified|certification|certificate|licen[cs]ed?|chartered)\b", re.I)
_NO_CREDENTIAL = re.compile(r"\b(?:none|n/?a|nil)\b|\bno\b(?!\.?\s?[\d:])", re.I)
_DONE = r"(?:completed|earned|received|obtained|gained|graduated (?:with|from)|awarded|achieved|hold(?:s|er of)?|i hold|i have|degree|studied|joint|double|dual|honou?rs|executive|part-time|online|international|full-time)"
_BEGINS = re.compile(rf"^(?:{_DONE}\b:?\s?(?:with |an? |my |the |in )*|(?:an?|my|the)\s|\d{{4}}\s)*(?=\w)", re.I)
# A degree's word that speaks of something else: of a thesis, of those who study, of a level.
_NO_DEGREE = re.compile(
    r"(?:master|bachelor|doctor\w{0,3}|ph\.?d\.?|degree|msc|bsc|mba|graduate)(?:['’]?s)?(?:['’])?[ -](?:thes[ie]s|students?|level|candidates|projects?|supervis\w+|applicants?|dissertation|holders)\b",
    re.I,
)
_SUBJECTS = frozenset(
    """accounting agriculture anthropology archaeology architecture art arts astronomy banking bioengineering biology botany business chemistry
    cinema classics communication communications computing criminology dance dentistry design drama ecology economics education electronics
    engineering english entrepreneurship finance film forestry french geography geology german hispanic history hospitality humanities informatics
    informatik journalism law languages linguistics literature logistics management marketing maschinenbau mathematics mathematik maths mechatronics
    media medicine music nursing nutrition optics pedagogy pharmacy philosophy photography physics physik physiotherapy politics psychology
    psychologie religion sociology software spanish sport sports statistics surveying teaching technology theatre theology tourism translation
    zoology bwl vwl betriebswirtschaft wirtschaftsinformatik wirtschaftsingenieurwesen elektrotechnik bauingenieurwesen chemie biologie jura medizin
    science sciences studies administration analytics relations affairs health care work systems development policy planning""".split()
)
_SUBJECT_ENDING = re.compile(r"(?:ology|ics|istry|nomy|graphy|ophy|ering|ture|onomics|wesen|wissenschaft(?:en)?|technik|kunde|logie|ik)$", re.I)  # fmt: skip
_ABBREVIATED = re.compile(
    r"^((?:(?:B|M)\.?\s?(?:Sc|S|A|Eng|Ed|Tech|Com|Phil|Arch|Des)\.?|BBA|BFA|MFA|MBA|Ph\.?\s?D\.?|Diplom|Dipl\.|LL\.?[BM]\.?)(?:\s?\(Hons\.?\))?)\s+(?:in\s+)?(?=\w)",
    re.I,
)
_GENERAL = re.compile(
    r"(?:Bachelor|Master|Associate|Doctor) of (?:Applied )?(?:Science|Arts|Engineering|Philosophy|Fine Arts|Education|Technology|Laws?)|(?:Bachelor|Master)(?:'s)?(?: degree)?|.*\bdegree|\S{2,6}(?: ?\(Hons\.?\))?",
    re.I,
)


def is_study(line: str) -> bool:
    """Tell whether a line is about somebody's studies."""
    if words.degrees(line):
        return not _NO_DEGREE.search(line) and not occupations.names_one(line.partition(",")[0])
    return (
        bool(_SCHOOL.search(line))
        and not occupations.names_any(line)
        and bool(re.search(r"\b(?:student|diploma|graduat)", line, re.I))
    )


def studies(sections: Lines, *, today: date) -> Iterator[Study]:
    """Read the degrees that somebody has finished or is working towards."""
    rows = [(section, line) for section, line in sections if line]
    for at, (section, raw) in enumerate(rows):
        line = text.item(raw)
        named = words.degrees(line)
        if not named or not _is_told(section, raw, line):
            continue
        neighbours = [
            text.item(rows[place][1])
            for place in (at + 1, at - 1)
            if 0 <= place < len(rows) and rows[place][0] == section
        ]
        around = [line]
        if not _school([line]):
            around += [near for near in neighbours if _is_school_line(near)][:1]
        # The line below belongs to this degree, unless it names another; the one above only as its school or date.
        beside = [near for near in neighbours[:1] if not words.degrees(near)]
        if any(_LEFT.search(near) for near in [line, *beside]):
            continue
        dated = next((near for near in [line, *around[1:], *beside] if dates.has_span(near) or _YEAR.search(near)), "")
        finished = _finished([line, *beside], dated, today)
        if not finished and not dates.has_span(dated) and not any(_UNFINISHED.search(near) for near in [line, *beside]):
            # `MBA, Harvard, 2029`: a wish as much as a plan.
            continue
        name, subject = _named(line)
        yield Study(" ".join(" ".join(around).split()), max(named), name, subject, _school(around), finished)


def _is_told(section: str, raw: str, line: str) -> bool:
    """Tell whether a line is about the person's own degree, and not about others' or about one that is wished for."""
    if (
        _NO_DEGREE.search(line)
        or held.of_relatives(line)
        or held.wished(line)
        or held.denied(line)
        or re.match(r"no\b|none\b", line, re.I)
    ):
        return False
    if postings.to_the_reader(line):
        return False
    if section in {"summary", "experience", "projects", "other", "skills", "aside", "credentials"}:
        if raw.startswith(text.BULLET) or section == "aside" or not (_SCHOOL.search(line) and _YEAR.search(line)):
            return False
    elif section == "head" and not (_SCHOOL.search(line) or _YEAR.search(line) or len(line.split()) <= 8):
        return False
    return any(words.degrees(" ".join(_bare(piece).split()[:4])) for piece in _pieces(line))


def _bare(piece: str) -> str:
    return _BEGINS.sub("", piece, count=1)


def _is_school_line(line: str) -> bool:
    return bool(_school([line])) and not words.degrees(line) and not _CREDENTIAL.search(line)


def _finished(lines: list[str], dated: str, today: date) -> bool:
    if any(_UNFINISHED.search(line) for line in lines):
        return False
    span = dates.span(dated, today)
    if span is not None:
        # The year that goes on may hold the end, and may not.
        last = max((int(year) for year in _YEAR.findall(span.written)), default=0)
        over = last < today.year or today.year * 12 + 1 < span.end < today.year * 12 + today.month
        return span.possible and not span.current and over
    return max((int(year) for year in _YEAR.findall(dated)), default=0) <= today.year


def _pieces(line: str) -> list[str]:
    bare = re.sub(r"\((?:[^()]*\d{4}[^()]*|[^()]*(?:GPA|grade|note)[^()]*)\)", "", dates.without(line, "|"), flags=re.I)
    return [
        piece.strip(" ,()–—-|.")
        for piece in re.split(r"\s*[|•·:]\s*|\s+[–—-]\s+|,\s+|\s{2,}", bare)
        if len(piece.strip(" ,()–—-|.")) > 1
    ]


def _named(line: str) -> tuple[str, str]:
    """Give a degree's name and its subject, each as far as it is clear: `BSc, TU Berlin` has no subject."""
    found = _pieces(line)
    at = next((place for place, piece in enumerate(found) if words.degrees(piece)), None)
    if at is None:
        return "", ""
    name = _bare(_YEAR.sub("", found[at])).strip(" ,()–—-|.'")
    name = re.split(r"\s+(?:from|at|@)\s+", name)[0]
    name += ")" * (name.count("(") - name.count(")"))
    short = _ABBREVIATED.match(name)
    if short:
        rest = _before_school(name[short.end() :].strip())
        return _dotted(short[1].strip()), rest if _is_subject(rest, alone=True) else ""
    following = found[at + 1] if at + 1 < len(found) else ""
    # `BSc, Computer Science`: the field stands behind a comma.
    if following and " in " not in name and _GENERAL.fullmatch(name) and _is_subject(following, alone=False):
        return _dotted(name), following
    name = _dotted(name)
    return (name, "") if 1 < len(name) <= 90 else ("", "")


def _dotted(name: str) -> str:
    """Give an abbreviation the last of its dots: `J.D.`."""
    return f"{name}." if re.fullmatch(r"\w{1,2}(?:\.\w{1,3})+", name) else name


def _is_school(name: str) -> bool:
    return bool(_SCHOOL.search(name))


def _before_school(name: str) -> str:
    """Give what stands before a school in one name: `Computer Science TU Berlin`."""
    starts = [0, *(place.end() for place in re.finditer(r"\s", name))]
    return next((name[:at].strip() for at in starts if _BEGINS_SCHOOL.match(name[at:])), name)


def _is_subject(name: str, *, alone: bool) -> bool:
    """Tell whether a name is that of a field of study.

    :param alone: it stands right behind the degree, where little else does
    """
    said = re.findall(r"[^\W\d_]+", name.lower())
    if not said or len(said) > 6 or _is_school(name) or _FIGURE.search(name) or places.is_place(name):
        return False
    if _UNFINISHED.search(name) or re.match(
        r"GPA|Honou?rs|cum|magna|summa|First|Upper|Minor|Grade|Note|Thesis|with\b", name, re.I
    ):
        return False
    if not name[:1].isupper():
        return False
    known = (
        said[-1] in _SUBJECTS
        or _SUBJECT_ENDING.search(said[-1])
        or said[0] in _SUBJECTS
        or bool(skills.find(f"Skills: {name}"))
    )
    return bool(known) or (alone and len(said) <= 4 and not name.isupper())


def _school(around: list[str]) -> str:
    for line in around:
        for piece in _pieces(line):
            named = re.split(r"\s+(?:from|at|@)\s+", piece)[-1]
            named = _YEAR.sub("", named).strip(" ,()–—-|.")
            school = _after_degree(named) if words.degrees(named) else named if _is_school(named) else ""
            if school and len(school) <= 70:
                return school
    return ""


def _after_degree(name: str) -> str:
    """Give the school of `BSc Computer Science TU Berlin`, where it begins plainly."""
    starts = (place.end() for place in re.finditer(r"\s", name))
    return next((name[at:] for at in starts if _BEGINS_SCHOOL.match(name[at:])), "")


def credentials(sections: Lines, *, today: date) -> Iterator[str]:
    """List the lines that name licences and certificates that are held."""
    seen: set[str] = set()
    for section, line in sections:
        bare = text.item(line)
        if (
            not bare
            or bare in seen
            or _NO_CREDENTIAL.search(bare)
            or not held.granted(bare, today)
            or postings.to_the_reader(bare)
        ):
            continue
        if section == "credentials" or (
            section in {"education", "other"} and _CREDENTIAL.search(bare) and not words.degrees(bare)
        ):
            seen.add(bare)
            yield bare
