from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from onward.domain.ingestion import queries
from onward.domain.ingestion.choices import Health
from onward.domain.ingestion.models import Reading, Run, Sighting, Source
from onward.domain.ingestion.services import runs, sources
from onward.platform.record.admin import ReadOnlyAdmin, ReadOnlyInline
from onward.platform.refusals import Refusal


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
    # Those that are asked first.
    ordering = ["-is_enabled", "name"]
    actions = ["enable", "disable", "read"]

    @admin.display(description="health")
    def health(self, source: Any) -> str:
        return Health(source.health).label

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        found: QuerySet[Source] = super().get_queryset(request).annotate(health=queries.health(now=timezone.now()))
        return found

    @admin.action(description="Enable the selected sources, from the next run on", permissions=["manage"])
    def enable(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        self._switch(request, queryset.filter(left_at=None, is_enabled=False), is_enabled=True)

    @admin.action(description="Disable the selected sources", permissions=["manage"])
    def disable(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        self._switch(request, queryset.filter(is_enabled=True), is_enabled=False)

    @admin.action(description="Read the selected sources now", permissions=["manage"])
    def read(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        names = list(queryset.values_list("name", flat=True))
        try:
            run = runs.start(at=request.now, asked_by_id=request.user.pk, sources=names)  # type: ignore[attr-defined]
        except Refusal as refusal:
            self._refused(request, refusal)
            return
        self.message_user(request, f"{run} reads them.", messages.SUCCESS)

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ingestion.change_source")

    def _switch(self, request: HttpRequest, chosen: QuerySet[Source], **to: bool) -> None:
        names = []
        for source in chosen.order_by("name"):
            sources.switch(source=source, at=request.now, by_id=request.user.pk, **to)  # type: ignore[attr-defined]
            names.append(source.name)
        what = "Enabled" if to["is_enabled"] else "Disabled"
        self.message_user(request, f"{what}: {', '.join(names) or 'none'}.", messages.SUCCESS)


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
    actions = ["cancel"]

    @admin.action(description="Cancel the selected runs", permissions=["manage"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Run]) -> None:
        count = 0
        for run in queryset.order_by("pk"):
            try:
                runs.cancel(run=run, at=request.now)  # type: ignore[attr-defined]
            except Refusal as refusal:
                self.message_user(request, f"{run}: {refusal.message}", messages.WARNING)
            else:
                count += 1
        self.message_user(request, f"{count} runs cancelled.", messages.SUCCESS)

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ingestion.change_run")


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
