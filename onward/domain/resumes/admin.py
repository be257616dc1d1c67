from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from onward.domain.resumes import services
from onward.domain.resumes.models import Fact, Resume, ResumeText, Upload
from onward.platform.record.admin import ReadOnlyAdmin, clock


@admin.register(Resume)
class ResumeAdmin(ReadOnlyAdmin):
    """A résumé is its owner's: staff see that it is there, not what it says. Its file is deleted with it."""

    fields = [
        "owner",
        "version_name",
        "is_default",
        "file_name",
        "file_size",
        "content_type",
        "uid",
        "created_at",
        "updated_at",
    ]
    list_display = ["version_name", "owner", "file_name", "file_size", "is_default", "created_at"]
    list_filter = ["is_default", "content_type", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["version_name", "file_name", "owner__email", "owner__username"]
    ordering = ["-created_at", "-id"]
    actions = ["make_default"]

    @admin.action(description="Make the selected résumés their owners' default", permissions=["delete"])
    def make_default(self, request: HttpRequest, queryset: Any) -> None:
        for resume in queryset.select_related("owner"):
            at = clock(request, resume.owner.timezone)
            services.set_default(owner_id=resume.owner_id, resume_id=resume.pk, at=at)
        self.message_user(request, "Done.", messages.SUCCESS)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("resumes.delete_resume")

    def delete_model(self, request: HttpRequest, obj: Resume) -> None:
        services.delete(owner_id=obj.owner_id, resume_id=obj.pk, at=clock(request, obj.owner.timezone))


@admin.register(ResumeText)
class ResumeTextAdmin(ReadOnlyAdmin):
    """Whether a file could be read, and not what it says."""

    fields = ["resume", "problem", "warnings", "read_at"]
    list_display = ["resume", "read_at", "problem"]
    list_filter = ["read_at"]
    list_select_related = ["resume"]
    search_fields = ["resume__version_name", "resume__owner__email", "problem"]
    ordering = ["-read_at", "-resume_id"]


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    """How far the reading of a file is, and not what it says."""

    fields = ["resume", "status", "progress", "attempts", "problem", "promoted_at", "created_at", "updated_at"]
    list_display = ["resume", "status", "progress", "problem", "updated_at"]
    list_filter = ["status", "created_at"]
    list_select_related = ["resume"]
    search_fields = ["resume__version_name", "resume__owner__email", "problem"]
    ordering = ["-created_at", "-resume_id"]


@admin.register(Fact)
class FactAdmin(ReadOnlyAdmin):
    """That something was drafted or said of somebody, and not what."""

    fields = ["resume", "kind", "origin", "confirmed_at", "refused_at", "uid", "created_at", "updated_at"]
    list_display = ["created_at", "resume", "kind", "origin", "confirmed_at", "refused_at"]
    list_filter = ["kind", "origin", "created_at"]
    list_select_related = ["resume"]
    search_fields = ["=id", "resume__owner__email", "resume__owner__username"]
    ordering = ["-created_at", "-id"]
