from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from onward.domain.companies import services
from onward.domain.companies.models import Company, Employer, EmployerName
from onward.platform.record import name_key
from onward.platform.record.admin import ReadOnlyAdmin, ReadOnlyInline, RecordAdmin, clock


class CompanyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A company, with its name compared as the record compares names."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        owner = cleaned.get("owner") or getattr(self.instance, "owner", None)
        others = Company.objects.filter(owner=owner, name_key=name_key(cleaned.get("name", "")))
        if owner and others.exclude(pk=self.instance.pk).exists():
            self.add_error("name", "This person already has a company with this name.")
        return cleaned


@admin.register(Company)
class CompanyAdmin(RecordAdmin):
    form = CompanyForm
    fields = [
        "owner",
        "name",
        "website",
        "industry",
        "location",
        "size",
        "glassdoor_rating",
        "notes",
        "uid",
        "created_at",
        "updated_at",
    ]
    list_display = ["name", "owner", "industry", "location", "size", "updated_at"]
    list_filter = ["size", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "industry", "location", "owner__email", "owner__username"]
    autocomplete_fields = ["owner"]
    ordering = ["name", "id"]

    def get_readonly_fields(self, request: HttpRequest, obj: Company | None = None) -> list[str]:
        return [*(["owner"] if obj else []), "uid", "created_at", "updated_at"]

    def save_model(self, request: HttpRequest, obj: Company, form: Any, change: Any) -> None:
        values = {name: form.cleaned_data[name] for name in form.changed_data if name in services.FIELDS}
        at = clock(request, obj.owner.timezone)
        if change:
            services.update(company=obj, at=at, **values)
        else:
            obj.pk = services.create(owner_id=obj.owner_id, at=at, **values).pk

    def delete_model(self, request: HttpRequest, obj: Company) -> None:
        services.delete(company=obj, at=clock(request, obj.owner.timezone))


class EmployerNameInline(ReadOnlyInline):
    model = EmployerName
    fields = ["name_key", "domain"]
    ordering = ["id"]
    show_change_link = False


@admin.register(Employer)
class EmployerAdmin(ReadOnlyAdmin):
    """Companies as the whole server knows them, and where each value comes from."""

    inlines = [EmployerNameInline]
    list_display = ["name", "domain", "industry", "size", "location", "updated_at"]
    list_filter = ["size", "created_at"]
    search_fields = ["name", "domain", "industry", "names__name_key"]
    ordering = ["name", "id"]


@admin.register(EmployerName)
class EmployerNameAdmin(ReadOnlyAdmin):
    list_display = ["name_key", "domain", "employer"]
    list_filter = [("domain", admin.EmptyFieldListFilter)]
    list_select_related = ["employer"]
    search_fields = ["name_key", "domain", "employer__name"]
    ordering = ["name_key", "id"]
