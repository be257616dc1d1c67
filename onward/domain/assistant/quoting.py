"""The writer that needs no provider: it quotes the person's own lines and names nothing that is not certain."""

from onward.domain.assistant import approaches, comparing, letters, questions
from onward.domain.assistant.approaches import Approach, Message
from onward.domain.assistant.letters import name
from onward.domain.assistant.posting import read
from onward.domain.assistant.writing import Letter, Match, Questions
from onward.domain.resumes.facts.reader import Reading, beginning

MODEL = "onward-quotes-1"
LONGEST_COMPANY, LONGEST_JOB = 60, 80


class QuotingWriter:
    """Writes from the résumé and the posting alone, the same for the same input."""

    def cover_letter(self, *, resume: Reading, posting: str, company_name: str, job_title: str, tone: str) -> Letter:
        """Write a letter that claims nothing without a line of the résumé."""
        asked = read(posting)
        fit = comparing.compare(resume, asked)
        company, job = name(company_name, longest=LONGEST_COMPANY), name(job_title, longest=LONGEST_JOB)
        lines = comparing.chosen(resume, asked, fit, most=letters.MOST_LINES)
        text, sources = letters.compose(resume=resume, fit=fit, lines=lines, company=company, job=job, tone=tone)
        warnings = [*resume.warnings, *_of_length(posting)]
        for what, given, kept in (("company", company_name, company), ("position", job_title, job)):
            if given.strip() and given.strip() != kept:
                warnings.append(f"Of what was given as the {what}, “{kept}” was used.")
        if not lines:
            warnings.append("No line of the résumé could be quoted.")
        return Letter(text=text, sources=sources, warnings=warnings, model=MODEL, tokens=0)

    def job_match(self, *, resume: Reading, posting: str, job_title: str = "") -> Match:
        """Compare a résumé with a posting."""
        asked = read(posting)
        fit = comparing.compare(resume, asked)
        score, parts = comparing.score(resume, asked, fit)
        return Match(
            score=score,
            matching=list(
                dict.fromkeys(
                    hit.skill if hit.skill in hit.requirement.any_of else hit.requirement.called for hit in fit.hits
                )
            ),
            missing=list(dict.fromkeys(gap.called for gap in fit.gaps)),
            recommendations=comparing.recommendations(fit),
            summary=comparing.summary(fit),
            parts=parts,
            warnings=[*_of_length(posting), *fit.apart],
            sources=comparing.evidence(fit),
            model=MODEL,
            tokens=0,
        )

    def interview_questions(self, *, posting: str, company_name: str, job_title: str, count: int) -> Questions:
        """Ask what this posting's interviewers may ask."""
        text = questions.ask(read(posting), job=job_title, count=count)
        return Questions(text=text, warnings=_of_length(posting), model=MODEL, tokens=0)

    def message(self, approach: Approach) -> Message:
        """Write to an employer: plain sentences around what the posting says."""
        return approaches.compose(approach, model=MODEL)


def _of_length(text: str) -> list[str]:
    return ["The posting is long; only its beginning was read."] if beginning(text)[1] else []
