"""Reading attempts at quizzes, and what of one its owner may see."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Func, OuterRef, Q, QuerySet, Subquery

from onward.domain.learning.choices import Review
from onward.domain.learning.models import Attempt
from onward.domain.learning.queries.courses import ASKER, given, manageable, manages, visible
from onward.domain.learning.queries.quizzes import COURSE, QUIZ
from onward.platform.record import missing


def attempts() -> QuerySet[Attempt]:
    """Return the attempts at a quiz that who asks sees: their own, to who manages it all; takes ``quiz_id``, too."""
    return Attempt.objects.filter(visible(at=COURSE) & (Q(user_id=ASKER) | manageable(at=COURSE)), quiz_id=QUIZ)


def to_export(*, quiz_id: int) -> QuerySet[Attempt]:
    """Return all attempts at a quiz, the oldest first, with who has made them."""
    rows = Attempt.objects.filter(quiz_id=quiz_id).select_related("user").order_by("pk")
    return rows.defer("questions", "keys", "answers", "marks")


def attempt(*, pk: int, quiz_id: int, sight: dict[str, Any]) -> tuple[Attempt, int]:
    """Return an attempt that somebody sees, and how many at this quiz its owner has handed in.

    :raises Missing: when there is none, or they do not see it
    """
    counted = Attempt.objects.filter(
        quiz_id=OuterRef("quiz_id"), user_id=OuterRef("user_id"), submitted_at__isnull=False
    )
    count = Func(template="COUNT(*)", output_field=models.IntegerField())
    handed_in = Subquery(counted.order_by().annotate(n=count).values("n"), output_field=models.IntegerField())
    rows = Attempt.objects.select_related("quiz__course", "user").annotate(handed_in=handed_in)
    theirs = Q(user_id=sight["asker_id"]) | manageable(at=COURSE, **given(sight))
    found = rows.filter(visible(at=COURSE, **given(sight)) & theirs, pk=pk, quiz_id=quiz_id).first()
    if found is None:
        raise missing("attempt")
    return found, found.handed_in


def review_of(attempt: Attempt, *, handed_in: int, sight: dict[str, Any], at: datetime) -> Review:
    """Return what somebody sees of an attempt.

    Who manages the course sees all. Its owner sees what the quiz says, of an attempt that is handed in; the right
    answers once nobody can use them: when the quiz is closed, or where it never closes after their last attempt.

    :param handed_in: how many attempts its owner has handed in
    """
    quiz = attempt.quiz
    if manages(quiz.course, sight=sight):
        return Review.ANSWERS
    if attempt.submitted_at is None:
        return Review.SCORE
    if quiz.review != Review.ANSWERS:
        return Review(quiz.review)
    if quiz.closes_at is not None:
        is_over = at >= quiz.closes_at
    else:
        is_over = quiz.attempts_allowed is not None and handed_in >= quiz.attempts_allowed
    return Review.ANSWERS if is_over else Review.MARKS
