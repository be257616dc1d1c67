from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from onward.domain.webhooks import services
from onward.domain.webhooks.models import Delivery, Endpoint
from onward.platform.record.admin import ReadOnlyAdmin
from onward.platform.refusals import Refusal


@admin.register(Endpoint)
class EndpointAdmin(ReadOnlyAdmin):
    """Endpoints are looked at and switched off; their secrets are their owners'."""

    fields = [
        "uid",
        "owner",
        "name",
        "url",
        "events",
        "is_active",
        "failure_count",
        "last_failure_at",
        "last_success_at",
        "created_at",
        "updated_at",
    ]
    list_display = ["name", "owner", "url", "is_active", "failure_count", "last_success_at", "last_failure_at"]
    list_filter = ["is_active", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "url", "owner__email", "=uid"]
    ordering = ["-created_at", "-id"]
    actions = ["switch_off"]

    @admin.action(description="Switch off the selected endpoints", permissions=["manage"])
    def switch_off(self, request: HttpRequest, queryset: Any) -> None:
        for endpoint in queryset:
            services.update(endpoint=endpoint, is_active=False, at=request.now)  # type: ignore[attr-defined]
        self.message_user(request, "Switched off.", messages.SUCCESS)

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("webhooks.change_endpoint")


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """Deliveries are looked at and sent again; what they say is their owners'."""

    fields = [
        "uid",
        "owner",
        "endpoint",
        "event",
        "status",
        "attempt_count",
        "max_attempts",
        "due_at",
        "response_status_code",
        "error_message",
        "created_at",
        "delivered_at",
    ]
    list_display = ["id", "created_at", "owner", "endpoint", "event", "status", "attempt_count", "error_message"]
    list_filter = ["status", "event", "created_at"]
    list_select_related = ["owner", "endpoint"]
    search_fields = ["=uid", "endpoint__name", "endpoint__url", "owner__email"]
    ordering = ["-id"]
    actions = ["retry"]

    @admin.action(description="Send the selected deliveries again", permissions=["manage"])
    def retry(self, request: HttpRequest, queryset: Any) -> None:
        count = 0
        for delivery in queryset.select_related("endpoint"):
            try:
                services.retry(delivery=delivery, at=request.now)  # type: ignore[attr-defined]
            except Refusal as refusal:
                self.message_user(request, f"{delivery}: {refusal.message}", messages.WARNING)
            else:
                count += 1
        self.message_user(request, f"{count} deliveries will be sent again.", messages.SUCCESS)

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("webhooks.change_delivery")
