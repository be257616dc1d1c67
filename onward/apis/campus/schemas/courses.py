"""Courses, as the campus document shows them and as they are sent."""

from datetime import datetime
from typing import Annotated

from django.db import models
from django.db.models import F, Value
from django.db.models.expressions import Case, Combinable, When
from django.db.models.functions import Cast, Concat

from onward.apis.campus.schemas.people import REFERENCE, PersonOut, Reference, reference
from onward.domain.learning.choices import CourseStatus
from onward.domain.learning.models import Lesson
from onward.domain.learning.queries import completion, courses
from onward.domain.learning.services.lessons import LAST_POSITION
from onward.platform.wire import EMPTY_IS_NULL, Body, Choice, Count, From, Id, Param, Text, Whole, Wire, empty_is
from onward.platform.wire.fields import Path

LONGEST_TEXT = 100_000
# What this API's addresses begin with; the statement takes it.
SITE = Param("site", models.TextField())

Title = Annotated[str, Text(255, shortest=1)]
LongText = Annotated[str, Text(LONGEST_TEXT), empty_is("")]
StatusWord = Annotated[str, Choice(CourseStatus)]


class CourseFields(Wire):
    """A course, the same to everybody."""

    id: int
    title: str
    description: str
    instructor_id: int | None
    instructor: Annotated[PersonOut | None, From("instructor")]
    status: StatusWord
    lesson_count: Annotated[int, Count(Lesson.objects.all, by="course_id")]
    student_count: Annotated[int, Count(courses.taking_part, by="course_id")]


class CourseOut(CourseFields):
    """A course. ``enrolled`` says whether who asks takes part."""

    enrolled: Annotated[bool, From(courses.attends)]
    created_at: datetime
    updated_at: datetime


class CourseIn(Body):
    """What an instructor says of a course."""

    title: Title
    description: LongText = ""
    status: Annotated[StatusWord, empty_is(CourseStatus.PUBLISHED.value)] = CourseStatus.PUBLISHED.value


class CourseChanges(CourseIn, partial=True):
    """What an instructor changes about a course. What is absent, or as it was shown, stays."""


class AnyCourseIn(CourseIn):
    """What is said of a course. Admins may say who teaches it; from others that is passed over."""

    instructor_id: Annotated[Id | None, REFERENCE, EMPTY_IS_NULL] = reference("instructor", default=None)


class AnyCourseChanges(AnyCourseIn, partial=True):
    """What is changed about a course; who teaches it, by admins."""


class LessonOut(Wire):
    """A part of a course. ``done`` says whether who asks has marked it."""

    id: int
    course_id: int
    order: Annotated[int, From("position")]
    title: str
    content: str
    content_html: str
    video_id: Annotated[int | None, From("video_entry_id")]
    quiz_id: int | None
    done: Annotated[bool, From(courses.is_done)]
    created_at: datetime
    updated_at: datetime


class LessonIn(Body):
    """What is said of a lesson. Without an ``order`` it comes after the others."""

    title: Title
    content: LongText = ""
    order: Annotated[Annotated[int, Whole(0, LAST_POSITION)] | None, EMPTY_IS_NULL] = None
    video_id: Annotated[Id | None, REFERENCE, EMPTY_IS_NULL] = reference("video", default=None)
    quiz_id: Annotated[Id | None, REFERENCE, EMPTY_IS_NULL] = reference("quiz", default=None)


class LessonChanges(LessonIn, partial=True):
    """What is changed about a lesson. What is absent, or as it was shown, stays."""


def _certificate_url(at: Path) -> Combinable:
    numbers = {name: Cast(F(at(name)), models.TextField()) for name in ("user_id", "course_id")}
    address = Concat(
        SITE,
        Value("api/users/"),
        numbers["user_id"],
        Value("/courses/"),
        numbers["course_id"],
        Value("/certificate/"),
        output_field=models.TextField(),
    )
    done = When(**{f"{at('completed_at')}__isnull": False}, then=address)
    return Case(done, default=None, output_field=models.TextField())


class EnrolmentOut(Wire):
    """How somebody takes part in a course. ``progress`` is in per cent; ``certificate_url`` is null until completed."""

    course_id: int
    course: Annotated[CourseFields, From("course")]
    user_id: int
    progress: Annotated[int, From(completion.progress)]
    enrolled_at: datetime
    completed_at: datetime | None
    certificate_url: Annotated[str | None, From(_certificate_url)]


class EnrolIn(Body):
    """In which course somebody is to take part."""

    course_id: Reference = reference("course")


class StudentOut(Wire):
    """Somebody who takes part in a course, as whoever teaches it sees them."""

    user_id: int
    user: Annotated[PersonOut, From("user")]
    progress: Annotated[int, From(completion.progress)]
    enrolled_at: datetime
    completed_at: datetime | None
