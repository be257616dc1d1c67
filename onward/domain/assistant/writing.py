"""What a writer is asked for and what it answers. Every writer is asked the same."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from onward.domain.assistant.approaches import Approach, Message
from onward.domain.resumes.facts.reader import Reading


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text about an application: a letter, an email, advice on tailoring a résumé.

    :param sources: the facts of the résumé that its claims rest on
    :param warnings: claims that the résumé does not hold
    :param model: who wrote it
    """

    text: str
    sources: list[dict[str, Any]]
    warnings: list[str]
    model: str
    tokens: int


@dataclass(frozen=True, kw_only=True)
class Letter(Text):
    """A cover letter."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """How well a résumé fits a posting.

    :param score: 0 to 100
    :param parts: the scores that it is made of
    :param sources: for each hit its line of the résumé, for each gap the posting's sentence
    """

    score: int
    matching: list[str]
    missing: list[str]
    recommendations: list[str]
    summary: str
    parts: dict[str, int]
    warnings: list[str]
    model: str
    tokens: int
    sources: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Questions:
    """Interview questions, numbered and grouped by type."""

    text: str
    warnings: list[str]
    model: str
    tokens: int


class Writer(Protocol):
    """Whoever writes. A call may take long and must not be made inside a transaction.

    Every method raises :class:`WriterFailed` when there is no answer to give.
    """

    def cover_letter(
        self, *, resume: Reading, posting: str, company_name: str, job_title: str, tone: str, instructions: str = ""
    ) -> Letter:
        """Write a cover letter that claims nothing but what the résumé holds.

        :param resume: its text is empty where there is none; the letter is general then, and claims nothing
        :param instructions: what the person wishes for the text, in their own words
        """

    def tailoring(
        self, *, resume: Reading, posting: str, company_name: str, job_title: str, tone: str, instructions: str = ""
    ) -> Text:
        """Return what to move up, which of the posting's words are truly the person's, and what is missing."""

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
        """Write an email about a job to its employer. :param template: what it is for"""

    def job_match(self, *, resume: Reading, posting: str, job_title: str = "") -> Match:
        """Compare a résumé with a posting."""

    def interview_questions(self, *, posting: str, company_name: str, job_title: str, count: int) -> Questions:
        """Ask what this posting's interviewers may ask."""

    def message(self, approach: Approach) -> Message:
        """Write to an employer for a placement team, and claim nothing but what is known."""


class WriterFailed(Exception):
    """Nothing was written.

    :param sentence: for the person: no trace, no key, no address
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadAnswer(WriterFailed):
    """A provider answered, and nothing can be made of it. In every other case none could be asked."""
