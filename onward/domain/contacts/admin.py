from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from onward.domain.contacts import services
from onward.domain.contacts.models import Contact
from onward.platform.record.admin import ReadOnlyAdmin, clock


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    """Whom somebody knows is theirs: staff see the name, and not what is written about them."""

    fields = ["owner", "name", "application", "contact_type", "last_contacted", "uid", "created_at", "updated_at"]
    list_display = ["created_at", "name", "owner", "contact_type", "application", "last_contacted"]
    list_filter = ["contact_type", "created_at"]
    list_select_related = ["owner", "application"]
    search_fields = ["name", "owner__email", "owner__username", "application__job_title"]
    ordering = ["-created_at", "-id"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("contacts.delete_contact")

    def delete_model(self, request: HttpRequest, obj: Contact) -> None:
        services.delete(contact=obj, at=clock(request, obj.owner.timezone))
