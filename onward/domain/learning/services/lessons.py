"""Writing lessons, and being done with them."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from onward.domain.learning.models import Course, Lesson, LessonDone, Quiz
from onward.domain.learning.services.locking import keep, locked_enrolment
from onward.domain.writing.choices import SEEN, EntryKind
from onward.domain.writing.models import Entry
from onward.platform.markdown import html_of
from onward.platform.record import change, locked, locked_for_removal, save
from onward.platform.refusals import Invalid

FIELDS = frozenset({"title", "content", "content_html", "position", "video_entry_id", "quiz_id"})
LAST_POSITION = 1_000_000


def add(
    *,
    course: Course,
    title: str,
    by_id: int,
    at: datetime,
    content: str = "",
    position: int | None = None,
    video_entry_id: int | None = None,
    quiz_id: int | None = None,
) -> Lesson:
    """Add a lesson to a course, after the others where no position is said.

    :raises Invalid: naming ``video_id``, when there is no such video for them to see, or ``quiz_id``, when the course
        has no such quiz
    :raises Missing: when the course is gone
    """
    # Made before the transaction begins: it may take a while.
    html = html_of(content)
    with transaction.atomic():
        # Held, so that two lessons do not get one position.
        course = locked(course)
        _check_video(video_entry_id, by_id)
        _check_quiz(quiz_id, course.pk)
        if position is None:
            last = Lesson.objects.filter(course_id=course.pk).aggregate(last=Max("position"))["last"]
            position = 1 if last is None else min(last + 1, LAST_POSITION)
        return Lesson.objects.create(
            uid=uuid.uuid4(),
            course_id=course.pk,
            position=position,
            title=title,
            content=content,
            content_html=html,
            video_entry_id=video_entry_id,
            quiz_id=quiz_id,
            created_at=at,
            updated_at=at,
        )


def update(*, lesson: Lesson, by_id: int, at: datetime, **changes: Any) -> Lesson:
    """Change a lesson. Who is done with it stays so.

    :raises Invalid: naming ``video_id``, when there is no such video for them to see, or ``quiz_id``, when the course
        has no such quiz
    """
    if "content" in changes and changes["content"] != lesson.content:
        changes["content_html"] = html_of(changes["content"])
    with transaction.atomic():
        # Before the lesson, as by who deletes the quiz.
        _check_quiz(changes.get("quiz_id"), lesson.course_id)
        lesson = locked(lesson)
        changed = change(lesson, FIELDS, changes)
        if "video_entry_id" in changed:
            _check_video(lesson.video_entry_id, by_id)
        if changed:
            save(lesson, changed, at=at)
    return lesson


@transaction.atomic
def delete(*, lesson: Lesson) -> None:
    """Delete a lesson, for good; who has completed the course has done so."""
    locked_for_removal(lesson).delete()


@transaction.atomic
def mark_done(*, course: Course, lesson: Lesson, user_id: int, at: datetime) -> None:
    """Note that somebody is done with a lesson. Repeating it is harmless.

    :raises Forbidden: when they do not take part in the course
    """
    enrolment = locked_enrolment(course=course, user_id=user_id)
    keep(lesson)
    row = LessonDone(enrolment_id=enrolment.pk, lesson_id=lesson.pk, done_at=at)
    LessonDone.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def take_back(*, course: Course, lesson: Lesson, user_id: int) -> None:
    """Note that somebody is not done with a lesson after all. A course that they have completed stays so.

    :raises Forbidden: when they do not take part in the course
    """
    enrolment = locked_enrolment(course=course, user_id=user_id)
    LessonDone.objects.filter(enrolment_id=enrolment.pk, lesson_id=lesson.pk).delete()


def _check_video(entry_id: int | None, by_id: int) -> None:
    """Hold the video that a lesson is to show; a private one only its author may name."""
    if entry_id is None:
        return
    theirs = Q(status__in=SEEN, hidden_at=None) | Q(author_id=by_id)
    videos = Entry.objects.filter(theirs, kind=EntryKind.VIDEO, removed_at=None, pk=entry_id)
    if videos.select_for_update(no_key=True, of=("self",)).values_list("pk").first() is None:
        raise Invalid(fields={"video_id": ["There is no such video."]})


def _check_quiz(quiz_id: int | None, course_id: int) -> None:
    """Hold the quiz that a lesson is to have; it is one of the same course."""
    if quiz_id is None:
        return
    quizzes = Quiz.objects.filter(pk=quiz_id, course_id=course_id).select_for_update(no_key=True)
    if quizzes.values_list("pk").first() is None:
        raise Invalid(fields={"quiz_id": ["There is no such quiz in this course."]})
