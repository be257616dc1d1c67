"""How far somebody is with a course, and what they still have to do to complete it."""

from collections.abc import Callable

from django.db import models
from django.db.models import Case, F, OuterRef, QuerySet, When
from django.db.models.functions import Coalesce, NullIf

from onward.domain.learning.models import Course, Enrolment, Lesson, LessonDone, Quiz
from onward.domain.learning.queries.courses import counted, taking_part
from onward.domain.learning.queries.quizzes import grade, not_passed
from onward.platform.database.literal import Literal

# As many of each kind are named.
NAMED = 20


def missing(enrolment: Enrolment) -> dict[str, list[str]]:
    """Return what is missing, by its kind, each by its title and in the order of the course; nothing where all is done.

    Asked under the enrolment's lock.
    """
    quizzes = not_passed(course_id=enrolment.course_id, user_id=enrolment.user_id)
    found = {"lessons": _lessons(enrolment), "quizzes": [title for _, title in quizzes[:NAMED]]}
    return {kind: titles for kind, titles in found.items() if titles}


def _lessons(enrolment: Enrolment) -> list[str]:
    open_ones = Lesson.objects.filter(course_id=enrolment.course_id).exclude(done__enrolment_id=enrolment.pk)
    return list(open_ones.order_by("position", "pk").values_list("title", flat=True)[:NAMED])


def progress(at: Callable[[str], str] = str) -> Case:
    """Return how much of a course somebody has behind them, in per cent of its lessons and required quizzes.

    :param at: the path to the enrolment
    """
    lessons = Lesson.objects.filter(course_id=OuterRef(at("course_id")))
    quizzes = Quiz.objects.filter(course_id=OuterRef(at("course_id")), required=True)
    passed = quizzes.alias(grade=grade(OuterRef(OuterRef(at("user_id"))))).filter(grade__gte=F("pass_mark"))
    done = counted(LessonDone.objects.filter(enrolment_id=OuterRef(at("pk")))) + counted(passed)
    share = Coalesce(done * 100 / NullIf(counted(lessons) + counted(quizzes), 0), 0)
    return Case(
        When(**{f"{at('completed_at')}__isnull": False}, then=Literal(100)),
        default=share,
        output_field=models.BigIntegerField(),
    )


def students_of(*, course: Course) -> QuerySet[Enrolment]:
    """Return who takes part in a course, the latest first, each with their ``progress``."""
    rows = taking_part().filter(course_id=course.pk).select_related("user").annotate(progress=progress())
    return rows.order_by("-enrolled_at", "-pk")
