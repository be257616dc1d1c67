from typing import Any

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest

from onward.domain.help import services
from onward.domain.help.models import Article, Feedback, HelpfulVote
from onward.platform.record.admin import ReadOnlyAdmin, RecordAdmin


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    """Articles in Markdown; markup of one's own and scripts are left out where they are shown."""

    fields = [
        *("title", "slug", "category", "tags", "excerpt", "content", "is_published"),
        *("view_count", "uid", "created_at", "updated_at"),
    ]
    readonly_fields = ["view_count", "uid", "created_at", "updated_at"]
    prepopulated_fields = {"slug": ("title",)}
    list_display = ["title", "category", "is_published", "view_count", "updated_at"]
    list_filter = ["category", "is_published", "created_at"]
    search_fields = ["title", "excerpt", "content"]
    ordering = ["category", "title"]

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: Any) -> None:
        services.write_article(article=obj, at=request.now)  # type: ignore[attr-defined]


@admin.register(HelpfulVote)
class HelpfulVoteAdmin(ReadOnlyAdmin):
    """Whom which article has helped."""

    list_display = ["article", "owner", "created_at"]
    list_filter = ["created_at"]
    list_select_related = ["article", "owner"]
    search_fields = ["article__title", "owner__email", "owner__username"]
    ordering = ["-created_at"]


@admin.register(Feedback)
class FeedbackAdmin(RecordAdmin):
    """The inbox: what people tell. Who is answered finds the answer among their notifications."""

    readonly_fields = [
        *("type", "title", "description", "page_url", "screenshot_url", "metadata", "owner", "created_at"),
        *("answered_at", "answered_by"),
    ]
    fields = [*readonly_fields[:8], "answer", *readonly_fields[8:]]
    list_display = ["created_at", "type", "title", "owner", "answered_at"]
    list_filter = [("answered_at", admin.EmptyFieldListFilter), "type", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["title", "description", "owner__email", "owner__username"]

    def get_ordering(self, request: HttpRequest) -> Any:
        # What waits for an answer stands first.
        return [F("answered_at").asc(nulls_first=True), "-created_at"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Feedback, form: Any, change: Any) -> None:
        by: Any = request.user
        services.answer(feedback=obj, text=obj.answer, by_id=by.pk, at=request.now)  # type: ignore[attr-defined]
