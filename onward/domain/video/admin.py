from django.contrib import admin

from onward.domain.video.models import Caption, Upload, Video
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Video)
class VideoAdmin(ReadOnlyAdmin):
    list_display = ["entry", "address", "content_type", "size", "duration", "owner"]
    list_filter = ["content_type"]
    list_select_related = ["entry", "owner"]
    search_fields = ["=entry__id", "entry__title", "address", "owner__email"]
    ordering = ["-entry_id"]


@admin.register(Caption)
class CaptionAdmin(ReadOnlyAdmin):
    list_display = ["video", "language", "updated_at"]
    list_filter = ["language"]
    search_fields = ["=video__entry__id", "video__entry__title"]
    ordering = ["-id"]


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "owner", "length", "expires_at"]
    list_filter = ["created_at"]
    list_select_related = ["owner"]
    search_fields = ["owner__email", "owner__username"]
    ordering = ["-id"]
