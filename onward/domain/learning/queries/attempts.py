"""Reading attempts at quizzes, and what of one its owner may see."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, Subquery

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


def attempt(*, pk: int, quiz_id: int, sight: dict[str, Any]) -> tuple[Attempt, bool]:
    """Return an attempt that somebody sees, and whether its owner may still hand in one at this quiz.

    :raises Missing: when there is none, or they do not see it
    """
    of_owner = Attempt.objects.filter(quiz_id=OuterRef("quiz_id"), user_id=OuterRef("user_id"))
    count = Func(template="COUNT(*)", output_field=models.IntegerField())
    made = Subquery(of_owner.order_by().annotate(n=count).values("n"), output_field=models.IntegerField())
    runs = Exists(of_owner.filter(submitted_at__isnull=True))
    rows = Attempt.objects.select_related("quiz__course", "user").annotate(made=made, runs=runs)
    theirs = Q(user_id=sight["asker_id"]) | manageable(at=COURSE, **given(sight))
    found = rows.filter(visible(at=COURSE, **given(sight)) & theirs, pk=pk, quiz_id=quiz_id).first()
    if found is None:
        raise missing("attempt")
    # One that runs goes on, however many are allowed by now.
    allowed = found.quiz.attempts_allowed
    return found, found.runs or allowed is None or found.made < allowed


def review_of(attempt: Attempt, *, may_go_on: bool, sight: dict[str, Any], at: datetime) -> Review:
    """Return what somebody sees of an attempt.

    Who manages the course sees all. Its owner sees what the quiz says, of an attempt that is handed in; the right
    answers once nobody can use them: when the quiz is closed, or where it never closes after their last attempt.

    :param may_go_on: whether its owner may still hand in one at this quiz
    """
    quiz = attempt.quiz
    if manages(quiz.course, sight=sight):
        return Review.ANSWERS
    if attempt.submitted_at is None:
        return Review.SCORE
    if quiz.review != Review.ANSWERS:
        return Review(quiz.review)
    is_over = not may_go_on if quiz.closes_at is None else at >= quiz.closes_at
    return Review.ANSWERS if is_over else Review.MARKS
