import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Session(models.Model):
    """One sign-in. Every token belongs to a session and dies with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions")
    # Which API signed in, and from where: for the list of sessions that a person sees.
    api = models.CharField(max_length=20)
    address = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.CharField(max_length=255, default="", blank=True)
    # Set while a second factor is still owed: such a session opens nothing but its verification and logout.
    awaits_second_factor = models.BooleanField(default=False)
    # The one refresh token that is good now, and the one before it, which is forgiven for some seconds.
    refresh_id = models.UUIDField(default=uuid.uuid4)
    refresh_issued_at = models.DateTimeField(default=timezone.now)
    previous_refresh_id = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=30, default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-created_at"], name="session_user"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} through {self.api}, since {self.created_at:%Y-%m-%d %H:%M}"


class SocketToken(models.Model):
    """What opens one line for the session that asked for it, once and within a minute.

    A browser cannot send a header with a WebSocket, so this stands in its address; only a hash of it is kept.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    session = models.ForeignKey(Session, models.CASCADE, related_name="socket_tokens")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"of {self.session_id}, until {self.expires_at:%Y-%m-%d %H:%M:%S}"
