"""Making courses, changing and deleting them."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.accounts.models import User
from onward.domain.learning.choices import CourseStatus
from onward.domain.learning.models import Course
from onward.platform.record import change, locked, locked_for_removal, save
from onward.platform.refusals import Invalid

FIELDS = frozenset({"title", "description", "status", "instructor_id"})


@transaction.atomic
def create(
    *, instructor_id: int, title: str, at: datetime, description: str = "", status: str = CourseStatus.PUBLISHED
) -> Course:
    """Make a course.

    :raises Invalid: naming ``instructor_id``, when there is no such account
    """
    _check_instructor(instructor_id)
    return Course.objects.create(
        instructor_id=instructor_id, title=title, description=description, status=status, created_at=at, updated_at=at
    )


@transaction.atomic
def update(*, course: Course, at: datetime, **changes: Any) -> Course:
    """Change a course. What is not named stays as it is; who takes part does whatever its status is.

    :raises Invalid: naming ``instructor_id``, when there is no such account
    """
    if changes.get("instructor_id") is not None and changes["instructor_id"] != course.instructor_id:
        _check_instructor(changes["instructor_id"])
    course = locked(course)
    changed = change(course, FIELDS, changes)
    if changed:
        save(course, changed, at=at)
    return course


@transaction.atomic
def delete(*, course: Course) -> None:
    """Delete a course with all that is in it, for good. Certificates of it stay."""
    locked_for_removal(course).delete()


def _check_instructor(user_id: int) -> None:
    """Hold the account that is to teach a course."""
    held = User.objects.select_for_update(no_key=True).filter(pk=user_id, is_active=True).values_list("pk")
    if held.first() is None:
        raise Invalid(fields={"instructor_id": ["There is no such account."]})
