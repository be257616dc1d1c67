"""Attempting quizzes: starting, saving, handing in.

What somebody does with their attempts at the quizzes of a course is done one after the other: their enrolment is held.
"""

import random
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, F, Q

from onward.domain.learning import grading
from onward.domain.learning.choices import QuestionKind
from onward.domain.learning.events import AttemptStarted, AttemptSubmitted
from onward.domain.learning.models import Attempt, Enrolment, Question, Quiz
from onward.domain.learning.services.quizzes import deadline_of, hold
from onward.platform.events import publish
from onward.platform.jobs import enqueue
from onward.platform.record import locked, save
from onward.platform.refusals import Conflict, Forbidden, Invalid

Answers = Mapping[str, Any]
NO_ANSWERS: Answers = {}
# As many attempts whose time is up are handed in by one run of the job that looks after them.
SWEPT = 1000
# Nobody can tell from one attempt how the next one will be mixed.
_RANDOM = random.SystemRandom()
_TAKES = {
    QuestionKind.TEXT: "a text",
    QuestionKind.NUMBER: "a number",
    QuestionKind.SINGLE: "one of its options",
    QuestionKind.MULTIPLE: "a list of its options",
}


def start(*, quiz: Quiz, user_id: int, at: datetime) -> tuple[Attempt, bool]:
    """Open somebody's attempt at a quiz, or return the one that is running, and whether it is new.

    :raises Forbidden: when they do not take part in the course
    :raises Conflict: when the quiz is not open, has no questions, or they have no attempt left
    """
    _end_whatis_due(quiz, user_id, at)
    with transaction.atomic():
        quiz = _hold(quiz, user_id)
        running = _running(quiz, user_id)
        if running is not None:
            return running, False
        return _begin(quiz, user_id, at), True


def save_answers(*, quiz: Quiz, user_id: int, answers: Answers, at: datetime) -> Attempt:
    """Save answers of the attempt that is running; what is left out stays as it was saved, null takes it back.

    :raises Forbidden: when they do not take part in the course
    :raises Conflict: when no attempt is running, or its time is up
    :raises Invalid: naming ``answers``, when a question is not asked or takes something else
    """
    if _end_whatis_due(quiz, user_id, at):
        raise _time_is_up()
    with transaction.atomic():
        quiz = _hold(quiz, user_id)
        attempt = _running(quiz, user_id)
        if attempt is None:
            raise _not_running(quiz, user_id, "You have no attempt at this quiz that is running. Start one first.")
        if is_due(attempt, at):
            raise _time_is_up()
        attempt.answers = _together(attempt, answers)
        save(attempt, ["answers"], at=at)
    return attempt


def hand_in(*, quiz: Quiz, user_id: int, answers: Answers | None, at: datetime) -> Attempt:
    """Hand in somebody's attempt that is running, or without one all at once.

    :param answers: over what was saved; None: what was saved
    :raises Forbidden: when they do not take part in the course
    :raises Conflict: when its time is up, or without one that is running when the quiz is timed, not open or has no
        questions, or when they have no attempt left
    :raises Invalid: naming ``answers``, when a question is not asked or takes something else, or when nothing is handed
        in
    """
    if _end_whatis_due(quiz, user_id, at):
        raise _time_is_up()
    with transaction.atomic():
        quiz = _hold(quiz, user_id)
        attempt = _running(quiz, user_id)
        if attempt is None:
            if answers is None:
                raise Invalid(fields={"answers": ["This field is required."]})
            if quiz.time_limit is not None:
                raise _not_running(quiz, user_id, "This quiz has a time limit. Start an attempt first.")
            attempt = _begin(quiz, user_id, at)
        elif is_due(attempt, at):
            raise _time_is_up()
        attempt.answers = _together(attempt, answers or NO_ANSWERS)
        _submit(attempt, quiz, at=at)
    return attempt


def hand_in_at_deadline(*, attempt_id: int, at: datetime) -> bool:
    """Hand in what is saved of an attempt whose time is up; return whether it was running until now.

    It counts as handed in at its deadline, however late this is done.
    """
    found = Attempt.objects.filter(pk=attempt_id).select_related("quiz").only("user_id", "quiz").first()
    if found is None:
        return False
    with transaction.atomic():
        # Whoever has left the course meanwhile has begun as somebody who took part.
        quiz = hold(found.quiz)
        Enrolment.objects.select_for_update(no_key=True).filter(
            course_id=quiz.course_id, user_id=found.user_id
        ).values_list("pk").first()
        attempt = _running(quiz, found.user_id)
        if attempt is None or attempt.pk != attempt_id or attempt.deadline is None or attempt.deadline > at:
            return False
        _submit(attempt, quiz, at=attempt.deadline)
    return True


def hand_in_due(*, at: datetime) -> int:
    """Hand in what is saved of all attempts whose time is up; return how many they were."""
    due = Attempt.objects.filter(submitted_at__isnull=True, deadline__isnull=False, deadline__lte=at)
    keys = list(due.order_by("deadline").values_list("pk", flat=True)[:SWEPT])
    return sum(hand_in_at_deadline(attempt_id=pk, at=at) for pk in keys)


