from django.contrib import admin

from onward.domain.feed.models import Dismissal, SavedSearch
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Dismissal)
class DismissalAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "owner", "posting"]
    list_filter = ["created_at"]
    list_select_related = ["owner", "posting"]
    search_fields = ["=id", "owner__email", "owner__username"]
    ordering = ["-created_at", "-id"]


@admin.register(SavedSearch)
class SavedSearchAdmin(ReadOnlyAdmin):
    """How often a search of somebody tells what is new; not what they look for."""

    fields = ["owner", "often", "seen_until", "told_on", "created_at", "updated_at", "uid"]
    list_display = ["created_at", "owner", "often", "seen_until", "told_on"]
    list_filter = ["often", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["=id", "owner__email", "owner__username"]
    ordering = ["-created_at", "-id"]
