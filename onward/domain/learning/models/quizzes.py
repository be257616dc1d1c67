"""Quizzes of courses, their questions, and attempts at them."""

from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from onward.domain.learning.choices import Grading, QuestionKind, Review
from onward.domain.learning.models.courses import Course
from onward.platform.record import Record


class Quiz(Record):
    """Questions about a course, and when and how often they may be answered."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="quizzes", db_index=False)
    title = models.CharField(max_length=255)
    description = models.TextField(default="", blank=True)
    # When it may be attempted; at any time, where nothing is said.
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    # Seconds from the start of an attempt.
    time_limit = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    # Of each person; as many as they like, where nothing is said.
    attempts_allowed = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    # A percentage of the points.
    pass_mark = models.FloatField(default=50.0)
    grading = models.CharField(max_length=10, choices=Grading, default=Grading.HIGHEST)
    review = models.CharField(max_length=10, choices=Review, default=Review.SCORE)
    # Whether it must be passed to complete the course.
    required = models.BooleanField(default=False)
    # Whether each attempt has an order of its own, of questions and options.
    shuffle = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "quizzes"
        constraints = [
            models.CheckConstraint(condition=Q(grading__in=Grading.values), name="quiz_grading_is_known"),
            models.CheckConstraint(condition=Q(review__in=Review.values), name="quiz_review_is_known"),
            models.CheckConstraint(condition=Q(pass_mark__gte=0, pass_mark__lte=100), name="quiz_pass_mark_is_percent"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(opens_at__lt=F("closes_at")),
                name="quiz_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(time_limit__isnull=True) | Q(time_limit__gte=1), name="quiz_time_limit_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(attempts_allowed__isnull=True) | Q(attempts_allowed__gte=1),
                name="quiz_attempts_are_positive",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="quiz_list"),
            models.Index(fields=["course", "-created_at", "-id"], name="quiz_of_course"),
        ]

    def __str__(self) -> str:
        return self.title


class Question(Record):
    """A question of a quiz, with its right answer."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="questions", db_index=False)
    content = models.TextField()
    kind = models.CharField(max_length=10, choices=QuestionKind)
    # What is chosen from; empty for text and numbers.
    options: Any = models.JSONField(default=list, blank=True)
    # One answer, or a list: of a multiple choice all that must be chosen, otherwise several of which each is right.
    correct_answer: Any = models.JSONField()
    # How far a number may be off.
    tolerance = models.FloatField(default=0.0)
    points = models.FloatField(default=1.0)
    explanation = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_kind_is_known"),
            models.CheckConstraint(condition=Q(points__gte=0, tolerance__gte=0), name="question_points_are_positive"),
        ]
        indexes = [models.Index(fields=["quiz", "id"], name="question_list")]

    def __str__(self) -> str:
        return self.content[:60]


class Attempt(Record):
    """Somebody's attempt at a quiz, with the questions as they were asked, whatever becomes of them."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="attempts", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attempts", db_index=False)
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    # When what is saved is handed in.
    deadline = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # As they were asked, in this order: {id, content, kind, options, points}.
    questions: Any = models.JSONField(default=list)
    # What is right, apart from what its owner sees: by the question's id {correct_answer, tolerance, explanation}.
    keys: Any = models.JSONField(default=dict)
    # By the question's id.
    answers: Any = models.JSONField(default=dict, blank=True)
    # Points by the question's id, once it is handed in.
    marks: Any = models.JSONField(default=dict, blank=True)
    score = models.FloatField(null=True, blank=True)
    max_score = models.FloatField()
    percentage = models.FloatField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quiz", "user", "number"], name="attempt_number_is_one"),
            models.UniqueConstraint(
                fields=["quiz", "user"], condition=Q(submitted_at__isnull=True), name="attempt_running_is_one"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, score__isnull=True, percentage__isnull=True, passed__isnull=True)
                | Q(submitted_at__isnull=False, score__isnull=False, percentage__isnull=False, passed__isnull=False),
                name="attempt_is_marked_when_handed_in",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=F("max_score")),
                name="attempt_score_is_within_bounds",
            ),
        ]
        indexes = [
            models.Index(fields=["quiz", "-id"], name="attempt_of_quiz"),
            models.Index(fields=["user", "-id"], name="attempt_mine"),
            # What is to be handed in, the earliest first.
            models.Index(
                fields=["deadline"],
                condition=Q(submitted_at__isnull=True, deadline__isnull=False),
                name="attempt_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.quiz_id}, number {self.number}"
