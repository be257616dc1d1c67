from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onward.domain.writing.choices import BELOW, EntryKind, EntryStatus
from onward.platform.record import Record


class Forum(Record):
    """A place for threads about one thing."""

    title = models.CharField(max_length=255)
    description = models.TextField(default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="forum_list")]

    def __str__(self) -> str:
        return self.title


class Entry(Record):
    """Something that a member has written, of whatever kind."""

    kind = models.CharField(max_length=10, choices=EntryKind)
    # None when their account is gone; what others have answered stays readable.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="entries", db_index=False
    )
    title = models.CharField(max_length=255, default="", blank=True)
    # Markdown, as it was written; and the HTML that was made of it then.
    content = models.TextField(default="", blank=True)
    content_html = models.TextField(default="", blank=True, editable=False)
    status = models.CharField(max_length=10, choices=EntryStatus, default=EntryStatus.PUBLISHED)
    tags = models.JSONField(default=list, blank=True)
    # Of a thread, and of its posts.
    forum = models.ForeignKey(Forum, models.CASCADE, null=True, blank=True, related_name="entries", db_index=False)
    # Of a post its thread, of a comment its video.
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children", db_index=False)
    # The one beside it that it answers.
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    is_pinned = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False)
    # By how many readers of late: see `services.reading`.
    popularity = models.FloatField(default=0.0, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Since when it waits, flagged by several, for a moderator.
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=EntryStatus.values), name="entry_status_is_known"),
            models.CheckConstraint(
                condition=Q(kind__in=[EntryKind.BLOG, EntryKind.VIDEO], forum__isnull=True, parent__isnull=True)
                | Q(kind=EntryKind.THREAD, forum__isnull=False, parent__isnull=True)
                | Q(kind=EntryKind.POST, forum__isnull=False, parent__isnull=False)
                | Q(kind=EntryKind.COMMENT, forum__isnull=True, parent__isnull=False),
                name="entry_is_where_its_kind_belongs",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BELOW, title="") | (~Q(kind__in=BELOW) & ~Q(title="")),
                name="entry_has_a_title_unless_it_is_below_another",
            ),
            models.CheckConstraint(
                condition=Q(status=EntryStatus.PUBLISHED)
                | Q(kind=EntryKind.BLOG, status=EntryStatus.DRAFT)
                | Q(kind=EntryKind.VIDEO),
                name="entry_status_suits_its_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(kind="blog", status="published", removed_at__isnull=True),
                name="entry_blogs",
            ),
            models.Index(
                fields=["-popularity", "-id"],
                condition=Q(kind="blog", status="published", removed_at__isnull=True),
                name="entry_popular",
            ),
            models.Index(
                fields=["forum", "-is_pinned", "-created_at", "-id"],
                condition=Q(kind="thread", removed_at__isnull=True),
                name="entry_threads",
            ),
            models.Index(
                fields=["forum", "-id"], condition=Q(kind="post", removed_at__isnull=True), name="entry_forum_posts"
            ),
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(kind="video", removed_at__isnull=True),
                name="entry_videos",
            ),
            models.Index(fields=["parent", "id"], name="entry_children"),
            # What is unread is counted from it alone: others' posts after a number. SQLite looks into the row for what
            # the condition says, unless it stands in the index, too.
            models.Index(
                fields=["parent", "id", "author", "kind", "status", "hidden_at", "removed_at"],
                condition=Q(kind="post", status="published", hidden_at__isnull=True, removed_at__isnull=True),
                name="entry_unread",
            ),
            # What is somebody's, also to count what a newcomer has written.
            models.Index(fields=["author", "-created_at", "-id"], name="entry_mine"),
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="entry_removed"),
            # What is beyond the counts of `EntryCount`, for those who see it.
            models.Index(
                fields=["kind", "forum", "parent"],
                condition=Q(hidden_at__isnull=False, removed_at__isnull=True),
                name="entry_hidden",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.content[:60]


class Version(models.Model):
    """What an entry said before it was changed."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="versions", db_index=False)
    title = models.CharField(max_length=255, default="", blank=True)
    content = models.TextField(default="", blank=True)
    # Who has changed it into what came after, and when.
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["entry", "-id"], name="version_history")]

    def __str__(self) -> str:
        return self.title or self.content[:60]
