import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onward.domain.community.choices import GroupRole
from onward.platform.record import Record


class Group(Record):
    """People who have something in common. A private one is there for its members only."""

    # Who made it, and alone may change it.
    creator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="created_groups")
    name = models.CharField(max_length=100)
    description = models.TextField(default="", blank=True)
    is_public = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["-created_at", "-id"], condition=Q(is_public=True), name="group_public"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody in a group."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=GroupRole, default=GroupRole.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "user"], name="membership_is_one"),
            models.CheckConstraint(condition=Q(role__in=GroupRole.values), name="membership_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.group_id}"
