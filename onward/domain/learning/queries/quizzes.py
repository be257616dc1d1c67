"""Reading quizzes and their questions. Who does not manage a quiz is given no right answer, by no statement."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Round
from django.db.models.lookups import LessThanOrEqual

from onward.domain.learning.choices import Grading
from onward.domain.learning.models import Attempt, Question, Quiz
from onward.domain.learning.queries.courses import ASKER, attends, given, manageable, manages, taking_part, visible
from onward.platform.database.literal import Literal
from onward.platform.record import missing
from onward.platform.refusals import Conflict, Forbidden
from onward.platform.wire import Param

NOW = Param("now", models.DateTimeField())
QUIZ = Param("quiz_id", models.BigIntegerField())
COURSE = "quiz__course__"
# What counts of somebody's attempts, by how a quiz is graded: the first of these.
_COUNTS = {Grading.HIGHEST: "-percentage", Grading.LATEST: "-number", Grading.FIRST: "number"}


def quizzes() -> QuerySet[Quiz]:
    """Return the quizzes of the courses that who asks sees."""
    return Quiz.objects.filter(visible(at="course__"))


def all_questions() -> QuerySet[Question]:
    """Return all questions, to be counted."""
    return Question.objects.all()


def own_attempts() -> QuerySet[Attempt]:
    """Return the attempts of who asks, to be counted."""
    return Attempt.objects.filter(user_id=ASKER)


def handed_in(user: Any) -> QuerySet[Attempt]:
    """Return somebody's attempts that are handed in."""
    return Attempt.objects.filter(user_id=user, submitted_at__isnull=False)


def questions() -> QuerySet[Question]:
    """Return the questions of a quiz that who asks may read now; the statement takes ``quiz_id`` and ``now``, too.

    Who takes part reads those of a quiz that is open; those of a timed one while their attempt runs, and none that came
    after its start.
    """
    running = Attempt.objects.filter(
        quiz_id=OuterRef("quiz_id"),
        user_id=ASKER,
        submitted_at__isnull=True,
        deadline__gt=NOW,
        started_at__gte=OuterRef("created_at"),
    )
    is_open = Q(quiz__opens_at__isnull=True) | Q(LessThanOrEqual(F("quiz__opens_at"), NOW))
    reads = Q(attends(COURSE.__add__)) & is_open & (Q(quiz__time_limit__isnull=True) | Q(Exists(running)))
    sees = visible(at=COURSE)
    return Question.objects.filter(sees & (manageable(at=COURSE) | reads), quiz_id=QUIZ)


def managed_questions() -> QuerySet[Question]:
    """Return the questions of a quiz that who asks manages; the statement takes ``quiz_id``, too."""
    return Question.objects.filter(manageable(at=COURSE), quiz_id=QUIZ)


def grade(user: Any, *, quiz: str = "") -> Case:
    """Return what somebody's attempts at a quiz that are handed in count together, as a percentage.

    :param user: whose
    :param quiz: the path from the rows at hand to the quiz, with ``__`` behind it
    """
    mine = handed_in(user).filter(quiz_id=OuterRef(f"{quiz}pk"))
    # In the statement itself: PostgreSQL would take a parameter for a larger kind of number than it rounds by.
    places: Any = Literal(2)
    average = Func(F("percentage"), function="AVG", output_field=models.FloatField())
    found: dict[Grading, Any] = {how: mine.order_by(order).values("percentage")[:1] for how, order in _COUNTS.items()}
    found[Grading.AVERAGE] = mine.order_by().annotate(average=Round(average, precision=places)).values("average")
    return Case(
        *(
            When(**{f"{quiz}grading": Literal(how.value)}, then=Subquery(counted, output_field=models.FloatField()))
            for how, counted in found.items()
        ),
        output_field=models.FloatField(),
    )


def not_passed(*, course_id: int, user_id: int) -> list[tuple[int, str]]:
    """Return the required quizzes of a course that somebody has not passed: number and title, the oldest first."""
    required = Quiz.objects.filter(course_id=course_id, required=True).annotate(grade=grade(user_id))
    open_ones = required.filter(Q(grade__isnull=True) | Q(grade__lt=F("pass_mark")))
    return list(open_ones.order_by("pk").values_list("pk", "title"))


def quiz_in_sight(*, pk: int, sight: dict[str, Any]) -> Quiz:
    """Return a quiz of a course that somebody sees, with its course.

    :raises Missing: when there is none, or they do not see it
    """
    found = Quiz.objects.select_related("course").filter(visible(at="course__", **given(sight)), pk=pk).first()
    if found is None:
        raise missing("quiz")
    return found


def managed_quiz(*, pk: int, sight: dict[str, Any]) -> Quiz:
    """Return a quiz of a course that somebody manages.

    :raises Missing: when there is none, or they do not see it
    :raises Forbidden: when another teaches the course
    """
    quiz = quiz_in_sight(pk=pk, sight=sight)
    _check_manages(quiz, sight)
    return quiz


def managed_question(*, pk: int, quiz_id: int, sight: dict[str, Any]) -> Question:
    """Return a question of a quiz of a course that somebody manages.

    :raises Missing: when there is none in this quiz, or they do not see it
    :raises Forbidden: when another teaches the course
    """
    quiz = quiz_in_sight(pk=quiz_id, sight=sight)
    found = Question.objects.filter(pk=pk, quiz_id=quiz_id).first()
    if found is None:
        raise missing("question")
    _check_manages(quiz, sight)
    return found


def check_reads_questions(*, quiz_id: int, sight: dict[str, Any], at: datetime) -> None:
    """Check that somebody may read the questions of a quiz now; called where a statement has found none.

    :raises Missing: when there is no such quiz, or they do not see it
    :raises Forbidden: when they do not take part in the course
    :raises Conflict: when it is not open yet, or is timed and they have no attempt that runs
    """
    quiz = quiz_in_sight(pk=quiz_id, sight=sight)
    if manages(quiz.course, sight=sight):
        return
    if not taking_part().filter(course_id=quiz.course_id, user_id=sight["asker_id"]).exists():
        raise Forbidden("Enrol in this course first.", code="not_enrolled")
    if quiz.opens_at is not None and at < quiz.opens_at:
        raise Conflict("This quiz is not open yet.", code="not_open")
    runs = Attempt.objects.filter(quiz_id=quiz_id, user_id=sight["asker_id"], submitted_at=None, deadline__gt=at)
    if quiz.time_limit is not None and not runs.exists():
        raise Conflict("This quiz has a time limit. Its questions are shown when you start.", code="not_running")


def _check_manages(quiz: Quiz, sight: dict[str, Any]) -> None:
    if not manages(quiz.course, sight=sight):
        raise Forbidden("Only whoever teaches this course and admins may do this.")
