"""Taking part in a course, leaving and completing it. Repeating any of it is harmless."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from onward.domain.accounts.models import User
from onward.domain.learning.choices import CourseStatus
from onward.domain.learning.events import CourseCompleted, CourseLeft, Enrolled
from onward.domain.learning.models import Certificate, Course, Enrolment
from onward.domain.learning.queries import completion
from onward.domain.learning.services.locking import locked_enrolment
from onward.platform.events import publish
from onward.platform.record import locked, missing, save
from onward.platform.refusals import Conflict


class Entered(NamedTuple):
    """How somebody takes part in a course. :ivar is_new: whether they did not before"""

    enrolment: Enrolment
    is_new: bool


@transaction.atomic
def enrol(*, course: Course, user_id: int, by_id: int, at: datetime) -> Entered:
    """Let somebody take part in a course. Who has left it goes on from where they were.

    :raises Conflict: when the course takes nobody in: it is a draft, or archived
    :raises Missing: when it is gone
    """
    course = locked(course)
    found = Enrolment.objects.filter(course_id=course.pk, user_id=user_id).first()
    if found is not None and found.left_at is None:
        return Entered(found, is_new=False)
    if course.status != CourseStatus.PUBLISHED:
        raise Conflict("This course takes nobody in at present.", code="not_open")
    if found is None:
        found = Enrolment.objects.create(
            course_id=course.pk, user_id=user_id, enrolled_at=at, created_at=at, updated_at=at
        )
    else:
        found.left_at = None
        save(found, ["left_at"], at=at)
    publish(Enrolled(owner_id=user_id, at=at, course_id=course.pk, by_id=by_id))
    return Entered(found, is_new=True)


@transaction.atomic
def leave(*, course_id: int, user_id: int, by_id: int, at: datetime) -> None:
    """Let somebody leave a course. What they have done there is kept, for when they come back.

    :raises Missing: when they do not take part
    """
    theirs = Enrolment.objects.filter(course_id=course_id, user_id=user_id, left_at=None)
    if not theirs.update(left_at=at, updated_at=at):
        raise missing("enrolment")
    publish(CourseLeft(owner_id=user_id, at=at, course_id=course_id, by_id=by_id))


@transaction.atomic
def complete(*, course: Course, user_id: int, at: datetime) -> Enrolment:
    """Complete a course, which makes a certificate.

    :raises Forbidden: when they do not take part
    :raises Conflict: when something is missing; its fields name what
    """
    enrolment = locked_enrolment(course=course, user_id=user_id)
    if enrolment.completed_at is not None:
        return enrolment
    if lacking := completion.missing(enrolment):
        raise Conflict("There is something left to do in this course.", code="not_completed", fields=lacking)
    enrolment.completed_at = at
    save(enrolment, ["completed_at"], at=at)
    certificate = Certificate.objects.create(
        user_id=user_id,
        course_id=course.pk,
        name=_called(user_id),
        course_title=course.title,
        instructor_id=course.instructor_id,
        instructor_name="" if course.instructor_id is None else _called(course.instructor_id),
        completed_at=at,
        created_at=at,
        updated_at=at,
    )
    publish(CourseCompleted(owner_id=user_id, at=at, course_id=course.pk, certificate_id=certificate.pk))
    return enrolment


def _called(user_id: int) -> str:
    person = User.objects.filter(pk=user_id).first()
    if person is None:
        return ""
    return f"{person.first_name} {person.last_name}".strip() or person.display_name or person.username
