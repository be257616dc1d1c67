"""How well a résumé fits a posting, and why.

The score is the weighted mean of four parts of 0 to 100. A part that the posting gives nothing to measure by is left
out and the others share its weight:

=================  ======  ==========================================================================================
part               weight  what it is
=================  ======  ==========================================================================================
qualifications     45      skills (a must weighs 3, a nice-to-have 1), years (3, by the share reached), degree (2);
                           no more than the share of the required years that is reached
responsibilities   25      how much of each duty's skills and words the résumé holds; three fifths count as all
keywords           15      the share of all skills and most telling words that the résumé holds; three quarters count as all
title              15      how alike the wanted title and the closest title of the résumé are
=================  ======  ==========================================================================================

The posting alone decides what is measured, and everything measured only grows with what the résumé holds. So a
skill that is added to a résumé never lowers a score.
"""

import re
from collections import Counter
from dataclasses import dataclass

from onward.domain.assistant.offline import occupations, postings, skills, words
from onward.domain.assistant.offline.postings import Demand, Kind, Posting
from onward.domain.assistant.offline.resumes import Resume

WEIGHTS = {"qualifications": 45, "responsibilities": 25, "keywords": 15, "title": 15}

MUST_WEIGHT = 3
YEARS_WEIGHT = 3
# What is shown of the years when the résumé gives nothing to count them by: not none, and not all.
YEARS_UNKNOWN = 0.5
# Nobody counts a season.
YEARS_ROUNDED = 0.25
DEGREE_WEIGHT = 2
# A duty is covered when this share of its words is there: nobody uses all of a posting's words.
DUTY_COVERED = 0.6
KEYWORDS_COVERED = 0.75
TELLING_WORDS = 20
SHOWN_SKILLS = 40

_SAME_TITLE = (
    {"developer", "engineer", "programmer"},
    {"teacher", "instructor", "educator"},
    {"manager", "lead", "supervisor", "head"},
    {"designer", "ux", "ui"},
    {"frontend", "front"},
    {"backend", "back"},
    {"accountant", "accounting"},
)
_TITLE_RANKS = frozenset(
    "senior sr junior jr lead principal staff mid intermediate entry level graduate trainee i ii iii iv of and the for a in end".split()
)
_RANK = {"junior": 1, "": 2, "mid": 2, "senior": 3, "lead": 4}
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Fit:
    """What a comparison found.

    :param parts: each part's score, only those that could be measured
    :param gaps: the posting's demands of skills that the résumé does not meet, must-haves first
    :param years_short: the years that are required and not shown, or 0
    """

    score: int
    parts: dict[str, int]
    matching: list[str]
    missing: list[str]
    missing_musts: list[str]
    gaps: list[Demand]
    years_short: float


def compare(resume: Resume, posting: Posting) -> Fit:
    """Compare what was read of a résumé with what was read of a posting."""
    measured = {
        "qualifications": _qualifications(resume, posting),
        "responsibilities": _responsibilities(resume, posting),
        "keywords": _keywords(resume, posting),
        "title": _title(resume, posting),
    }
    parts = {name: share for name, share in measured.items() if share is not None}
    total = sum(WEIGHTS[name] for name in parts)
    score = sum(WEIGHTS[name] * share for name, share in parts.items()) / total if total and resume.lines else 0.0
    matching, missing, musts, gaps = _skills(resume, posting)
    short = posting.years - resume.years if resume.years < posting.years - YEARS_ROUNDED else 0.0
    return Fit(
        score=round(100 * score),
        parts={name: round(100 * share) for name, share in parts.items()},
        matching=matching[:SHOWN_SKILLS],
        missing=[*([years_asked(posting)] if short else []), *missing[:SHOWN_SKILLS]],
        missing_musts=musts,
        gaps=gaps,
        years_short=short,
    )


def years_asked(posting: Posting) -> str:
    """Name the years that are required, as they stand among what is missing."""
    return f"{posting.years} {'year' if posting.years == 1 else 'years'} of experience"


def met(resume: Resume, demand: Demand) -> bool:
    """Tell whether a résumé holds one of the skills that a demand would have."""
    return any(name in resume.held for name in demand.anyof)


def _qualifications(resume: Resume, posting: Posting) -> float | None:
    total = reached = 0.0
    for demand in posting.demands:
        if demand.kind is Kind.DUTY:
            continue
        soft = all(skills.soft(name) for name in demand.anyof)
        weight = 0.5 if soft else MUST_WEIGHT if demand.kind is Kind.MUST else 1
        total += weight
        reached += weight * met(resume, demand)
    if posting.years:
        total += YEARS_WEIGHT
        reached += YEARS_WEIGHT * min(1.0, resume.years / posting.years)
    if posting.degree:
        total += DEGREE_WEIGHT
        held = resume.degree
        if held and held >= posting.degree:
            reached += DEGREE_WEIGHT
        elif posting.experience_instead and resume.years >= 4:
            reached += DEGREE_WEIGHT * 0.75
    if not total:
        return None
    # Half of the years is half of the qualification at most, whatever else is there.
    return min(reached / total, _years_reached(resume, posting))


