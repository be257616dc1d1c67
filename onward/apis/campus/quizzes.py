"""Quizzes as routers show them: questions with or without what is right, and attempts as far as one may see."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from onward.apis.base import Request
from onward.apis.campus.learning import sight
from onward.apis.campus.resource import Resource
from onward.apis.campus.schemas.boards import compact
from onward.apis.campus.schemas.people import PersonOut
from onward.apis.campus.schemas.quizzes import (
    AskedOut,
    AttemptOut,
    AttemptRow,
    QuestionChanges,
    QuestionIn,
    QuestionKeyOut,
    QuestionRow,
    QuizChanges,
    QuizIn,
    QuizOut,
    shown,
)
from onward.apis.filters import ById
from onward.apis.paging import Pages
from onward.domain.accounts.models import User
from onward.domain.exchange.cells import neutralise
from onward.domain.learning.choices import Review
from onward.domain.learning.models import Attempt
from onward.domain.learning.queries import attempts, quizzes
from onward.platform.wire import Reading


class _ShownPages(Pages):
    """Pages of questions, each with what is right only for who manages the quiz."""

    def envelope(self, request: HttpRequest, *, count: int, rows: str) -> str:
        return super().envelope(request, count=count, rows=compact(shown(json.loads(rows))))


class _Questions(Resource):
    """The questions of a quiz, to who may read them."""

    paging = _ShownPages(usual=20, most=100)

    def document(self, reading: Reading, request: Request, key: Any, **values: Any) -> str:
        return compact(shown([json.loads(super().document(reading, request, key, **values))])[0])


QUIZZES = Resource(
    quizzes.quizzes,
    row=QuizOut,
    body=QuizIn,
    changes=QuizChanges,
    filters={"course_id": ById("course_id")},
    search=("title", "description"),
    orders=("created_at", "title", "opens_at", "closes_at"),
    order="-created_at",
    values=sight,
)
# Neither a search nor an order looks at what is right.
QUESTIONS = _Questions(quizzes.questions, row=QuestionRow, search=("content",), order="pk", values=sight)
MANAGED = Resource(
    quizzes.managed_questions,
    row=QuestionKeyOut,
    body=QuestionIn,
    changes=QuestionChanges,
    order="pk",
    values=sight,
)
ATTEMPTS = Resource(
    attempts.attempts,
    row=AttemptRow,
    whole=AttemptRow,
    filters={"user_id": ById("user_id")},
    orders=("started_at", "submitted_at", "percentage"),
    order="-pk",
    values=sight,
)


def attempt_out(attempt: Attempt, review: Review) -> AttemptOut:
    """Return an attempt as far as somebody may see it. :param review: what they may see"""
    asked = [_asked(attempt, one, review) for one in attempt.questions]
    row = {name: getattr(attempt, name) for name in AttemptRow.model_fields if name != "user"}
    return AttemptOut(**row, user=_person(attempt.user), review=review.value, questions=asked)


def _person(user: User) -> PersonOut:
    name = user.username if user.display_name is None else user.display_name
    return PersonOut(id=user.pk, username=user.username, display_name=name)


def _asked(attempt: Attempt, question: dict[str, Any], review: Review) -> AskedOut:
    pk = str(question["id"])
    said: dict[str, Any] = {**question, "answer": attempt.answers.get(pk), "mark": None}
    if review is not Review.SCORE:
        said["mark"] = attempt.marks.get(pk)
    if review is Review.ANSWERS:
        key = attempt.keys[pk]
        said |= {"correct_answer": key["correct_answer"], "explanation": key["explanation"]}
    return AskedOut(**said)


COLUMNS = ("username", "name", "number", "started_at", "submitted_at", "score", "max_score", "percentage", "passed")


def sheet(rows: Iterable[Attempt]) -> HttpResponse:
    """Return attempts as a sheet in which no cell is run as a formula."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(COLUMNS)
    for attempt in rows:
        lines.writerow([neutralise(cell) for cell in _cells(attempt)])
    headers = {"Content-Disposition": 'attachment; filename="attempts.csv"'}
    return HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _cells(attempt: Attempt) -> list[str]:
    person, passed = attempt.user, attempt.passed
    name = f"{person.first_name} {person.last_name}".strip() or person.display_name or person.username
    numbers = (attempt.score, attempt.max_score, attempt.percentage)
    return [
        person.username,
        name,
        str(attempt.number),
        attempt.started_at.isoformat(),
        "" if attempt.submitted_at is None else attempt.submitted_at.isoformat(),
        *("" if number is None else f"{number:g}" for number in numbers),
        "" if passed is None else "yes" if passed else "no",
    ]