def _end_whatis_due(quiz: Quiz, user_id: int, at: datetime) -> bool:
    """Hand in what is saved of somebody's attempt whose time is up, where no job has done so yet."""
    due = Attempt.objects.filter(quiz_id=quiz.pk, user_id=user_id, submitted_at=None, deadline__lte=at)
    pk = due.values_list("pk", flat=True).first()
    return pk is not None and hand_in_at_deadline(attempt_id=pk, at=at)


def _hold(quiz: Quiz, user_id: int) -> Quiz:
    """Hold a quiz and somebody's enrolment in its course, in this order.

    :raises Forbidden: when they do not take part
    """
    quiz = hold(quiz)
    mine = Enrolment.objects.select_for_update(no_key=True).filter(
        course_id=quiz.course_id, user_id=user_id, left_at=None
    )
    if mine.values_list("pk").first() is None:
        raise Forbidden("Enrol in this course first.", code="not_enrolled")
    return quiz


def _running(quiz: Quiz, user_id: int) -> Attempt | None:
    found = Attempt.objects.filter(quiz_id=quiz.pk, user_id=user_id, submitted_at=None).first()
    # A change of the quiz may move its deadline: held, and read again.
    return None if found is None else locked(found)


def _begin(quiz: Quiz, user_id: int, at: datetime) -> Attempt:
    if quiz.opens_at is not None and at < quiz.opens_at:
        raise Conflict("This quiz is not open yet.", code="not_open")
    if quiz.closes_at is not None and at >= quiz.closes_at:
        raise Conflict("This quiz is closed.", code="closed")
    before = Attempt.objects.filter(quiz_id=quiz.pk, user_id=user_id).count()
    if quiz.attempts_allowed is not None and before >= quiz.attempts_allowed:
        raise Conflict("You have no attempt at this quiz left.", code="no_attempt_left")
    questions = list(Question.objects.filter(quiz_id=quiz.pk).order_by("pk"))
    if not questions:
        raise Conflict("This quiz has no questions yet.", code="no_questions")
    asked = [_as_asked(one, quiz) for one in questions]
    if quiz.shuffle:
        _RANDOM.shuffle(asked)
    attempt = Attempt.objects.create(
        quiz_id=quiz.pk,
        user_id=user_id,
        number=before + 1,
        started_at=at,
        deadline=deadline_of(quiz, started_at=at),
        questions=asked,
        keys={str(one.pk): _key(one) for one in questions},
        max_score=grading.rounded(grading.points_of(asked)),
        created_at=at,
        updated_at=at,
    )
    if attempt.deadline is not None:
        enqueue("learning.hand_in", run_at=attempt.deadline, attempt_id=attempt.pk)
    publish(AttemptStarted(owner_id=user_id, at=at, attempt_id=attempt.pk, quiz_id=quiz.pk))
    return attempt


def _as_asked(question: Question, quiz: Quiz) -> dict[str, Any]:
    options = list(question.options)
    if quiz.shuffle:
        _RANDOM.shuffle(options)
    return {
        "id": question.pk,
        "content": question.content,
        "kind": question.kind,
        "options": options,
        "points": question.points,
    }


def _key(question: Question) -> dict[str, Any]:
    return {
        "correct_answer": question.correct_answer,
        "tolerance": question.tolerance,
        "explanation": question.explanation,
    }


def _together(attempt: Attempt, answers: Answers) -> dict[str, Any]:
    """Return what was saved with these answers over it."""
    kinds = {str(one["id"]): QuestionKind(one["kind"]) for one in attempt.questions}
    problems = [
        f"Question {pk} is not asked here." if pk not in kinds else f"Question {pk} takes {_TAKES[kinds[pk]]}."
        for pk, answer in answers.items()
        if pk not in kinds or not grading.fits(kinds[pk], answer)
    ]
    if problems:
        raise Invalid(fields={"answers": problems[:10]})
    return {**attempt.answers, **answers}


def _submit(attempt: Attempt, quiz: Quiz, *, at: datetime) -> None:
    marked = grading.mark(attempt.questions, attempt.keys, attempt.answers, pass_mark=quiz.pass_mark)
    attempt.submitted_at = at
    attempt.marks, attempt.score = marked.marks, marked.score
    attempt.percentage, attempt.passed = marked.percentage, marked.passed
    save(attempt, ["answers", "submitted_at", "marks", "score", "percentage", "passed"], at=at)
    publish(AttemptSubmitted(owner_id=attempt.user_id, at=at, attempt_id=attempt.pk, quiz_id=quiz.pk))


def is_due(attempt: Attempt, at: datetime) -> bool:
    """Return whether an attempt runs although its time is up."""
    return attempt.submitted_at is None and attempt.deadline is not None and attempt.deadline <= at


def _not_running(quiz: Quiz, user_id: int, otherwise: str) -> Conflict:
    """Return why nothing is taken without an attempt that runs.

    Whoever is late is told so whether they or the job came first: "start one" would cost them another attempt.
    """
    last = Attempt.objects.filter(quiz_id=quiz.pk, user_id=user_id).order_by("-number")
    was_late = last.values_list(ExpressionWrapper(Q(submitted_at=F("deadline")), BooleanField()), flat=True).first()
    return _time_is_up() if was_late else Conflict(otherwise, code="not_running")


def _time_is_up() -> Conflict:
    return Conflict("The time is up. What you had saved is handed in.", code="time_is_up")
