from django.contrib import admin

from onward.domain.exchange.models import Import
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    """What was brought in, and what came of it."""

    list_display = ["file_name", "owner", "state", "added", "skipped", "broken", "created_at"]
    list_filter = ["state", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["file_name", "owner__email", "owner__username"]
    ordering = ["-created_at"]
