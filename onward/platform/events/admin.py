from django.contrib import admin

from onward.platform.events.models import EventRecord
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(EventRecord)
class EventRecordAdmin(ReadOnlyAdmin):
    list_display = ["id", "happened_at", "name", "owner"]
    list_filter = ["name", "happened_at"]
    list_select_related = ["owner"]
    search_fields = ["=id", "name", "=owner__email"]
    ordering = ["-id"]
