import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onward.domain.community.choices import PostType, ReactionType
from onward.platform.record import Record


class Post(Record):
    """Something that somebody tells everybody, a group, or nobody yet."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="posts", db_index=False)
    group = models.ForeignKey(
        "community.Group", models.CASCADE, null=True, blank=True, related_name="posts", db_index=False
    )
    post_type = models.CharField(max_length=20, choices=PostType, default=PostType.UPDATE)
    title = models.CharField(max_length=255, default="", blank=True)
    content = models.TextField()
    is_public = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(post_type__in=PostType.values), name="post_type_is_known"),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], condition=Q(is_public=True), name="post_feed"),
            models.Index(fields=["group", "-created_at", "-id"], name="post_group_feed"),
            models.Index(fields=["author", "-created_at", "-id"], name="post_mine"),
        ]

    def __str__(self) -> str:
        return self.title or self.content[:60]


class Reaction(models.Model):
    """What somebody thinks of a post: one for each person and post."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="reactions", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions")
    reaction = models.CharField(max_length=20, choices=ReactionType, default=ReactionType.LIKE)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "user"], name="reaction_is_one"),
            models.CheckConstraint(condition=Q(reaction__in=ReactionType.values), name="reaction_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} by {self.user_id}"
