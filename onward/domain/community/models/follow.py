import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Follow(models.Model):
    """One person follows another."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="followings", db_index=False)
    following = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="followers", db_index=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "following"], name="follow_is_one"),
            models.CheckConstraint(condition=~Q(follower=F("following")), name="nobody_follows_themselves"),
        ]
        indexes = [
            models.Index(fields=["following", "-created_at", "-id"], name="follow_followers"),
            models.Index(fields=["follower", "-created_at", "-id"], name="follow_followings"),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} follows {self.following_id}"
