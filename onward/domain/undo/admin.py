from django.contrib import admin

from onward.domain.undo.models import Undo
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Undo)
class UndoAdmin(ReadOnlyAdmin):
    """What was done on pages, as far as it can be taken back."""

    fields = ["uid", "owner", "made_at", "used_at"]
    list_display = ["uid", "owner", "made_at", "used_at"]
    list_filter = ["made_at"]
    list_select_related = ["owner"]
    search_fields = ["owner__email", "owner__username"]
    ordering = ["-made_at"]
