from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from onward.domain.ingestion import queries
from onward.domain.ingestion.models import Reading, Run, Sighting, Source
from onward.platform.record.admin import ReadOnlyAdmin, ReadOnlyInline


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    """Sources and how they are. What a source is stands in the operator's file or in the program; an admin says which
    are asked.
    """

    list_display = [
        "name",
        "kind",
        "health",
        "is_enabled",
        "last_success_at",
        "last_found",
        "last_new",
        "failures",
        "failure",
        "resting_until",
    ]
    list_filter = ["is_enabled", "kind", "origin"]
    search_fields = ["name", "board", "company"]
    ordering = ["name"]

    @admin.display(description="health")
    def health(self, source: Source) -> str:
        return queries.health(source, at=timezone.now()).label


class ReadingInline(ReadOnlyInline):
    model = Reading
    fields = [
        "source",
        "state",
        "found",
        "saved",
        "duplicates",
        "rejected",
        "leads",
        "error",
        "started_at",
        "finished_at",
    ]
    ordering = ["source__name"]


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = [
        "id",
        "created_at",
        "asked_by",
        "mode",
        "state",
        "found",
        "saved",
        "duplicates",
        "rejected",
        "leads",
        "finished_at",
    ]
    list_filter = ["state", "mode", "created_at"]
    list_select_related = ["asked_by"]
    search_fields = ["=uid", "asked_by__email"]
    ordering = ["-id"]
    inlines = [ReadingInline]


@admin.register(Reading)
class ReadingAdmin(ReadOnlyAdmin):
    list_display = ["id", "source", "run", "state", "found", "saved", "duplicates", "rejected", "leads", "error"]
    list_filter = ["state", "source"]
    list_select_related = ["source", "run"]
    search_fields = ["source__name", "error"]
    ordering = ["-id"]


@admin.register(Sighting)
class SightingAdmin(ReadOnlyAdmin):
    list_display = ["id", "posting", "source", "external_id", "first_seen_at", "last_seen_at", "missed"]
    list_filter = ["source", "missed"]
    list_select_related = ["posting", "source"]
    search_fields = ["=external_id", "posting__title"]
    ordering = ["-id"]

    def get_queryset(self, request: HttpRequest) -> Any:
        # The description of a posting may have 100 KB, and is not shown.
        return super().get_queryset(request).defer("posting__description", "posting__description_html")
