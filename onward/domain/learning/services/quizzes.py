"""Making and changing quizzes and their questions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from onward.domain.learning.choices import QuestionKind
from onward.domain.learning.events import QuizChanged
from onward.domain.learning.grading import kind_of
from onward.domain.learning.models import Attempt, Course, Question, Quiz
from onward.platform.events import publish
from onward.platform.jobs import enqueue
from onward.platform.record import KeyShare, Share, change, fields_of, locked, locked_for_removal, missing, save
from onward.platform.refusals import Conflict, Invalid

FIELDS = fields_of(Quiz, but={"course_id"})
QUESTION_FIELDS = fields_of(Question, but={"quiz_id"})
# What an attempt's deadline is made of.
TIMES = frozenset({"closes_at", "time_limit"})
# Of one quiz: each attempt keeps a copy of them.
MOST_QUESTIONS = 500


def hold(quiz: Quiz) -> Quiz:
    """Read a quiz again, which nobody changes until the transaction ends; others may hold it as well.

    Its course comes first: who removes that has it before what it holds.

    :raises Missing: when it is gone by now
    """
    # Each in a statement of its own: the rows that come after are then read as they are once the lock is there.
    Course.objects.filter(pk=KeyShare(Course.objects.filter(pk=quiz.course_id).values("pk"))).values_list("pk").first()
    Quiz.objects.filter(pk=Share(Quiz.objects.filter(pk=quiz.pk).values("pk"))).values_list("pk").first()
    found = Quiz.objects.filter(pk=quiz.pk).first()
    if found is None:
        raise missing("quiz")
    return found


@transaction.atomic
def create(*, course: Course, title: str, by_id: int, at: datetime, **fields: Any) -> Quiz:
    """Make a quiz for a course.

    :param fields: see `Quiz`
    :raises Invalid: naming ``closes_at``, when it closes before it opens
    :raises Missing: when the course is gone
    """
    course = locked(course)
    quiz = Quiz(course_id=course.pk, title=title, created_at=at, updated_at=at)
    change(quiz, FIELDS, fields)
    _check_window(quiz)
    quiz.save(force_insert=True)
    publish(QuizChanged(owner_id=by_id, at=at, quiz_id=quiz.pk))
    return quiz


@transaction.atomic
def update(*, quiz: Quiz, by_id: int, at: datetime, **changes: Any) -> Quiz:
    """Change a quiz. A closing time and a time limit count for attempts that are running, too.

    :raises Invalid: naming ``closes_at``, when it closes before it opens
    """
    quiz = locked(quiz)
    changed = change(quiz, FIELDS, changes)
    if not changed:
        return quiz
    _check_window(quiz)
    save(quiz, changed, at=at)
    if not TIMES.isdisjoint(changed):
        _move_deadlines(quiz, at)
    publish(QuizChanged(owner_id=by_id, at=at, quiz_id=quiz.pk))
    return quiz


@transaction.atomic
def delete(*, quiz: Quiz, by_id: int, at: datetime) -> None:
    """Delete a quiz with its questions and all attempts at it, for good."""
    locked_for_removal(quiz).delete()
    publish(QuizChanged(owner_id=by_id, at=at, quiz_id=quiz.pk))


@transaction.atomic
def add_question(
    *,
    quiz: Quiz,
    content: str,
    correct_answer: Any,
    by_id: int,
    at: datetime,
    options: Sequence[Any] = (),
    **fields: Any,
) -> Question:
    """Add a question at the end of a quiz. Attempts that have begun do not have it.

    :raises Invalid: naming ``correct_answer`` or ``options``, when they do not go together
    :raises Conflict: when the quiz has as many questions as one may have
    """
    quiz = locked(quiz)
    if Question.objects.filter(quiz_id=quiz.pk).count() >= MOST_QUESTIONS:
        raise Conflict(f"A quiz may have {MOST_QUESTIONS} questions.", code="too_many")
    question = Question(quiz_id=quiz.pk, content=content, created_at=at, updated_at=at)
    change(question, QUESTION_FIELDS, {**fields, "options": list(options), "correct_answer": correct_answer})
    question.kind = _kind(question)
    question.save(force_insert=True)
    publish(QuizChanged(owner_id=by_id, at=at, quiz_id=quiz.pk))
    return question


@transaction.atomic
def update_question(*, question: Question, by_id: int, at: datetime, **changes: Any) -> Question:
    """Change a question. Attempts keep it as it was asked.

    :raises Invalid: naming ``correct_answer`` or ``options``, when they do not go together
    """
    locked(Quiz(pk=question.quiz_id))
    question = locked(question)
    changed = change(question, QUESTION_FIELDS - {"kind"}, changes)
    if not changed:
        return question
    question.kind = _kind(question)
    save(question, [*changed, "kind"], at=at)
    publish(QuizChanged(owner_id=by_id, at=at, quiz_id=question.quiz_id))
    return question


@transaction.atomic
def delete_question(*, question: Question, by_id: int, at: datetime) -> None:
    """Delete a question. Attempts keep it as it was asked."""
    locked(Quiz(pk=question.quiz_id))
    locked_for_removal(question).delete()
    publish(QuizChanged(owner_id=by_id, at=at, quiz_id=question.quiz_id))


def deadline_of(quiz: Quiz, *, started_at: datetime) -> datetime | None:
    """Return when an attempt is handed in at the latest: when its time is up or the quiz closes."""
    ends = [] if quiz.time_limit is None else [started_at + timedelta(seconds=quiz.time_limit)]
    return min([*ends, *([] if quiz.closes_at is None else [quiz.closes_at])], default=None)


def _move_deadlines(quiz: Quiz, at: datetime) -> None:
    running = Attempt.objects.select_for_update(no_key=True).filter(quiz_id=quiz.pk, submitted_at=None)
    for attempt in running.order_by("pk").defer("questions", "keys", "answers"):
        attempt.deadline = deadline_of(quiz, started_at=attempt.started_at)
        save(attempt, ["deadline"], at=at)
        if attempt.deadline is not None:
            enqueue("learning.hand_in", run_at=attempt.deadline, attempt_id=attempt.pk)


def _check_window(quiz: Quiz) -> None:
    if quiz.opens_at is not None and quiz.closes_at is not None and quiz.opens_at >= quiz.closes_at:
        raise Invalid(fields={"closes_at": ["A quiz must close after it opens."]})


def _kind(question: Question) -> QuestionKind:
    kind = kind_of(options=question.options, correct=question.correct_answer)
    if kind is None:
        problem = (
            "This must be one of the options, or a list of them."
            if question.options
            else "This must be a text or a number, or a list of several that are right."
        )
        raise Invalid(fields={"correct_answer": [problem]})
    return kind
