from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from onward.domain.notifications.models import Announcement, Notice, Notification, Preferences
from onward.domain.notifications.services import announcements
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Preferences)
class PreferencesAdmin(ReadOnlyAdmin):
    list_display = [
        "owner",
        "interview_reminders",
        "interview_reminder_hours",
        "application_updates",
        "weekly_summary",
        "quiet_hours_start",
        "quiet_hours_end",
    ]
    list_filter = ["interview_reminders", "application_updates", "weekly_summary"]
    list_select_related = ["owner"]
    search_fields = ["owner__email", "owner__username"]
    ordering = ["-id"]


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    list_display = [
        "created_at",
        "owner",
        "notification_type",
        "subject",
        "status",
        "due_at",
        "held_since",
        "sent_at",
        "attempts",
    ]
    list_filter = ["status", "notification_type", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["subject", "owner__email", "owner__username"]
    ordering = ["-created_at", "-id"]


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "owner", "type", "priority", "title", "read_at"]
    list_filter = ["type", "priority", ("read_at", admin.EmptyFieldListFilter), "created_at"]
    list_select_related = ["owner"]
    search_fields = ["title", "owner__email", "owner__username"]
    ordering = ["-created_at", "-id"]


@admin.register(Announcement)
class AnnouncementAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What everybody is told; told once, it is not changed."""

    list_display = ["created_at", "title", "priority", "by"]
    list_select_related = ["by"]
    search_fields = ["title"]
    ordering = ["-created_at"]

    def save_model(self, request: HttpRequest, obj: Announcement, form: Any, change: Any) -> None:
        """Announce it."""
        announcements.announce(announcement=obj, by_id=request.user.pk, at=request.now)  # type: ignore[attr-defined]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
