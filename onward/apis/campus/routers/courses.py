"""Section 5 of the campus document: courses, their lessons, and who takes part in them."""

import csv
import io
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.bodies import refers_to, sent
from onward.apis.campus.access import instructors, is_admin, own_or_admin
from onward.apis.campus.learning import check_manages, managed, seen, sight, site
from onward.apis.campus.resource import Resource, missing
from onward.apis.campus.schemas.courses import (
    AnyCourseChanges,
    AnyCourseIn,
    CourseChanges,
    CourseIn,
    CourseOut,
    EnrolIn,
    EnrolmentOut,
    LessonChanges,
    LessonIn,
    LessonOut,
    StudentOut,
)
from onward.apis.filters import ById, ByWord
from onward.apis.resource import Verb
from onward.domain.exchange.cells import neutralise
from onward.domain.learning.certificates import pdf_of
from onward.domain.learning.choices import CourseStatus
from onward.domain.learning.models import Course, Lesson
from onward.domain.learning.queries import completion
from onward.domain.learning.queries import courses as queries
from onward.domain.learning.services import courses, enrolments, lessons
from onward.platform.wire import Id, Reading

router = Router(tags=["Courses"])
user_router = Router(tags=["User courses"])


def _courses(body: type[CourseIn], changes: type[CourseIn]) -> Resource:
    return Resource(
        queries.courses,
        row=CourseOut,
        body=body,
        changes=changes,
        filters={"instructor": ById("instructor_id"), "status": ByWord("status", CourseStatus)},
        search=("title", "description"),
        orders=("created_at", "updated_at", "title"),
        order="-created_at",
        values=sight,
        called="course",
    )


def _enrolments(rows: Any, row: type[Any] = EnrolmentOut, **how: Any) -> Resource:
    orders = ("enrolled_at", "completed_at")
    return Resource(rows, row=row, orders=orders, order="-enrolled_at", values=site, called="enrolment", **how)


TITLES = {"course__title": "title", "course__description": "description"}
PEOPLE = {"user__username": "username", "user__display_name": "display name"}
# As instructors and as admins write them.
COURSES, ANY_COURSES = _courses(CourseIn, CourseChanges), _courses(AnyCourseIn, AnyCourseChanges)
LESSONS = Resource(
    queries.lessons,
    row=LessonOut,
    body=LessonIn,
    changes=LessonChanges,
    search=("title", "content"),
    order=("position", "pk"),
    values=sight,
    called="lesson",
)
ENROLMENTS = _enrolments(queries.enrolments, search=TITLES)
COMPLETED = _enrolments(queries.completed, search=TITLES)
STUDENTS = _enrolments(queries.students, StudentOut, search=PEOPLE)
ENROLMENT = Reading(EnrolmentOut, queries.enrolment_in)
MAKES: Verb = {**ANY_COURSES.creates, "openapi_extra": refers_to(AnyCourseIn)}
ENROLS: Verb = {"response": {HTTPStatus.OK: EnrolmentOut, HTTPStatus.CREATED: EnrolmentOut}}


def _things(request: Request) -> Resource:
    return ANY_COURSES if is_admin(request.auth) else COURSES


# Courses


@router.get("", **COURSES.lists, summary="List all courses")
def list_courses(request: Request) -> HttpResponse:
    """List the courses that one may see, the latest first: published ones, archived ones in which one takes part, and
    all that one teaches."""
    return COURSES.page(request)


@router.post("", auth=instructors, **MAKES, summary="Create a new course")
def create(request: Request) -> HttpResponse:
    """Make a course, which whoever makes it teaches; admins may name somebody else."""
    said = sent(request, _things(request).body)
    instructor_id = said.pop("instructor_id", None) or request.auth.user_id
    return COURSES.made(request, courses.create(instructor_id=instructor_id, at=request.now, **said))


@router.get("{course_id}/", **COURSES.reads, summary="Retrieve a specific course")
def get_course(request: Request, course_id: Id) -> HttpResponse:
    """Read a course."""
    return COURSES.show(request, course_id)


@router.put("{course_id}/", **ANY_COURSES.replaces, summary="Update a specific course")
def update(request: Request, course_id: Id) -> HttpResponse:
    """Change a course that one teaches."""
    course = managed(request, course_id)
    courses.update(course=course, at=request.now, **_things(request).given(request, course))
    return COURSES.show(request, course_id)