def _years_reached(resume: Resume, posting: Posting) -> float:
    if not posting.years:
        return 1.0
    counted = bool(resume.positions or resume.stated_years[0])
    return min(1.0, resume.years / posting.years) if counted else YEARS_UNKNOWN


def _responsibilities(resume: Resume, posting: Posting) -> float | None:
    held = set(words.stems(resume.text))
    shares = []
    for line in posting.of(Kind.DUTY):
        wanted = set(words.stems(line))
        named = set(skills.names(line))
        if not wanted and not named:
            continue
        by_words = len(wanted & held) / len(wanted) / DUTY_COVERED if wanted else 0.0
        by_skills = len(named & resume.held) / len(named) if named else by_words
        shares.append(min(1.0, max(by_words, (by_words + by_skills) / 2)))
    return sum(shares) / len(shares) if shares else None


def _keywords(resume: Resume, posting: Posting) -> float | None:
    wanted = set(posting.skills(Kind.MUST, Kind.NICE, Kind.DUTY))
    counted = Counter(
        stem for kind, line in posting.lines if kind in {Kind.MUST, Kind.NICE, Kind.DUTY} for stem in words.stems(line)
    )
    telling = {stem for stem, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:TELLING_WORDS]}
    if not wanted and not telling:
        return None
    held = set(words.stems(resume.text))
    # A skill says more than a word.
    total = 2 * len(wanted) + len(telling)
    # Nobody uses all of a posting's words: three quarters count as all.
    return min(1.0, (2 * len(wanted & resume.held) + len(telling & held)) / total / KEYWORDS_COVERED)


def other_line_of_work(resume: Resume, posting: Posting) -> bool:
    """Tell whether the titles of the résumé are surely of other fields than the one that is wanted.

    A title of which no word tells a field, or whose words we do not know, may be of any.
    """
    wanted = occupations.fields(posting.title)
    held = [occupations.fields(title) for title in _titles(resume)]
    return bool(wanted and held) and all(fields and not fields & wanted for fields in held)


def _titles(resume: Resume) -> list[str]:
    return list(dict.fromkeys(filter(None, (resume.title, *(position.title for position in resume.positions)))))


def _title(resume: Resume, posting: Posting) -> float | None:
    wanted = _title_words(posting.title)
    # By `SBE`, nothing can be measured.
    titles = _titles(resume)
    shared = any(wanted & _title_words(title) for title in titles)
    if not wanted or not (shared or occupations.recognised(posting.title)):
        return None
    said = set(_WORD.findall(resume.text.lower()))
    return max((_alike(posting.title, wanted, title, said) for title in titles), default=0.0)


def _alike(wanted_title: str, wanted: set[str], title: str, said: set[str]) -> float:
    held = _title_words(title)
    # `Backend` in the text of a software engineer's résumé says half of what it would in the title.
    same = sum(
        1.0 if word in held else 0.8 if _synonym(word, held) else 0.5 if word in said and held & wanted else 0.0
        for word in wanted
    )
    share = same / len(wanted)
    distance = abs(_RANK[postings.seniority(wanted_title)] - _RANK[postings.seniority(title)])
    return share * (1.0 - 0.1 * distance)


def _title_words(title: str) -> set[str]:
    found = set(occupations.written_out(title))
    return found - _TITLE_RANKS or found


def _synonym(word: str, held: set[str]) -> bool:
    return any(word in group and group & held for group in _SAME_TITLE)


def _skills(resume: Resume, posting: Posting) -> tuple[list[str], list[str], list[str], list[Demand]]:
    ordered = sorted(posting.demands, key=lambda demand: (Kind.MUST, Kind.DUTY, Kind.NICE).index(demand.kind))
    matching: dict[str, None] = {}
    missing: dict[str, None] = {}
    musts: dict[str, None] = {}
    gaps: list[Demand] = []
    for demand in ordered:
        held = [name for name in demand.anyof if name in resume.held]
        matching |= dict.fromkeys(held)
        # Everybody claims to be a team player: not writing it down is no gap.
        if held or all(skills.soft(name) for name in demand.anyof):
            continue
        gaps.append(demand)
        missing |= dict.fromkeys(demand.anyof)
        if demand.kind is Kind.MUST:
            musts |= dict.fromkeys(demand.anyof)
    hard = sorted(matching, key=skills.soft)
    return hard, [name for name in missing if name not in matching], list(musts), gaps
