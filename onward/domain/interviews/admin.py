from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from onward.domain.applications.admin import ApplicationAdmin
from onward.domain.interviews import services
from onward.domain.interviews.models import Interview
from onward.platform.record.admin import ReadOnlyInline, RecordAdmin, clock


class InterviewInline(ReadOnlyInline):
    model = Interview
    fields = ["round_number", "interview_type", "scheduled_at", "status", "outcome"]
    ordering = ["scheduled_at", "id"]


# Interviews know applications, not the other way round.
ApplicationAdmin.inlines.append(InterviewInline)


@admin.register(Interview)
class InterviewAdmin(RecordAdmin):
    fields = [
        "owner",
        "application",
        "round_number",
        "name",
        "interview_type",
        "scheduled_at",
        "duration_minutes",
        "timezone",
        "meeting_link",
        "meeting_location",
        "interviewer_names",
        "interviewer_titles",
        "status",
        "outcome",
        "preparation_notes",
        "post_interview_notes",
        "questions_asked",
        "uid",
        "created_at",
        "updated_at",
    ]
    list_display = ["scheduled_at", "owner", "application", "interview_type", "round_number", "status", "outcome"]
    list_filter = ["status", "outcome", "interview_type", "scheduled_at"]
    list_select_related = ["owner", "application"]
    search_fields = ["application__job_title", "application__company__name", "interviewer_names", "owner__email"]
    autocomplete_fields = ["application"]
    ordering = ["-scheduled_at", "-id"]

    def get_readonly_fields(self, request: HttpRequest, obj: Interview | None = None) -> list[str]:
        # An interview belongs to the owner of its application, and stays with it.
        return ["owner", *(["application"] if obj else []), "uid", "created_at", "updated_at"]

    def save_model(self, request: HttpRequest, obj: Interview, form: Any, change: Any) -> None:
        at = clock(request, obj.application.owner.timezone)
        if change:
            changed = {name: form.cleaned_data[name] for name in form.changed_data if name in services.FIELDS}
            services.update(interview=obj, at=at, **changed)
        else:
            values = {name: value for name, value in form.cleaned_data.items() if name in services.FIELDS}
            owner_id = obj.application.owner_id
            made = services.create(owner_id=owner_id, application_id=obj.application_id, at=at, **values)
            obj.pk, obj.owner_id = made.pk, made.owner_id

    def delete_model(self, request: HttpRequest, obj: Interview) -> None:
        services.delete(interview=obj, at=clock(request, obj.owner.timezone))
