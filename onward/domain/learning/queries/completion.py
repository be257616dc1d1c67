"""What somebody still has to do to complete a course."""

from onward.domain.learning.models import Enrolment, Lesson
from onward.domain.learning.queries.quizzes import not_passed

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
