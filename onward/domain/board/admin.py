from django.contrib import admin

from onward.domain.board.models import Posting
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin):
    """Openings. Sources write them, and the desk through its API."""

    list_display = [
        "title",
        "company_name",
        "is_internship",
        "location",
        "state",
        "score",
        "published_at",
        "last_seen_at",
    ]
    list_filter = ["state", "is_internship", "internship_type", "work_mode", "first_seen_at", "published_at"]
    search_fields = ["title", "company_name", "location", "=url"]
    ordering = ["-id"]