@router.delete("{course_id}/", **COURSES.deletes, summary="Delete a specific course")
def delete(request: Request, course_id: Id) -> HttpResponse:
    """Delete a course that one teaches, with all that is in it, for good. Certificates of it stay."""
    courses.delete(course=managed(request, course_id))
    return COURSES.gone()


@router.post("{course_id}/enroll/", **ENROLS, summary="Enroll in a specific course")
def enroll(request: Request, course_id: Id) -> HttpResponse:
    """Take part in a course. Who has left it goes on from there."""
    return _enrol(request, seen(request, course_id), request.auth.user_id)


@router.post("{course_id}/completion/", response=EnrolmentOut, summary="Mark a course as completed")
def complete(request: Request, course_id: Id) -> HttpResponse:
    """Complete a course, for a certificate. What is missing is named in a conflict's `fields`."""
    enrolments.complete(course=seen(request, course_id), user_id=request.auth.user_id, at=request.now)
    return answer(_enrolment(request, request.auth.user_id, course_id))


@router.get("{course_id}/students/", **STUDENTS.lists, summary="List who takes part in a course")
def list_students(request: Request, course_id: Id) -> HttpResponse:
    """List who takes part and how far they are, for whoever teaches the course; with `format=csv` as a sheet."""
    course = managed(request, course_id)
    if request.GET.get("format") == "csv":
        return _sheet(course)
    return STUDENTS.page(request, course_id=course_id)


# Lessons


@router.get("{course_id}/lessons/", **LESSONS.lists, summary="List all lessons in a course")
def list_lessons(request: Request, course_id: Id) -> HttpResponse:
    """List the lessons of a course, in their order."""
    return LESSONS.page(request, course_id=course_id, empty=lambda: seen(request, course_id))


@router.post("{course_id}/lessons/", **LESSONS.creates, summary="Create a new lesson in a course")
def add_lesson(request: Request, course_id: Id, body: LessonIn) -> HttpResponse:
    """Add a lesson to a course that one teaches."""
    course = managed(request, course_id)
    fields = LESSONS.fields(request, body)
    lesson = lessons.add(course=course, by_id=request.auth.user_id, at=request.now, **fields)
    return LESSONS.made(request, lesson, course_id=course_id)


@router.get("{course_id}/lessons/{lesson_id}/", **LESSONS.reads, summary="Retrieve a specific lesson")
def get_lesson(request: Request, course_id: Id, lesson_id: Id) -> HttpResponse:
    """Read a lesson."""
    return LESSONS.show(request, lesson_id, course_id=course_id)


@router.put("{course_id}/lessons/{lesson_id}/", **LESSONS.replaces, summary="Update a specific lesson")
def update_lesson(request: Request, course_id: Id, lesson_id: Id) -> HttpResponse:
    """Change a lesson of a course that one teaches."""
    lesson = _managed_lesson(request, course_id, lesson_id)
    changes = LESSONS.given(request, lesson, course_id=course_id)
    lessons.update(lesson=lesson, by_id=request.auth.user_id, at=request.now, **changes)
    return LESSONS.show(request, lesson_id, course_id=course_id)


@router.delete("{course_id}/lessons/{lesson_id}/", **LESSONS.deletes, summary="Delete a specific lesson")
def delete_lesson(request: Request, course_id: Id, lesson_id: Id) -> HttpResponse:
    """Delete a lesson of a course that one teaches, for good."""
    lessons.delete(lesson=_managed_lesson(request, course_id, lesson_id))
    return LESSONS.gone()


@router.post("{course_id}/lessons/{lesson_id}/done/", **LESSONS.reads, summary="Mark a lesson as done")
def mark_done(request: Request, course_id: Id, lesson_id: Id) -> HttpResponse:
    """Be done with a lesson of a course in which one takes part."""
    course = seen(request, course_id)
    lesson = queries.lesson(course=course, pk=lesson_id)
    lessons.mark_done(course=course, lesson=lesson, user_id=request.auth.user_id, at=request.now)
    return LESSONS.show(request, lesson_id, course_id=course_id)


@router.delete("{course_id}/lessons/{lesson_id}/done/", **LESSONS.reads, summary="Mark a lesson as not done")
def take_back(request: Request, course_id: Id, lesson_id: Id) -> HttpResponse:
    """Be not done with a lesson after all; a course that one has completed stays so."""
    course = seen(request, course_id)
    lesson = queries.lesson(course=course, pk=lesson_id)
    lessons.take_back(course=course, lesson=lesson, user_id=request.auth.user_id)
    return LESSONS.show(request, lesson_id, course_id=course_id)


