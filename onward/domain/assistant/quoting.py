"""The writer that needs no provider: it quotes the person's own lines and names nothing that is not certain."""

from onward.domain.assistant import approaches, comparing, emails, letters, questions, tailoring
from onward.domain.assistant.approaches import Approach, Message
from onward.domain.assistant.letters import name
from onward.domain.assistant.posting import read
from onward.domain.assistant.writing import Letter, Match, Questions, Text
from onward.domain.resumes.facts.reader import Reading, beginning

MODEL = "onward-quotes-1"
LONGEST_COMPANY, LONGEST_JOB = 60, 80

NOT_FOLLOWED = "Your instructions were not followed: without a language model a text quotes, and is not written freely."


class _Job:
    """What a posting asks for, and its company and title as names. :ivar warnings: what of it was not used"""

    def __init__(self, posting: str, company_name: str, job_title: str) -> None:
        self.asked = read(posting, employer=company_name)
        self.company = name(company_name, longest=LONGEST_COMPANY)
        self.title = name(job_title, longest=LONGEST_JOB)
        self.warnings = _of_length(posting)
        for what, given, kept in (("company", company_name, self.company), ("position", job_title, self.title)):
            if given.strip() and given.strip() != kept:
                self.warnings.append(f"Of what was given as the {what}, “{kept}” was used.")


class QuotingWriter:
    """Writes from the résumé and the posting alone, the same for the same input."""

    def cover_letter(
        self, *, resume: Reading, posting: str, company_name: str, job_title: str, tone: str, instructions: str = ""
    ) -> Letter:
        """Write a letter that claims nothing without a line of the résumé."""
        job = _Job(posting, company_name, job_title)
        fit = comparing.compare(resume, job.asked)
        lines = comparing.chosen(resume, job.asked, fit, most=letters.MOST_LINES)
        text, sources = letters.compose(
            resume=resume, fit=fit, lines=lines, company=job.company, job=job.title, tone=tone
        )
        warnings = [*resume.warnings, *job.warnings, *_of_instructions(instructions)]
        if not lines:
            warnings.append("No line of the résumé could be quoted.")
        return Letter(text=text, sources=sources, warnings=warnings, model=MODEL, tokens=0)

    def tailoring(
        self, *, resume: Reading, posting: str, company_name: str, job_title: str, tone: str, instructions: str = ""
    ) -> Text:
        """Return what to move up, which words are the person's and what is missing, in quotations."""
        job = _Job(posting, company_name, job_title)
        fit = comparing.compare(resume, job.asked)
        text, sources = tailoring.compose(
            resume=resume, asked=job.asked, fit=fit, company=job.company, job=job.title, tone=tone
        )
        warnings = [*resume.warnings, *job.warnings, *_of_instructions(instructions), *fit.apart]
        return Text(text=text, sources=sources, warnings=warnings, model=MODEL, tokens=0)

    def email(
        self,
        *,
        resume: Reading,
        posting: str,
        company_name: str,
        job_title: str,
        tone: str,
        template: str,
        instructions: str = "",
    ) -> Text:
        """Write an email that claims nothing without a line of the résumé."""
        job = _Job(posting, company_name, job_title)
        lines = []
        if template in emails.QUOTES:
            fit = comparing.compare(resume, job.asked)
            lines = comparing.chosen(resume, job.asked, fit, most=emails.MOST_LINES)
        text, sources = emails.compose(
            resume=resume, lines=lines, company=job.company, job=job.title, tone=tone, template=template
        )
        warnings = [*resume.warnings, *job.warnings, *_of_instructions(instructions)]
        return Text(text=text, sources=sources, warnings=warnings, model=MODEL, tokens=0)

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
        text = questions.ask(read(posting, employer=company_name), job=job_title, count=count)
        return Questions(text=text, warnings=_of_length(posting), model=MODEL, tokens=0)

    def message(self, approach: Approach) -> Message:
        """Write to an employer: plain sentences around what the posting says."""
        return approaches.compose(approach, model=MODEL)


def _of_length(text: str) -> list[str]:
    return ["The posting is long; only its beginning was read."] if beginning(text)[1] else []


def _of_instructions(instructions: str) -> list[str]:
    return [NOT_FOLLOWED] if instructions.strip() else []
