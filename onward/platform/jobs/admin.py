from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from onward.platform.jobs import services
from onward.platform.jobs.models import Job, Tally
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Jobs are looked at, tried again and given up; nobody writes one by hand."""

    list_display = [
        "id",
        "kind",
        "state",
        "progress",
        "attempts",
        "max_attempts",
        "run_at",
        "finished_at",
        "last_error",
    ]
    list_filter = ["state", "queue", "kind", "run_at"]
    search_fields = ["=id", "kind", "error"]
    ordering = ["-id"]
    actions = ["retry", "cancel"]

    @admin.display(description="error")
    def last_error(self, job: Job) -> str:
        return job.error.strip().rsplit("\n", 1)[-1][:120]

    @admin.action(description="Run the selected jobs now, with all attempts before them", permissions=["manage"])
    def retry(self, request: HttpRequest, queryset: Any) -> None:
        count = services.retry(job_ids=self._ids(queryset), at=request.now)  # type: ignore[attr-defined]
        self.message_user(request, f"{count} jobs run again.", messages.SUCCESS)

    @admin.action(description="Cancel the selected jobs, those that run too", permissions=["manage"])
    def cancel(self, request: HttpRequest, queryset: Any) -> None:
        count = services.cancel(*self._ids(queryset), at=request.now)  # type: ignore[attr-defined]
        self.message_user(request, f"{count} jobs cancelled.", messages.SUCCESS)

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("jobs.change_job")

    def _ids(self, queryset: Any) -> list[int]:
        return list(queryset.values_list("pk", flat=True))


@admin.register(Tally)
class TallyAdmin(ReadOnlyAdmin):
    """What became of jobs whose rows have been swept."""

    list_display = ["kind", "state", "jobs", "seconds"]
    list_filter = ["state"]
    search_fields = ["kind"]
    ordering = ["kind", "state"]
