from django.contrib import admin

from onward.domain.activity.models import Activity
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "owner", "action", "description", "application"]
    list_filter = ["action", "created_at"]
    list_select_related = ["owner", "application"]
    search_fields = ["description", "owner__email", "owner__username"]
    ordering = ["-created_at", "-id"]