def _managed_lesson(request: Request, course_id: int, lesson_id: int) -> Lesson:
    course = seen(request, course_id)
    # What is not there is not found, whoever asks.
    lesson = queries.lesson(course=course, pk=lesson_id)
    check_manages(request, course)
    return lesson


# Who takes part


@user_router.get("{user_id}/courses/", **ENROLMENTS.lists, summary="List all courses for a specific user")
def list_enrolments(request: Request, user_id: Id) -> HttpResponse:
    """List in which courses somebody takes part, the latest first."""
    own_or_admin(request, user_id)
    return ENROLMENTS.page(request, person_id=user_id)


@user_router.post("{user_id}/courses/", **ENROLS, openapi_extra=refers_to(EnrolIn), summary="Enroll a user in a course")
def enrol_user(request: Request, user_id: Id) -> HttpResponse:
    """Take part in a course, or let somebody as an admin. Who has left it goes on from there."""
    own_or_admin(request, user_id)
    course = seen(request, sent(request, EnrolIn)["course_id"])
    return _enrol(request, course, user_id)


@user_router.get("{user_id}/completed-courses/", **COMPLETED.lists, summary="List all completed courses for a user")
def list_completed(request: Request, user_id: Id) -> HttpResponse:
    """List which courses somebody has completed, the latest first."""
    own_or_admin(request, user_id)
    return COMPLETED.page(request, person_id=user_id)


@user_router.get("{user_id}/courses/{course_id}/", response=EnrolmentOut, summary="Retrieve a course of a user")
def get_enrolment(request: Request, user_id: Id, course_id: Id) -> HttpResponse:
    """Read how somebody takes part in a course, and how far they are."""
    own_or_admin(request, user_id)
    return answer(_enrolment(request, user_id, course_id))


@user_router.delete("{user_id}/courses/{course_id}/", **ENROLMENTS.deletes, summary="Remove a user from a course")
def leave(request: Request, user_id: Id, course_id: Id) -> HttpResponse:
    """Leave a course, or remove somebody as an admin. What was done there is kept, for when they come back."""
    own_or_admin(request, user_id)
    seen(request, course_id)
    enrolments.leave(course_id=course_id, user_id=user_id, by_id=request.auth.user_id, at=request.now)
    return ENROLMENTS.gone()


@user_router.get("{user_id}/courses/{course_id}/certificate/", response=None, summary="Read a certificate as a PDF")
def get_certificate(request: Request, user_id: Id, course_id: Id) -> HttpResponse:
    """Read the certificate of a course that somebody has completed: a PDF, and in `Link` the page that confirms it."""
    own_or_admin(request, user_id)
    found = queries.certificate(user_id=user_id, course_id=course_id)
    address = request.build_absolute_uri(f"/certificates/{found.uid}")
    headers = {
        "Content-Disposition": f'inline; filename="certificate-{found.uid}.pdf"',
        "Link": f'<{address}>; rel="describedby"',
    }
    return HttpResponse(pdf_of(found, address=address), content_type="application/pdf", headers=headers)


def _enrol(request: Request, course: Course, user_id: int) -> HttpResponse:
    entered = enrolments.enrol(course=course, user_id=user_id, by_id=request.auth.user_id, at=request.now)
    status = HTTPStatus.CREATED if entered.is_new else HTTPStatus.OK
    return answer(_enrolment(request, user_id, course.pk), status)


def _enrolment(request: Request, user_id: int, course_id: int) -> str:
    document = ENROLMENT.one(person_id=user_id, pk=course_id, **site(request))
    if document is None:
        raise missing("enrolment")
    return document


def _sheet(course: Course) -> HttpResponse:
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow(["username", "display_name", "progress", "enrolled_at", "completed_at"])
    for one in completion.students_of(course=course).iterator():
        person, ended = one.user, one.completed_at
        told = (person.username, person.display_name or person.username, str(one.progress))  # type: ignore[attr-defined]
        moments = (one.enrolled_at.isoformat(), "" if ended is None else ended.isoformat())
        sheet.writerow([neutralise(cell) for cell in (*told, *moments)])
    headers = {"Content-Disposition": 'attachment; filename="students.csv"'}
    return HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
