"""In which order rows of courses are held: the course, its lesson or quiz, the enrolment, and what hangs on it."""

from django.db.models import Model

from onward.domain.learning.models import Course, Enrolment, Lesson
from onward.platform.record import KeyShare, locked, missing
from onward.platform.refusals import Forbidden


def keep(row: Course | Lesson) -> None:
    """Keep a course or a lesson from being deleted until the transaction ends; all else may happen to it.

    :raises Missing: when it is gone by now
    """
    kept: type[Model] = type(row)
    if not kept._default_manager.filter(pk=KeyShare(kept._default_manager.filter(pk=row.pk).values("pk"))).exists():
        raise missing(str(kept._meta.verbose_name))


def locked_enrolment(*, course: Course, user_id: int) -> Enrolment:
    """Return how somebody takes part in a course, held until the transaction ends; the course is kept with it.

    :raises Forbidden: when they do not take part
    :raises Missing: when the course is gone by now
    """
    keep(course)
    found = Enrolment.objects.filter(course_id=course.pk, user_id=user_id, left_at=None).first()
    held = None if found is None else locked(found)
    if held is None or held.left_at is not None:
        raise Forbidden("Enrol in this course first.", code="not_enrolled")
    return held
