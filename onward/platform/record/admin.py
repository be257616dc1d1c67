"""What the admin pages of the record have in common."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from onward.platform.refusals import Refusal


def clock(request: HttpRequest, zone: str) -> datetime:
    """Return the time of the request on somebody's clock: it decides which day it is for them."""
    moment: datetime = request.now  # type: ignore[attr-defined]
    return moment.astimezone(ZoneInfo(zone))


class RecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Staff change the record as its owners do, through the services; what a service refuses is shown as a message."""

    list_per_page = 50
    # Counting a whole table for the sake of a number is not worth its time.
    show_full_result_count = False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refusal as refusal:
            return self._refused(request, refusal)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refusal as refusal:
            return self._refused(request, refusal)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        for row in queryset:
            self.delete_model(request, row)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        # Who may delete a row may delete what belongs to it, also where nobody deletes such rows by themselves.
        to_delete, counts, _, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, set(), protected

    def _refused(self, request: HttpRequest, refusal: Refusal) -> HttpResponse:
        problems = [problem for field in refusal.fields.values() for problem in field]
        self.message_user(request, " ".join(problems) or refusal.message, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())


class ReadOnly:
    """Rows that nobody writes by hand. Mixed into an admin or an inline."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, RecordAdmin):
    """A table that staff may look at."""


class ReadOnlyInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Rows that belong to another and that staff may look at."""

    extra = 0
    show_change_link = True

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return self.fields
