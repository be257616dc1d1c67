from django.contrib import admin

from onward.domain.writing.models import Bookmark, Entry, Flag, Forum, Like, Mention, ReadPosition, Version, Visit
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Forum)
class ForumAdmin(ReadOnlyAdmin):
    list_display = ["title", "created_at", "updated_at"]
    search_fields = ["title", "description"]
    ordering = ["-created_at", "-id"]


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "kind", "author", "title", "status", "hidden_at", "removed_at"]
    list_filter = ["kind", "status", "created_at"]
    list_select_related = ["author"]
    search_fields = ["=id", "title", "author__email", "author__username"]
    ordering = ["-created_at", "-id"]


@admin.register(Flag)
class FlagAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "entry", "user", "reason", "verdict", "resolved_at", "resolved_by"]
    list_filter = ["verdict", "created_at"]
    list_select_related = ["entry", "user", "resolved_by"]
    search_fields = ["=entry__id", "reason", "user__email", "user__username"]
    ordering = ["-created_at", "-id"]


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    list_display = ["replaced_at", "entry", "title", "replaced_by"]
    list_filter = ["replaced_at"]
    list_select_related = ["entry", "replaced_by"]
    search_fields = ["=entry__id", "title", "content"]
    ordering = ["-id"]


class MarkAdmin(ReadOnlyAdmin):
    """What somebody does with an entry."""

    list_display = ["id", "entry", "user"]
    list_select_related = ["entry", "user"]
    search_fields = ["=entry__id", "user__email", "user__username"]
    ordering = ["-id"]


admin.site.register([Like, Bookmark, ReadPosition, Visit, Mention], MarkAdmin)
