from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from onward.domain.reminders import services
from onward.domain.reminders.models import Reminder
from onward.platform.record.admin import ReadOnlyAdmin, clock


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    """What somebody wants to be reminded of is theirs: staff see when it is due, and not what is written about it."""

    fields = [
        "owner",
        "title",
        "application",
        "reminder_type",
        "remind_at",
        "completed_at",
        "uid",
        "created_at",
        "updated_at",
    ]
    list_display = ["remind_at", "title", "owner", "reminder_type", "application", "completed_at"]
    list_filter = ["reminder_type", "remind_at", "completed_at"]
    list_select_related = ["owner", "application"]
    search_fields = ["title", "owner__email", "owner__username", "application__job_title"]
    ordering = ["-remind_at", "-id"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("reminders.delete_reminder")

    def delete_model(self, request: HttpRequest, obj: Reminder) -> None:
        services.delete(reminder=obj, at=clock(request, obj.owner.timezone))
