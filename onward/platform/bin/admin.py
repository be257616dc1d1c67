from django.contrib import admin

from onward.platform.bin.models import Binned
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Binned)
class BinnedAdmin(ReadOnlyAdmin):
    """What was deleted within the last month. What was in it stays its owner's business."""

    fields = ["owner", "kind", "row_id", "deleted_at"]
    list_display = ["kind", "row_id", "owner", "deleted_at"]
    list_filter = ["kind", "deleted_at"]
    list_select_related = ["owner"]
    search_fields = ["owner__email", "owner__username"]
    ordering = ["-deleted_at"]
