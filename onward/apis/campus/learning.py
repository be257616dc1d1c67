"""What routers of courses and what is in them have in common: who sees what, and who looks after it."""

from typing import Any

from onward.apis.base import Request
from onward.apis.campus.access import is_admin
from onward.domain.learning.models import Course
from onward.domain.learning.queries import courses as queries
from onward.platform.refusals import Forbidden


def sight(request: Request) -> dict[str, Any]:
    """Return who asks, and whether they look after all courses."""
    return {"asker_id": request.auth.user_id, "manages_all": is_admin(request.auth)}


def site(request: Request) -> dict[str, Any]:
    """Return, for a statement, who asks, and what this API's addresses begin with, as it was asked."""
    return {**sight(request), "site": request.build_absolute_uri(f"{request.api_prefix}/")}


def seen(request: Request, course_id: int) -> Course:
    """Return a course that who asks may see.

    :raises Missing: when there is none, or they may not see it
    """
    return queries.course(pk=course_id, sight=sight(request))


def managed(request: Request, course_id: int) -> Course:
    """Return a course that who asks teaches, or looks after as an admin.

    :raises Missing: when there is none, or they may not even see it
    :raises Forbidden: when they see it only
    """
    course = seen(request, course_id)
    check_manages(request, course)
    return course


def check_manages(request: Request, course: Course) -> None:
    """Check that who asks teaches a course, or looks after it as an admin.

    :raises Forbidden: when they do not
    """
    if course.instructor_id != request.auth.user_id and not is_admin(request.auth):
        raise Forbidden("Only whoever teaches this course and admins may do this.")
