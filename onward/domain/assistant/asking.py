"""What the assistant is asked for, and what it gives back."""

from dataclasses import asdict, dataclass
from typing import Any

from onward.domain.assistant.choices import Kind, Template, Tone

# What is written in a tone.
TONED = frozenset({Kind.COVER_LETTER, Kind.RESUME_TAILORING, Kind.EMAIL_TEMPLATE})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One thing to write.

    :param resume: the résumé's text; empty when it stands in the file of `resume_id`, or is not needed
    :param template: what an email is for
    :param instructions: what the person wishes for the text, in their own words
    :param application_id: what it is written for, if for an application
    :param saved_job_id: the job that it is about, if it is about one of the person's
    :param is_general_without_resume: whether it is written all the same where there is no résumé that can be read
    """

    kind: Kind
    posting: str
    resume: str = ""
    resume_id: int | None = None
    company_name: str = ""
    job_title: str = ""
    tone: str = Tone.PROFESSIONAL.value
    count: int = 10
    template: str = Template.FOLLOW_UP.value
    instructions: str = ""
    application_id: int | None = None
    saved_job_id: int | None = None
    is_general_without_resume: bool = False

    def packed(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self) | {"kind": self.kind.value}

    @classmethod
    def unpacked(cls, packed: dict[str, Any]) -> "Asked":
        """Undo :meth:`packed`."""
        return cls(**packed | {"kind": Kind(packed["kind"])})

    @property
    def shown(self) -> dict[str, Any]:
        """What a list of tasks says of it: neither the résumé nor the posting."""
        about: dict[str, Any] = {"company_name": self.company_name, "job_title": self.job_title}
        if self.kind is Kind.COVER_LETTER:
            about["tone"] = self.tone
        if self.kind is Kind.INTERVIEW_QUESTIONS:
            about["question_count"] = self.count
        return about


@dataclass(frozen=True, kw_only=True)
class Written:
    """One thing that was written.

    :param content: as a text, whatever it is
    :param body: as its API answer has it: a name, and a text or an analysis
    """

    content: str
    body: dict[str, Any]
    analysis: dict[str, Any] | None
    sources: list[dict[str, Any]]
    warnings: list[str]
    model: str
    tokens: int

    def kept_as(self, saved_id: int | None) -> dict[str, Any]:
        """Return it as a task keeps it. :param saved_id: of the item in the history, if it is kept there"""
        return {**self.body, "model": self.model, "tokens": self.tokens, "saved_id": saved_id}
