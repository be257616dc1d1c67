from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from onward.domain.applications import services
from onward.domain.applications.models import (
    Application,
    Document,
    Note,
    Outcome,
    Reflection,
    SavedJob,
    StatusChange,
    Tag,
    Tagging,
    TakenBackMove,
)
from onward.platform.record.admin import ReadOnlyAdmin, ReadOnlyInline, RecordAdmin, clock


class ApplicationForm(forms.ModelForm):  # type: ignore[type-arg]
    """An application; everything that it names belongs to its owner."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        owner = cleaned.get("owner") or getattr(self.instance, "owner", None)
        for name in ("company", "resume"):
            named = cleaned.get(name)
            if owner and named and named.owner_id != owner.pk:
                self.add_error(name, "This belongs to somebody else.")
        return cleaned


class NoteInline(admin.TabularInline):  # type: ignore[type-arg]
    """Notes are added; what somebody wrote stays as they wrote it."""

    model = Note
    fields = ["note_type", "content", "created_at"]
    readonly_fields = ["created_at"]
    ordering = ["-created_at", "-id"]
    extra = 0

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StatusChangeInline(ReadOnlyInline):
    model = StatusChange
    fields = ["before", "after", "changed_at", "recorded_at"]
    ordering = ["changed_at", "id"]
    show_change_link = False


@admin.register(Application)
class ApplicationAdmin(RecordAdmin):
    """Changes go through the services, so that the history and the timeline tell of them."""

    form = ApplicationForm
    fieldsets = [
        (None, {"fields": ["owner", "company", "job_title", "status", "priority"]}),
        ("The job", {"fields": ["job_url", "job_description", "work_type", "job_type", "location"]}),
        ("What it pays", {"fields": ["salary_min", "salary_max", "salary_currency"]}),
        ("The application", {"fields": ["source", "referrer_name", "resume", "cover_letter"]}),
        ("Dates", {"fields": ["applied_date", "response_date", "next_action", "next_action_date"]}),
        ("The row", {"fields": ["uid", "created_at", "updated_at"]}),
    ]
    inlines = [NoteInline, StatusChangeInline]
    list_display = ["job_title", "company", "owner", "status", "priority", "applied_date", "updated_at"]
    list_filter = ["status", "priority", "source", "work_type", "created_at"]
    list_select_related = ["company", "owner"]
    search_fields = ["job_title", "company__name", "location", "owner__email", "owner__username"]
    autocomplete_fields = ["owner", "company", "resume"]
    ordering = ["-updated_at", "-id"]

    def get_readonly_fields(self, request: HttpRequest, obj: Application | None = None) -> list[str]:
        return [*(["owner"] if obj else []), "uid", "created_at", "updated_at"]

    def save_model(self, request: HttpRequest, obj: Application, form: Any, change: Any) -> None:
        at = clock(request, obj.owner.timezone)
        if change:
            services.update(application=obj, at=at, **_columns({n: form.cleaned_data[n] for n in form.changed_data}))
        else:
            obj.pk = services.create(owner_id=obj.owner_id, at=at, **_columns(form.cleaned_data)).pk

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        application = form.instance
        for note in formset.extra_forms if formset.model is Note else ():
            if note.has_changed():
                services.add_note(
                    application=application,
                    content=note.cleaned_data["content"],
                    note_type=note.cleaned_data["note_type"],
                    at=clock(request, application.owner.timezone),
                )
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []

    def delete_model(self, request: HttpRequest, obj: Application) -> None:
        services.delete(application=obj, at=clock(request, obj.owner.timezone))


def _columns(values: dict[str, Any]) -> dict[str, Any]:
    """Name a company and a résumé by their ids, as the services do."""
    named = {f"{n}_id" if n in {"company", "resume"} else n: v for n, v in values.items()}
    columns = {n: getattr(v, "pk", None) if n.endswith("_id") else v for n, v in named.items()}
    return {n: v for n, v in columns.items() if n in services.FIELDS}


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "application", "note_type", "content"]
    list_filter = ["note_type", "created_at"]
    list_select_related = ["application"]
    search_fields = ["content", "application__job_title", "application__owner__email"]
    ordering = ["-created_at", "-id"]


@admin.register(StatusChange)
class StatusChangeAdmin(ReadOnlyAdmin):
    list_display = ["changed_at", "application", "before", "after", "recorded_at"]
    list_filter = ["after", "before", "changed_at"]
    list_select_related = ["application"]
    search_fields = ["application__job_title", "application__company__name", "application__owner__email"]
    ordering = ["-changed_at", "-id"]


@admin.register(TakenBackMove)
class TakenBackMoveAdmin(ReadOnlyAdmin):
    list_display = ["taken_back_at", "application", "before", "after", "changed_at"]
    list_filter = ["after", "taken_back_at"]
    list_select_related = ["application"]
    search_fields = ["application__job_title", "application__company__name", "application__owner__email"]
    ordering = ["-taken_back_at", "-id"]


@admin.register(Outcome)
class OutcomeAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "application", "status", "salary", "salary_currency", "start_date", "deadline"]
    list_filter = ["status", "salary_currency", "created_at"]
    list_select_related = ["application"]
    search_fields = ["application__job_title", "application__company__name", "application__owner__email"]
    ordering = ["-created_at", "-id"]


@admin.register(Reflection)
class ReflectionAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "application", "what_worked", "what_failed"]
    list_filter = ["created_at"]
    list_select_related = ["application"]
    search_fields = ["application__job_title", "application__company__name", "application__owner__email"]
    ordering = ["-created_at", "-id"]


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "name", "doc_type", "application"]
    list_filter = ["doc_type", "created_at"]
    list_select_related = ["application"]
    search_fields = ["name", "application__job_title", "application__company__name", "application__owner__email"]
    ordering = ["-created_at", "-id"]


@admin.register(Tag)
class TagAdmin(ReadOnlyAdmin):
    list_display = ["name", "color", "owner", "created_at"]
    list_filter = ["created_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "owner__email", "owner__username"]
    ordering = ["-created_at", "-id"]


@admin.register(Tagging)
class TaggingAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "tag", "application"]
    list_filter = ["created_at"]
    list_select_related = ["tag", "application"]
    search_fields = ["tag__name", "application__job_title", "application__owner__email"]
    ordering = ["-created_at", "-id"]


@admin.register(SavedJob)
class SavedJobAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "company_name", "job_title", "owner", "status", "priority", "deadline"]
    list_filter = ["status", "priority", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["company_name", "job_title", "owner__email", "owner__username"]
    ordering = ["-created_at", "-id"]
