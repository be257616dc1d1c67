"""What to say of a comparison: how it stands, and what would help. Never what to make up."""

from onward.domain.assistant.offline import skills, words
from onward.domain.assistant.offline.matching import Fit, met, years_asked
from onward.domain.assistant.offline.postings import Kind, Posting
from onward.domain.assistant.offline.resumes import Resume
from onward.domain.assistant.offline.words import DEGREE_NAMES

RECOMMENDATIONS = 6


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
    shown = [demand for demand in hard if met(resume, demand)]
    required = {name for demand in shown for name in demand.anyof}
    among = [name for name in fit.matching if not skills.soft(name) and (name in required or not hard)][:4]
    if not hard:
        return (
            f"the résumé shows {words.listed(among)}."
            if among
            else "the posting lists no particular skills as required."
        )
    if len(hard) == 1:
        return f"the résumé {'shows' if shown else 'does not show'} the one skill that is required, {words.listed(list(hard[0].anyof), last='or')}."
    number = f"all {words.spelled(len(hard))}" if len(shown) == len(hard) > 2 else f"{len(shown)} of {len(hard)}"
    said = f"the résumé shows {number} required skills"
    return f"{said}, among them {words.listed(among)}." if len(shown) > 2 and among else f"{said}."


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
        *_on_experience(resume, posting, fit),
        *_on_musts(fit),
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
