"""Courses, and who takes part in them: each person at most once, which the database holds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onward.domain.learning.choices import CourseStatus
from onward.domain.writing.models import Entry
from onward.platform.record import Record


class Course(Record):
    """Something to learn, taught by one person."""

    # None when their account is gone; admins then look after it, and may name somebody else.
    instructor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="courses", db_index=False
    )
    title = models.CharField(max_length=255)
    description = models.TextField(default="", blank=True)
    status = models.CharField(max_length=10, choices=CourseStatus, default=CourseStatus.PUBLISHED)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=CourseStatus.values), name="course_status_is_known")
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="course_list"),
            models.Index(fields=["instructor", "-created_at", "-id"], name="course_taught"),
        ]

    def __str__(self) -> str:
        return self.title


class Lesson(Record):
    """A part of a course."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="lessons", db_index=False)
    # Where it stands among the others; of two at the same place, the older one comes first.
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    # Markdown, as it was written; and the HTML that was made of it then.
    content = models.TextField(default="", blank=True)
    content_html = models.TextField(default="", blank=True, editable=False)
    # To be watched, where there is one.
    video_entry = models.ForeignKey(Entry, models.SET_NULL, null=True, blank=True, related_name="lessons")
    # To be attempted, where there is one; of the same course.
    quiz = models.ForeignKey("Quiz", models.SET_NULL, null=True, blank=True, related_name="lessons")

    class Meta:
        indexes = [models.Index(fields=["course", "position", "id"], name="lesson_list")]

    def __str__(self) -> str:
        return self.title


class Enrolment(Record):
    """Somebody takes part in a course. Who has left and comes back goes on from there."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="enrolments", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments", db_index=False)
    enrolled_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "user"], name="enrolment_is_one")]
        indexes = [
            models.Index(fields=["user", "-enrolled_at", "-id"], name="enrolment_mine"),
            # Who takes part, to be counted and listed.
            models.Index(
                fields=["course", "-enrolled_at", "-id"], condition=Q(left_at__isnull=True), name="enrolment_of"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.course_id}"


class LessonDone(models.Model):
    """Somebody who takes part is done with a lesson."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="done", db_index=False)
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="done")
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "lessons done"
        constraints = [models.UniqueConstraint(fields=["enrolment", "lesson"], name="lesson_done_is_one")]

    def __str__(self) -> str:
        return f"{self.lesson_id} by {self.enrolment_id}"


class Certificate(Record):
    """Confirms to everybody who knows its ``uid`` that somebody has completed a course.

    It says what was so on that day, whatever the course is called later, and stays where the course is deleted.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="certificates", db_index=False)
    course = models.ForeignKey(Course, models.SET_NULL, null=True, blank=True, related_name="certificates")
    name = models.CharField(max_length=310)
    course_title = models.CharField(max_length=255)
    # Who taught it then: their name goes with their account. Empty where nobody did.
    instructor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    instructor_name = models.CharField(max_length=310, default="", blank=True)
    completed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "course"], name="certificate_is_one")]

    def __str__(self) -> str:
        return f"{self.name}: {self.course_title}"
