"""Forgetting what is kept for thirty days, and chats that have ended; in small steps, so that nobody waits for it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from onward.domain.messaging.models import Chat, Message, MessageVersion, Participant, Reaction, Update
from onward.domain.writing.models import Flag
from onward.platform.record import locked

KEPT = timedelta(days=30)
# Rows of a step.
STEP = 1000


def forget_updates(*, at: datetime) -> int:
    """Forget what changed more than thirty days ago; a chat keeps the number of the last of it. Returns how many."""
    forgotten = 0
    while chats := _chats_with_old_updates(at):
        for chat_id in chats:
            forgotten += _forget_updates_of(chat_id, at)
    return forgotten


def _chats_with_old_updates(at: datetime) -> set[int]:
    """Return chats of the oldest updates. Numbers grow with time: nothing older than those is left out."""
    oldest = Update.objects.order_by("pk").values_list("chat_id", "created_at")[:STEP]
    return {chat_id for chat_id, created_at in oldest if created_at < at - KEPT}


@transaction.atomic
def _forget_updates_of(chat_id: int, at: datetime) -> int:
    chat = locked(Chat(pk=chat_id))
    old = Update.objects.filter(chat_id=chat_id, created_at__lt=at - KEPT)
    last = old.aggregate(last=Max("pk"))["last"]
    if last is None:
        return 0
    Chat.objects.filter(pk=chat.pk).update(forgotten_update_id=last)
    # Whatever stands before the last one goes with it: a list has no holes.
    return Update.objects.filter(chat_id=chat_id, pk__lte=last).delete()[0]


def forget_words(*, at: datetime) -> int:
    """Forget what messages said that were deleted more than thirty days ago; returns how many those were.

    What is flagged stays until a moderator has decided.
    """
    removed = Message.objects.filter(removed_at__lt=at - KEPT).exclude(content="")
    found = list(removed.exclude(flags__flag__verdict="").order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(found), STEP):
        _forget_words_of(found[start : start + STEP])
    return len(found)


@transaction.atomic
def _forget_words_of(pks: list[int]) -> None:
    Message.objects.filter(pk__in=pks).update(content="")
    MessageVersion.objects.filter(message_id__in=pks).delete()
    Reaction.objects.filter(message_id__in=pks).delete()


def forget_ended(*, at: datetime) -> int:
    """Delete chats for good that ended more than thirty days ago; returns how many messages those had."""
    gone = 0
    for chat_id in Chat.objects.filter(ended_at__lt=at - KEPT).order_by("pk").values_list("pk", flat=True):
        Update.objects.filter(chat_id=chat_id).delete()
        while pks := list(Message.objects.filter(chat_id=chat_id).order_by("-pk").values_list("pk", flat=True)[:STEP]):
            gone += _forget_messages(pks)
        with transaction.atomic():
            Participant.objects.filter(chat_id=chat_id).delete()
            Chat.objects.filter(pk=chat_id).delete()
    return gone


@transaction.atomic
def _forget_messages(pks: list[int]) -> int:
    Flag.objects.filter(about__message_id__in=pks).delete()
    return Message.objects.filter(pk__in=pks).delete()[1][Message._meta.label]
