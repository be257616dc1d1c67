"""What staff see of providers: calls and how they stand; neither questions nor answers, and no keys."""

from django.contrib import admin

from onward.domain.assistant.providers.models import CachedAnswer, Call, Standing
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Call)
class CallAdmin(ReadOnlyAdmin):
    fields = [
        "at",
        "ended_at",
        "owner",
        "category",
        "provider",
        "model",
        "outcome",
        "counted",
        "tokens_in",
        "tokens_out",
        "is_estimate",
        "cost",
    ]
    list_display = ["at", "owner", "category", "provider", "model", "outcome", "tokens_in", "tokens_out", "cost"]
    list_filter = ["provider", "outcome", "category", "at"]
    list_select_related = ["owner"]
    search_fields = ["=id", "owner__email", "owner__username", "provider", "model"]
    ordering = ["-at", "-id"]


@admin.register(Standing)
class StandingAdmin(ReadOnlyAdmin):
    fields = ["name", "failures", "open_until", "rests_until"]
    list_display = ["name", "failures", "open_until", "rests_until"]
    search_fields = ["name"]
    ordering = ["name"]


@admin.register(CachedAnswer)
class CachedAnswerAdmin(ReadOnlyAdmin):
    fields = ["owner", "model", "expires_at"]
    list_display = ["expires_at", "owner", "model"]
    list_select_related = ["owner"]
    search_fields = ["=id", "owner__email", "owner__username", "model"]
    ordering = ["-expires_at", "-id"]
