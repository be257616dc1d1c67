"""Reading courses and what is in them. :func:`visible` alone decides who sees which course."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import Exact

from onward.domain.learning.choices import CourseStatus
from onward.domain.learning.models import Certificate, Course, Enrolment, Lesson, LessonDone
from onward.platform.database.literal import Literal
from onward.platform.record import missing
from onward.platform.wire import KEY, Param

ASKER = Param("asker_id", models.BigIntegerField())
# Whether who asks looks after all courses.
MANAGES_ALL = Param("manages_all", models.BooleanField())
COURSE = Param("course_id", models.BigIntegerField())
PERSON = Param("person_id", models.BigIntegerField())


def visible(*, at: str = "", asker: Any = ASKER, manages_all: Any = MANAGES_ALL) -> Q:
    """Match the courses that who asks may see, with what is in them.

    - published ones are there for every member;
    - archived ones for those who take part;
    - all of their own, drafts too, for who teaches them, and all there are for admins.

    :param at: the path from the rows at hand to the course, with ``__`` behind it
    :param asker: who asks; a parameter of the statement, where nobody is given
    """
    published = Q(**{f"{at}status": Literal(CourseStatus.PUBLISHED.value)})
    archived = Q(**{f"{at}status": Literal(CourseStatus.ARCHIVED.value)})
    attends = Q(Exists(taking_part().filter(course_id=OuterRef(f"{at}pk"), user_id=asker)))
    return published | manageable(at=at, asker=asker, manages_all=manages_all) | (archived & attends)


def manageable(*, at: str = "", asker: Any = ASKER, manages_all: Any = MANAGES_ALL) -> Q:
    """Match the courses that who asks teaches, and all there are for an admin; parameters as of :func:`visible`."""
    everything = manages_all if isinstance(manages_all, Param) else Value(manages_all)
    return Q(**{f"{at}instructor_id": asker}) | Q(Exact(everything, True))


def manages(course: Course, *, sight: dict[str, Any]) -> bool:
    """Return whether somebody teaches a course, or looks after it as an admin; as :func:`manageable` does."""
    return bool(sight["manages_all"]) or course.instructor_id == sight["asker_id"]


def taking_part() -> QuerySet[Enrolment]:
    """Return the enrolments of who has not left."""
    return Enrolment.objects.filter(left_at__isnull=True)


def courses() -> QuerySet[Course]:
    """Return the courses that who asks may see; the statement takes ``asker_id`` and ``manages_all``."""
    return Course.objects.filter(visible())


def course(*, pk: int, sight: dict[str, Any]) -> Course:
    """Return a course that somebody may see.

    :param sight: who asks, and what they look after: ``asker_id``, ``manages_all``
    :raises Missing: when there is none, or they may not see it
    """
    found = Course.objects.filter(visible(**given(sight)), pk=pk).first()
    if found is None:
        raise missing("course")
    return found


def lessons() -> QuerySet[Lesson]:
    """Return the lessons of a course; the statement takes ``course_id``, too."""
    return Lesson.objects.filter(visible(at="course__"), course_id=COURSE)


def lesson(*, course: Course, pk: int) -> Lesson:
    """Return a lesson of a course.

    :raises Missing: when it has none of that number
    """
    found = Lesson.objects.filter(course_id=course.pk, pk=pk).first()
    if found is None:
        raise missing("lesson")
    return found


def enrolments() -> QuerySet[Enrolment]:
    """Return in which courses somebody takes part, as far as who asks sees these; takes ``person_id``, too."""
    return taking_part().filter(visible(at="course__"), user_id=PERSON)


def completed() -> QuerySet[Enrolment]:
    """Return which courses somebody takes part in and has completed; takes ``person_id``, too."""
    return enrolments().filter(completed_at__isnull=False)


def enrolment_in() -> QuerySet[Enrolment]:
    """Return how somebody takes part in one course: the statement takes its number as ``pk``."""
    return enrolments().filter(course_id=KEY)


def students() -> QuerySet[Enrolment]:
    """Return who takes part in a course; the statement takes ``course_id``."""
    return taking_part().filter(course_id=COURSE)


def enrolment(*, course: Course, user_id: int) -> Enrolment | None:
    """Return how somebody takes part in a course, or none where they do not."""
    return taking_part().filter(course_id=course.pk, user_id=user_id).first()


def attends(at: Callable[[str], str] = str) -> Exists:
    """Return whether who asks takes part in a course. :param at: the path to it"""
    return Exists(taking_part().filter(course_id=OuterRef(at("pk")), user_id=ASKER))


def is_done(at: Callable[[str], str] = str) -> Exists:
    """Return whether who asks is done with a lesson. :param at: the path to it"""
    theirs = LessonDone.objects.filter(lesson_id=OuterRef(at("pk")), enrolment__user_id=ASKER)
    return Exists(theirs.filter(enrolment__left_at__isnull=True))


def counted(rows: QuerySet[Any]) -> Subquery:
    """Return how many rows there are, as an expression."""
    number = Func(template="COUNT(*)", output_field=models.BigIntegerField())
    return Subquery(rows.order_by().annotate(n=number).values("n"), output_field=models.BigIntegerField())


def certificate(*, user_id: int, course_id: int) -> Certificate:
    """Return the certificate of somebody for a course.

    :raises Missing: when they have not completed it
    """
    found = Certificate.objects.filter(user_id=user_id, course_id=course_id).first()
    if found is None:
        raise missing("certificate")
    return found


def certificate_by(*, uid: UUID) -> Certificate | None:
    """Return the certificate of an address, or none."""
    return Certificate.objects.filter(uid=uid).first()


def given(sight: dict[str, Any]) -> dict[str, Any]:
    """Return who asks, for :func:`visible`, somebody in particular."""
    return {"asker": sight["asker_id"], "manages_all": sight["manages_all"]}
