from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onward.domain.messaging.models.chat import Chat
from onward.domain.writing.models import Flag


class Message(models.Model):
    """Something that was said in a chat: plain text, as it was sent."""

    id = models.BigAutoField(primary_key=True)
    chat = models.ForeignKey(Chat, models.CASCADE, related_name="messages", db_index=False)
    # None when their account is gone; then it has no text any more.
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    content = models.TextField(default="", blank=True)
    # The one before it that it answers.
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    # Its place among all messages of the chat, those that were deleted among them: from 1, without gaps.
    place = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # Pages of a chat.
            models.Index(fields=["chat", "id"], condition=Q(removed_at__isnull=True), name="message_of_chat"),
            # What is taken off its count; and what is one's own, off what is unread.
            models.Index(fields=["chat", "id"], condition=Q(removed_at__isnull=False), name="message_removed"),
            models.Index(fields=["sender", "chat", "id"], name="message_of_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} in {self.chat_id}"


class MessageVersion(models.Model):
    """What a message said before it was changed."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="versions", db_index=False)
    content = models.TextField()
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["message", "-id"], name="message_history")]

    def __str__(self) -> str:
        return f"{self.message_id} until {self.replaced_at}"


class Reaction(models.Model):
    """How somebody takes a message: by one emoji, as it was sent."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="reactions", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="message_reactions")
    emoji = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "user"], name="reaction_of_message_is_one")]

    def __str__(self) -> str:
        return f"{self.emoji} by {self.user_id}"


class MessageFlag(models.Model):
    """What a flag is about, where that is a message."""

    flag = models.OneToOneField(Flag, models.CASCADE, primary_key=True, related_name="about")
    message = models.ForeignKey(Message, models.CASCADE, related_name="flags", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "user"], name="message_flag_is_one")]

    def __str__(self) -> str:
        return f"{self.message_id} by {self.user_id}"
