from django.contrib import admin

from onward.domain.assistant.models import Generation, Task
from onward.domain.assistant.providers import admin as providers  # noqa: F401 (this app's too)
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Generation)
class GenerationAdmin(ReadOnlyAdmin):
    """That something was written, by whom and how it was liked; not what it says."""

    fields = ["owner", "kind", "application", "model", "tokens", "is_favorite", "rating", "uid", "created_at"]
    list_display = ["created_at", "owner", "kind", "model", "tokens", "rating", "is_favorite"]
    list_filter = ["kind", "model", "rating", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["=id", "owner__email", "owner__username", "model"]
    ordering = ["-created_at", "-id"]


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    """How far a task is and why it failed; neither what it was given nor what it gave."""

    fields = ["owner", "kind", "status", "error", "attempts", "created_at", "started_at", "ended_at", "uid"]
    list_display = ["created_at", "owner", "kind", "status", "attempts", "started_at", "ended_at", "error"]
    list_filter = ["status", "kind", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["=id", "owner__email", "owner__username", "error"]
    ordering = ["-created_at", "-id"]
