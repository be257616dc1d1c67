"""What people do with what others have written: each at most once, which the database holds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onward.domain.writing.choices import Verdict
from onward.domain.writing.models.entry import Entry


class Like(models.Model):
    """Somebody likes an entry."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="likes", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="likes")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "user"], name="like_is_one")]

    def __str__(self) -> str:
        return f"{self.user_id} likes {self.entry_id}"


class Bookmark(models.Model):
    """Somebody wants to find a thread again. Nobody else is told."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="bookmarks", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "user"], name="bookmark_is_one")]
        indexes = [models.Index(fields=["user", "-created_at", "-id"], name="bookmark_list")]

    def __str__(self) -> str:
        return f"{self.entry_id} by {self.user_id}"


class ReadPosition(models.Model):
    """How far somebody has read a thread. It only moves forward."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="positions", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # The number of the last post that was read; it stays where that post is deleted.
    post_number = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "user"], name="read_position_is_one")]

    def __str__(self) -> str:
        return f"{self.entry_id} up to {self.post_number}"


class Visit(models.Model):
    """Somebody has read a blog, or opened a video. :ivar last_on: the last day, in UTC, that it counted"""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="visits", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    last_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "user"], name="visit_is_one")]

    def __str__(self) -> str:
        return f"{self.entry_id} on {self.last_on}"


class Mention(models.Model):
    """Somebody was named in an entry, and told: once, however often it is changed."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="mentions", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "user"], name="mention_is_told_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.entry_id}"


class Flag(models.Model):
    """Somebody thinks that an entry should not be there; a moderator decides."""

    # None where it is about something else, of which there is a row beside it: a message.
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="flags", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="flags")
    reason = models.CharField(max_length=100)
    note = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=10, choices=Verdict, default="", blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "user"], name="flag_is_one"),
            models.CheckConstraint(condition=Q(verdict__in=["", *Verdict.values]), name="flag_verdict_is_known"),
            models.CheckConstraint(
                condition=Q(verdict="", resolved_at__isnull=True) | (~Q(verdict="") & Q(resolved_at__isnull=False)),
                name="flag_is_resolved_with_a_verdict",
            ),
        ]
        indexes = [
            # The queue, the oldest first.
            models.Index(fields=["created_at", "id"], condition=Q(resolved_at__isnull=True), name="flag_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.reason}"
