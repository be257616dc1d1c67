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
from onward.domain.assistant.offline.words import DEGREE_NAMES

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
RECOMMENDATIONS = 6
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


def _met(resume: Resume, demand: Demand) -> bool:
    return any(name in resume.held for name in demand.anyof)


def _qualifications(resume: Resume, posting: Posting) -> float | None:
    total = reached = 0.0
    for demand in posting.demands:
        if demand.kind is Kind.DUTY:
            continue
        soft = all(skills.soft(name) for name in demand.anyof)
        weight = 0.5 if soft else MUST_WEIGHT if demand.kind is Kind.MUST else 1
        total += weight
        reached += weight * _met(resume, demand)
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


def summary(fit: Fit, resume: Resume, posting: Posting) -> str:
    """Say in two or three sentences how it stands."""
    if not resume.lines:
        return "No text could be read in the résumé, so there is nothing to compare. Try a file with text in it, not a scan."
    if not fit.parts:
        return "The posting names no skills, duties or title that could be compared. Paste its full text for a useful answer."
    said = [f"{_verdict(fit.score)} ({fit.score} of 100): {_musts(resume, posting, fit)}"]
    experience = _experience(resume, posting, fit)
    if experience:
        said.append(experience)
    missing = [name for name in fit.missing if name != years_asked(posting)]
    if missing:
        more = [f"{words.spelled(len(missing) - 4)} more"] if len(missing) > 4 else []
        said.append(f"Not to be found in it: {words.listed([*missing[:4], *more])}.")
    return " ".join(said[:3])


def _verdict(score: int) -> str:
    if score >= 80:
        return "Strong match"
    if score >= 60:
        return "Good match"
    return "Partial match" if score >= 35 else "Weak match"


def _musts(resume: Resume, posting: Posting, fit: Fit) -> str:
    hard = [d for d in posting.demands if d.kind is Kind.MUST and not all(skills.soft(name) for name in d.anyof)]
    met = [demand for demand in hard if _met(resume, demand)]
    required = {name for demand in met for name in demand.anyof}
    among = [name for name in fit.matching if not skills.soft(name) and (name in required or not hard)][:4]
    if not hard:
        return (
            f"the résumé shows {words.listed(among)}."
            if among
            else "the posting lists no particular skills as required."
        )
    if len(hard) == 1:
        return f"the résumé {'shows' if met else 'does not show'} the one skill that is required, {words.listed(list(hard[0].anyof), last='or')}."
    number = f"all {words.spelled(len(hard))}" if len(met) == len(hard) > 2 else f"{len(met)} of {len(hard)}"
    shows = f"the résumé shows {number} required skills"
    return f"{shows}, among them {words.listed(among)}." if len(met) > 2 and among else f"{shows}."


def _experience(resume: Resume, posting: Posting, fit: Fit) -> str:
    said = []
    if posting.years:
        said.append(
            f"The posting asks for {words.spelled(posting.years)} {'year' if posting.years == 1 else 'years'} of experience and the résumé "
            + (f"shows about {_years(resume.years)}" if resume.years else "gives no dates to count")
            + (", so this is a gap" if fit.years_short and resume.years else "")
        )
    if posting.degree and not (resume.degree and resume.degree >= posting.degree):
        named = DEGREE_NAMES[posting.degree]
        said.append(f"{'a' if said else 'A'} {named} is asked for and not shown")
    return f"{'; '.join(said)}." if said else ""


def _years(years: float) -> str:
    if years < 1:
        months = max(1, round(12 * years))
        return f"{words.spelled(months)} {'month' if months == 1 else 'months'}"
    return f"{years:g}" if years < 10 else f"{years:.0f}"


def recommendations(fit: Fit, resume: Resume, posting: Posting) -> list[str]:
    """Say what to show and what to learn; never what to make up."""
    if not resume.lines:
        return ["Upload the résumé as a text PDF or DOCX: a scanned page holds no text that can be compared."]
    said = [
        *_on_musts(fit),
        *_on_experience(resume, posting, fit),
        *_on_evidence(resume, posting, fit),
        *_on_duties(resume, posting),
    ]
    wishes = [d.anyof[0] for d in fit.gaps if d.kind is Kind.NICE][:3]
    nice = [*wishes[:1], *(skills.in_prose(name) for name in wishes[1:])]
    if nice:
        said.append(
            f"{words.listed(nice)} would be welcome but {'is' if len(nice) == 1 else 'are'} not required: mention any real contact with {'it' if len(nice) == 1 else 'them'}, and leave {'it' if len(nice) == 1 else 'them'} out otherwise."
        )
    if fit.score >= 80 and len(said) < 2:
        said.append(
            "The fit is good: put the positions and bullets that the posting asks about first, and keep the rest short."
        )
    return said[:RECOMMENDATIONS]


