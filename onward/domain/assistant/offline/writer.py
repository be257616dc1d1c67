"""The writer that needs no provider: it reads, compares and composes by rule, the same for the same input."""

from datetime import UTC, date, datetime

from onward.domain.assistant.offline import advice, guard, letters, matching, names, postings, questions, resumes, text
from onward.domain.assistant.writing import Letter, Match, Questions

MODEL = "onward-offline-1"


class OfflineWriter:
    """Writes from the résumé and the posting alone.

    :param today: the day that `present` means in a résumé; the present one when not given
    """

    def __init__(self, *, today: date | None = None) -> None:
        self._today = today

    def cover_letter(self, *, resume: str, posting: str, company_name: str, job_title: str, tone: str) -> Letter:
        """Write a cover letter in which each claim names its lines of the résumé."""
        read = resumes.read(resume, today=self._day())
        composed = letters.compose(
            resume=read, posting=postings.read(posting, title=job_title), company=company_name, job=job_title, tone=tone
        )
        sources = [
            {"claim": sentence.text, "fact": fact}
            for sentence in composed.sentences
            for fact in dict.fromkeys(sentence.facts)
        ]
        warnings = [
            *_of_length(resume, posting),
            *_of_dates(read),
            *_of_names(company_name, job_title),
            *_of_letter(read),
        ]
        warnings += guard.beyond(composed.text, read)
        return Letter(text=composed.text, sources=sources, warnings=warnings, model=MODEL, tokens=0)

    def job_match(self, *, resume: str, posting: str, job_title: str = "") -> Match:
        """Compare a résumé with a posting."""
        read = resumes.read(resume, today=self._day())
        asked = postings.read(posting, title=job_title)
        fit = matching.compare(read, asked)
        return Match(
            score=fit.score,
            matching=fit.matching,
            missing=fit.missing,
            recommendations=advice.recommendations(fit, read, asked),
            summary=advice.summary(fit, read, asked),
            parts=fit.parts,
            warnings=[*_of_length(resume, posting), *_of_dates(read)],
            model=MODEL,
            tokens=0,
        )

    def interview_questions(self, *, posting: str, company_name: str, job_title: str, count: int) -> Questions:
        """Ask what this posting's interviewers may ask."""
        asked = questions.ask(postings.read(posting, title=job_title), company=company_name, count=count)
        numbered = "\n".join(f"{number}. {question}" for number, question in enumerate(asked, 1))
        return Questions(text=numbered, warnings=_of_length(posting), model=MODEL, tokens=0)

    def _day(self) -> date:
        return self._today or datetime.now(UTC).date()


def _of_length(*texts: str) -> list[str]:
    if any(len(given) > text.LIMIT for given in texts):
        return [f"The text was long: its first {text.LIMIT:,} characters were read."]
    return []


def _of_dates(resume: resumes.Resume) -> list[str]:
    if not resume.impossible:
        return []
    lines = "; ".join(f"“{line}”" for line in resume.impossible[:3])
    return [f"These dates cannot be, so what stands under them was left out: {lines}."]


def _of_names(company: str, job: str) -> list[str]:
    said = []
    for what, given, name in (("company", company, names.company(company)), ("position", job, names.job(job))):
        if names.was_cut(given, name):
            kept = f"only “{name}” was used of it" if name else "it was not used"
            said.append(f"The {what} was given as more than a name; {kept}.")
    return said


def _of_letter(resume: resumes.Resume) -> list[str]:
    warnings = []
    if not resume.lines:
        warnings.append("No text could be read in the résumé, so the letter says nothing about you yet.")
    elif not resume.positions:
        warnings.append("No positions with dates were found in the résumé, so the letter names none.")
    if resume.lines and not resume.name:
        warnings.append("No name was found at the top of the résumé: sign the letter yourself.")
    return warnings
