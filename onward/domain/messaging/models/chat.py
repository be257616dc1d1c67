from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from onward.domain.messaging.choices import UpdateKind
from onward.platform.record import Record


class Chat(Record):
    """People who write to each other: two, who have no other chat of two, or a group.

    Whatever is written in a chat is written while its row is held, so that what comes later has a higher number and is
    committed later.
    """

    title = models.CharField(max_length=255, default="", blank=True)
    # None when their account is gone.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    # Of a chat of two both accounts, the lower number first; of a group neither.
    low_id = models.BigIntegerField(null=True, blank=True, editable=False)
    high_id = models.BigIntegerField(null=True, blank=True, editable=False)
    # When it was begun, or the last message was sent.
    active_at = models.DateTimeField(default=timezone.now)
    # The place of the last message, counted from 1; as many have been sent.
    last_place = models.BigIntegerField(default=0, editable=False)
    # The number of the last update that is for everybody, and of the last one that was forgotten.
    last_update_id = models.BigIntegerField(default=0, editable=False)
    forgotten_update_id = models.BigIntegerField(default=0, editable=False)
    # Since when it is there for nobody any more.
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low_id", "high_id"], name="chat_of_two_is_one"),
            models.CheckConstraint(
                condition=Q(low_id__isnull=True, high_id__isnull=True) | Q(low_id__lt=F("high_id")),
                name="chat_is_of_two_or_a_group",
            ),
        ]
        indexes = [
            # What a newcomer has begun.
            models.Index(fields=["created_by", "-created_at"], name="chat_begun_by"),
            models.Index(fields=["ended_at"], condition=Q(ended_at__isnull=False), name="chat_ended"),
        ]

    def __str__(self) -> str:
        return self.title or f"Chat {self.pk}"


class Participant(models.Model):
    """Somebody who takes part in a chat, and what of it is their own."""

    chat = models.ForeignKey(Chat, models.CASCADE, related_name="participants", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="chats")
    joined_at = models.DateTimeField(default=timezone.now)
    # The last message and the last update before they came: they see what came after.
    since_id = models.BigIntegerField(default=0)
    since_place = models.BigIntegerField(default=0)
    since_update_id = models.BigIntegerField(default=0)
    # The number of the last message that was read; it stays where that message is deleted.
    read_id = models.BigIntegerField(default=0)
    # The number of the last update that was for them alone.
    own_update_id = models.BigIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)
    # Of a chat of two: deleted for this one, until it is opened or written in again.
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chat", "user"], name="participant_is_one")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.chat_id}"


class Update(models.Model):
    """Something that has changed in a chat, kept for thirty days. Its number is that of the event."""

    id = models.BigIntegerField(primary_key=True)
    chat = models.ForeignKey(Chat, models.CASCADE, related_name="updates", db_index=False)
    kind = models.CharField(max_length=10, choices=UpdateKind)
    # Who did it; None when their account is gone.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # The message that it is about; updates go before messages do, so that nothing watches over it.
    message_id = models.BigIntegerField(null=True, blank=True)
    # Whether it concerns nobody else: how far somebody has read.
    is_private = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=UpdateKind.values), name="update_kind_is_known")]
        indexes = [models.Index(fields=["chat", "id"], name="update_of_chat")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.chat_id}"
