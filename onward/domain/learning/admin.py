from django.contrib import admin

from onward.domain.learning.models import Attempt, Certificate, Course, Enrolment, Lesson, LessonDone, Question, Quiz
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Course)
class CourseAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "title", "instructor", "status"]
    list_filter = ["status", "created_at"]
    list_select_related = ["instructor"]
    search_fields = ["=id", "title", "instructor__email", "instructor__username"]
    ordering = ["-created_at", "-id"]


@admin.register(Lesson)
class LessonAdmin(ReadOnlyAdmin):
    list_display = ["title", "course", "position", "created_at"]
    list_select_related = ["course"]
    search_fields = ["=course__id", "title"]
    ordering = ["course", "position", "id"]


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    list_display = ["enrolled_at", "course", "user", "completed_at", "left_at"]
    list_filter = ["enrolled_at", ("completed_at", admin.EmptyFieldListFilter), ("left_at", admin.EmptyFieldListFilter)]
    list_select_related = ["course", "user"]
    search_fields = ["=course__id", "user__email", "user__username"]
    ordering = ["-enrolled_at", "-id"]


@admin.register(LessonDone)
class LessonDoneAdmin(ReadOnlyAdmin):
    list_display = ["done_at", "lesson", "enrolment"]
    list_select_related = ["lesson", "enrolment"]
    search_fields = ["=lesson__id", "enrolment__user__email", "enrolment__user__username"]
    ordering = ["-id"]


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    list_display = ["completed_at", "name", "course_title", "user"]
    list_filter = ["completed_at"]
    list_select_related = ["user"]
    search_fields = ["uid", "name", "course_title", "user__email", "user__username"]
    ordering = ["-completed_at", "-id"]


@admin.register(Quiz)
class QuizAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "title", "course", "opens_at", "closes_at", "required"]
    list_filter = ["required", "created_at"]
    list_select_related = ["course"]
    search_fields = ["=id", "=course__id", "title"]
    ordering = ["-created_at", "-id"]


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    list_display = ["content", "quiz", "kind", "points"]
    list_filter = ["kind"]
    list_select_related = ["quiz"]
    search_fields = ["=quiz__id", "content"]
    ordering = ["-id"]


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    list_display = ["started_at", "quiz", "user", "number", "submitted_at", "score", "max_score", "passed"]
    list_filter = ["passed", "started_at"]
    list_select_related = ["quiz", "user"]
    search_fields = ["=quiz__id", "user__email", "user__username"]
    ordering = ["-id"]
