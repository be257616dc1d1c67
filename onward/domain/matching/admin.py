from django.contrib import admin

from onward.domain.matching.models import Ranking
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Ranking)
class RankingAdmin(ReadOnlyAdmin):
    """How far a ranking is and why it failed; not what suits whom."""

    fields = ["owner", "status", "progress", "error", "attempts", "created_at", "started_at", "ended_at", "uid"]
    list_display = ["created_at", "owner", "status", "progress", "attempts", "started_at", "ended_at", "error"]
    list_filter = ["status", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["=id", "owner__email", "owner__username", "error"]
    ordering = ["-created_at", "-id"]
