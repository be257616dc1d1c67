"""Sending messages, changing and deleting them, and reacting to them."""

import re
from datetime import datetime, timedelta

from django.db import transaction

from onward.domain.messaging.choices import UpdateKind
from onward.domain.messaging.emojis import is_one_emoji
from onward.domain.messaging.models import Message, MessageVersion, Participant, Reaction
from onward.domain.messaging.services.holding import hold, note, note_sent
from onward.domain.writing.services import newcomers
from onward.platform.record import append, missing
from onward.platform.refusals import Conflict, Forbidden, Invalid

# How long a message can be changed.
CHANGEABLE = timedelta(hours=24)
_LINK = re.compile(r"https?://|\bwww\.", re.I)


@transaction.atomic
def send(*, chat_id: int, sender_id: int, content: str, at: datetime, reply_to_id: int | None = None) -> int:
    """Send a message, and bring a chat of two back to who has deleted it; returns its number.

    :raises Missing: when they take no part in the chat
    :raises Invalid: naming ``reply_to_id``, when there is no such message for them; naming ``content``, when a
        newcomer's has too many links
    """
    _check_links(sender_id, content, at)
    held = hold(chat_id=chat_id, user_id=sender_id)
    if reply_to_id is not None and not _is_there(reply_to_id, chat_id, held.since_id):
        raise Invalid(fields={"reply_to_id": ["There is no such message in this chat."]})
    place = held.last_place + 1
    pk: int = append(
        Message,
        chat_id=chat_id,
        sender_id=sender_id,
        content=content,
        reply_to_id=reply_to_id,
        place=place,
        created_at=at,
    )
    note_sent(chat_id, by_id=sender_id, at=at, message_id=pk, place=place)
    if held.is_of_two:
        Participant.objects.filter(chat_id=chat_id, hidden_at__isnull=False).update(hidden_at=None)
    return pk


def _is_there(pk: int, chat_id: int, since_id: int) -> bool:
    return Message.objects.filter(pk=pk, chat_id=chat_id, removed_at=None, pk__gt=since_id).exists()


def _check_links(user_id: int, content: str, at: datetime) -> None:
    # Held before the chat is: an account comes first.
    if len(_LINK.findall(content)) > newcomers.MOST_LINKS and newcomers.joined_at(user_id, at) is not None:
        raise Invalid(
            fields={"content": [f"In its first day an account may write {newcomers.MOST_LINKS} links in a text."]}
        )


@transaction.atomic
def edit(*, pk: int, chat_id: int, by_id: int, content: str, at: datetime) -> None:
    """Change what a message says, for a day after it was sent; what it said before is kept.

    :raises Missing: when there is no such message for them
    :raises Forbidden: when somebody else has sent it
    :raises Conflict: when it was sent longer ago
    """
    _check_links(by_id, content, at)
    message = _own(pk, chat_id, by_id)
    if message.content == content:
        return
    if message.created_at <= at - CHANGEABLE:
        raise Conflict("A message can be changed for 24 hours.", code="too_late")
    MessageVersion.objects.create(message_id=pk, content=message.content, replaced_at=at)
    Message.objects.filter(pk=pk).update(content=content, edited_at=at)
    note(chat_id, UpdateKind.EDIT, by_id=by_id, at=at, message_id=pk)


@transaction.atomic
def remove(*, pk: int, chat_id: int, by_id: int, at: datetime) -> None:
    """Delete a message for all, by who has sent it.

    :raises Missing: when there is no such message for them
    :raises Forbidden: when somebody else has sent it
    """
    _own(pk, chat_id, by_id)
    removed(pk=pk, chat_id=chat_id, by_id=by_id, at=at)


def removed(*, pk: int, chat_id: int, by_id: int, at: datetime) -> None:
    """Take a message out of a chat that is held."""
    Message.objects.filter(pk=pk).update(removed_at=at)
    note(chat_id, UpdateKind.DELETION, by_id=by_id, at=at, message_id=pk)


def _own(pk: int, chat_id: int, by_id: int) -> Message:
    """Hold a chat, and return a message of it that is one's own."""
    held = hold(chat_id=chat_id, user_id=by_id)
    found = Message.objects.filter(pk=pk, chat_id=chat_id, removed_at=None, pk__gt=held.since_id).first()
    if found is None:
        raise missing("message")
    if found.sender_id != by_id:
        raise Forbidden("Only who has sent a message may do this.")
    return found


@transaction.atomic
def react(*, pk: int, chat_id: int, by_id: int, emoji: str, at: datetime) -> None:
    """React to a message by one emoji, instead of the one before. Repeating it is harmless.

    :raises Missing: when there is no such message for them
    :raises Invalid: naming ``emoji``, when it is not one emoji
    """
    if not is_one_emoji(emoji):
        raise Invalid(fields={"emoji": ["This must be one emoji."]})
    _hold_message(pk, chat_id, by_id)
    mine = Reaction.objects.filter(message_id=pk, user_id=by_id)
    before = mine.values_list("emoji", flat=True).first()
    if before == emoji:
        return
    if before is not None:
        mine.delete()
    append(Reaction, message_id=pk, user_id=by_id, emoji=emoji, created_at=at)
    note(chat_id, UpdateKind.REACTION, by_id=by_id, at=at, message_id=pk)


@transaction.atomic
def unreact(*, pk: int, chat_id: int, by_id: int, at: datetime) -> None:
    """Take back one's reaction to a message. Repeating it is harmless.

    :raises Missing: when there is no such message for them
    """
    _hold_message(pk, chat_id, by_id)
    if Reaction.objects.filter(message_id=pk, user_id=by_id).delete()[0]:
        note(chat_id, UpdateKind.REACTION, by_id=by_id, at=at, message_id=pk)


def _hold_message(pk: int, chat_id: int, by_id: int) -> None:
    held = hold(chat_id=chat_id, user_id=by_id)
    if not _is_there(pk, chat_id, held.since_id):
        raise missing("message")
