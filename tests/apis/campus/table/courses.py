"""Courses, their lessons, and who takes part."""

from django.utils import timezone

from onward.domain.learning.services import enrolments, lessons
from tests.apis.campus.table import Cast, Pair, Row
from tests.factories import CourseFactory, LessonFactory

COURSE = {"title": "Bread", "description": "From flour to loaf"}
LESSON = {"title": "Ovens", "content": "They are *hot*"}
LESSONS = "/api/courses/{course_id}/lessons/"
ONE_LESSON = LESSONS + "{lesson_id}/"
THEIRS = "/api/users/{user_id}/courses/"


def _named(ids):
    return {"course_id": ids["open_course_id"].here}


def _no_video(ids):
    return {**LESSON, "video_id": ids["blog_id"].here}


OPERATIONS = {
    #                                    nobody member owner instr. moder. team admin
    "GET /api/courses/":             Row("401    200    200   200    200    200  200"),
    "POST /api/courses/":            Row("401    403    403   201    403    403  201", COURSE),
    "GET /api/courses/{course_id}/": Row("401    200    200   200    200    200  200"),
    "PUT /api/courses/{course_id}/": Row("401    403    403   200    403    403  200", COURSE),
    "DELETE /api/courses/{course_id}/": Row("401 403    403   204    403    403  204"),
    "POST /api/courses/{course_id}/enroll/": Row("401 201 200 201    201    201  201"),
    "POST /api/courses/{course_id}/completion/": Row("401 403 200 403 403   403  403"),
    "GET /api/courses/{course_id}/students/": Row("401 403 403 200   403    403  200"),
    f"GET {LESSONS}":                Row("401    200    200   200    200    200  200"),
    f"POST {LESSONS}":               Row("401    403    403   201    403    403  201", LESSON, (_no_video,)),
    f"GET {ONE_LESSON}":             Row("401    200    200   200    200    200  200"),
    f"PUT {ONE_LESSON}":             Row("401    403    403   200    403    403  200", LESSON, (_no_video,)),
    f"DELETE {ONE_LESSON}":          Row("401    403    403   204    403    403  204"),
    f"POST {ONE_LESSON}done/":       Row("401    403    200   403    403    403  403"),
    f"DELETE {ONE_LESSON}done/":     Row("401    403    200   403    403    403  403"),
    f"GET {THEIRS}":                 Row("401    403    200   403    403    403  200"),
    f"POST {THEIRS}":                Row("401    403    201   403    403    403  201", _named),
    f"GET {THEIRS}{{course_id}}/":   Row("401    403    200   403    403    403  200"),
    f"DELETE {THEIRS}{{course_id}}/": Row("401   403    204   403    403    403  204"),
    f"GET {THEIRS}{{course_id}}/certificate/": Row("401 403 200 403  403    403  200"),
    "GET /api/users/{user_id}/completed-courses/": Row("401 403 200 403 403 403  200"),
}  # fmt: skip


def make(cast: Cast) -> dict[str, Pair]:
    now = timezone.now()
    here, opened = (CourseFactory(instructor=cast.instructor) for _ in range(2))
    elsewhere = CourseFactory(instructor=cast.another)
    lesson, another = LessonFactory(course=here), LessonFactory(course=elsewhere)
    # The owner takes part, and has completed it.
    enrolments.enrol(course=here, user_id=cast.owner.pk, by_id=cast.owner.pk, at=now)
    lessons.mark_done(course=here, lesson=lesson, user_id=cast.owner.pk, at=now)
    enrolments.complete(course=here, user_id=cast.owner.pk, at=now)
    return {
        "course_id": Pair(here.pk, elsewhere.pk),
        "open_course_id": Pair(opened.pk, elsewhere.pk),
        "lesson_id": Pair(lesson.pk, another.pk),
    }