# How a skill is come by honestly, by its area.
_LEARNT = {
    "credentials": "If you hold it, list it with its year and issuer; if it is under way, say when you expect it; if not, ask before you apply whether it can follow.",
    "languages": "If you speak it, state your level; if not, ask how far the work can be done without it.",
    "practice": "If you have done it, say where, how often and with what result; if not, a course or a supervised placement is the honest way to it.",
    "craft": "If you have used it, add where and what for; if not, a short course and a small project of your own are the honest way to show it.",
    "office": "If it was part of a position, add what you did and what came of it; if not, take on a task of this kind where you are, or say in the interview what you know that is closest.",
}  # fmt: skip
_WAYS = dict.fromkeys(("software", "data", "design"), "craft") | dict.fromkeys(
    ("healthcare", "education", "trades", "hospitality"), "practice"
)


def _on_musts(fit: Fit) -> list[str]:
    """Say one thing per way of coming by what is missing."""
    ways: dict[str, list[str]] = {}
    for demand in [gap for gap in fit.gaps if gap.kind is Kind.MUST][:6]:
        area = skills.area(demand.anyof[0])
        way = area if area in _LEARNT else _WAYS.get(area, "office")
        ways.setdefault(way, []).append(words.listed([skills.in_prose(name) for name in demand.anyof[:4]], last="or"))
    said = []
    for way, named in ways.items():
        advice = _LEARNT[way]
        said += [f"Required and not in the résumé: {one}. {advice}" for one in named[:1]]
        if named[1:]:
            said.append(f"The same goes for {words.listed(named[1:4])}.")
    return said


def _on_experience(resume: Resume, posting: Posting, fit: Fit) -> list[str]:
    said = []
    if posting.years and not resume.years:
        said.append(
            f"The posting asks for {years_asked(posting)} and no dates were found: give each position a start and an end, with months."
        )
    elif fit.years_short:
        said.append(
            f"The posting asks for {years_asked(posting)}; the dates in the résumé add up to about {_years(resume.years)}. Check that every relevant position is listed, internships and contracts too, and let results speak for the difference."
        )
    if posting.degree and not (resume.degree and resume.degree >= posting.degree):
        named = DEGREE_NAMES[posting.degree]
        if posting.experience_instead:
            said.append(
                f"A {named} or equivalent experience is asked for: put the experience that stands in for it near the top."
            )
        else:
            said.append(
                f"A {named} is asked for and none is shown. If you have one, give subject, school and year; if not, ask whether experience counts instead."
            )
    return said


def _on_evidence(resume: Resume, posting: Posting, fit: Fit) -> list[str]:
    said = []
    told = [
        *(bullet.line for _, bullet in resume.bullets),
        *(" ".join(p.header) for p in resume.positions),
        resume.title,
    ]
    shown = skills.with_implied(
        name for line in [*told, *(study.line for study in resume.studies)] for name in skills.names(line)
    )
    # Of `Django or FastAPI`, one that is shown is enough.
    beside = {name for demand in posting.demands if set(demand.anyof) & shown for name in demand.anyof}
    bare = [
        name
        for name in fit.matching
        if name not in shown | beside
        and not skills.soft(name)
        and skills.area(name) not in {"credentials", "languages"}
    ]
    if resume.bullets and bare:
        named = words.listed([bare[0], *(skills.in_prose(name) for name in bare[1:3])])
        said.append(
            f"{named} {'is' if len(bare[:3]) == 1 else 'are'} wanted and stand{'s' if len(bare[:3]) == 1 else ''} in the résumé, but no bullet shows {'it' if len(bare[:3]) == 1 else 'them'} at work: add one about what you did with {'it' if len(bare[:3]) == 1 else 'them'}."
        )
    figures = sum(bullet.has_figure for _, bullet in resume.bullets)
    if len(resume.bullets) >= 3 and figures * 3 < len(resume.bullets):
        said.append(
            f"{figures or 'None'} of {len(resume.bullets)} bullets {'has' if figures == 1 else 'have'} a figure. Where you know it, say how many, how much or how long."
        )
    return said


def _on_duties(resume: Resume, posting: Posting) -> list[str]:
    held = set(words.stems(resume.text))
    for line in posting.of(Kind.DUTY):
        wanted = set(words.stems(line))
        if (
            len(wanted) >= 3
            and len(wanted & held) / len(wanted) < 0.25
            and len(line) <= 140
            and not set(skills.names(line)) & resume.held
        ):
            return [
                f"Nothing in the résumé speaks to this part of the work: “{line.rstrip('.')}”. If you have done something like it, add a line."
            ]
    return []
