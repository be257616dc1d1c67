"""Writers for tests: they do as they are told, and remember what they were asked."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from onward.domain.assistant.writing import Letter, Match, Questions, Text

POSTING = "Required: 5+ years of experience in Python and Django, PostgreSQL; Kubernetes is a plus."
RESUME = "Ada Ahmed\nSoftware Engineer with 5 years of Python, Django and PostgreSQL."


class FakeWriter:
    """Writes the same for everybody.

    :ivar asked: what it was asked for, call by call
    :ivar before: is called before it writes, to raise or to interfere
    """

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.in_transaction: list[bool] = []
        self.before: Callable[[], Any] = lambda: None

    def _work(self, asked: dict[str, Any]) -> None:
        self.asked.append({name: getattr(value, "text", value) for name, value in asked.items()})
        self.in_transaction.append(len(connection.savepoint_ids) > 0 and connection.in_atomic_block)
        self.before()

    def cover_letter(self, **asked: Any) -> Letter:
        self._work(asked)
        return Letter(
            text="Dear Hiring Manager,\n\nI am writing to express…",
            sources=[{"claim": "Python", "fact": "5 years of Python"}],
            warnings=["Kubernetes is not in the résumé."],
            model="llama-3.1-70b-versatile",
            tokens=1500,
        )

    def job_match(self, **asked: Any) -> Match:
        self._work(asked)
        return Match(
            score=85,
            matching=["Python", "Django", "PostgreSQL"],
            missing=["Kubernetes"],
            recommendations=["Consider getting Kubernetes certification"],
            summary="Strong match for this position…",
            parts={"skills": 80, "title": 90},
            warnings=[],
            model="llama-3.1-70b-versatile",
            tokens=1200,
        )

    def interview_questions(self, **asked: Any) -> Questions:
        self._work(asked)
        return Questions(
            text="1. Tell me about a time when you had to…\n2. How would you design a…",
            warnings=[],
            model="llama-3.1-70b-versatile",
            tokens=800,
        )

    def tailoring(self, **asked: Any) -> Text:
        self._work(asked)
        return self._text("Move up\nMissing")

    def email(self, **asked: Any) -> Text:
        self._work(asked)
        return self._text("Subject: …")

    def _text(self, text: str) -> Text:
        return Text(text=text, sources=[], warnings=[], model="llama-3.1-70b-versatile", tokens=900)
