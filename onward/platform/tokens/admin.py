from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from onward.platform import tokens
from onward.platform.record.admin import ReadOnlyAdmin
from onward.platform.tokens.models import Session


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    """Who is signed in. What the refresh tokens hold is not shown."""

    list_display = ["user", "api", "address", "created_at", "last_used_at", "expires_at", "ended_at", "end_reason"]
    list_filter = ["api", "awaits_second_factor", ("ended_at", admin.EmptyFieldListFilter), "created_at"]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__username", "address"]
    ordering = ["-created_at"]
    exclude = ["refresh_id", "previous_refresh_id"]
    actions = ["end"]

    @admin.action(description="End the selected sessions", permissions=["end"])
    def end(self, request: HttpRequest, queryset: Any) -> None:
        found = list(queryset.filter(ended_at=None).values_list("pk", flat=True))
        for session_id in found:
            tokens.end_session(session_id=session_id, reason="ended by staff", at=request.now)  # type: ignore[attr-defined]
        self.message_user(request, f"{len(found)} sessions ended.", messages.SUCCESS)

    def has_end_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tokens.change_session")
