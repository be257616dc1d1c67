"""Holding a chat: whatever is written in one is written between this and the end of the transaction.

Numbers are given before commit. Without it a message whose number was given early could be committed after one with a
higher number, and who reads on from that one would never see it.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import models

from onward.domain.messaging.choices import UpdateKind
from onward.domain.messaging.events import ChatUpdated
from onward.domain.messaging.models import Chat, Participant, Update
from onward.platform.events import publish
from onward.platform.record import append, missing
from onward.platform.wire import KEY, Param, Statement
from onward.platform.wire import Update as Change

_USER = Param("user_id", models.BigIntegerField())
_HELD = Statement(
    lambda: (
        Chat.objects.select_for_update(no_key=True)
        .filter(pk=KEY, ended_at=None)
        .values_list("last_place", "low_id", "created_by_id", "last_update_id")
    )
)
_MINE = Statement(
    lambda: Participant.objects.filter(chat_id=KEY, user_id=_USER, hidden_at=None).values_list(
        "pk", "since_id", "read_id"
    )
)
_UPDATE = Param("update_id", models.BigIntegerField())
_PLACE = Param("place", models.BigIntegerField())
_AT = Param("at", models.DateTimeField())
_UPDATED = Statement(
    lambda: Change(Chat.objects.filter(pk=KEY), returning=["id"], last_update_id=_UPDATE, updated_at=_AT)
)
_SENT = Statement(
    lambda: Change(
        Chat.objects.filter(pk=KEY),
        returning=["id"],
        last_update_id=_UPDATE,
        last_place=_PLACE,
        active_at=_AT,
        updated_at=_AT,
    )
)


class Held(NamedTuple):
    """A chat that nobody else writes in, and how somebody takes part in it.

    :ivar since_id: the last message that they do not see
    """

    chat_id: int
    last_place: int
    is_of_two: bool
    created_by_id: int | None
    last_update_id: int
    participant_id: int
    since_id: int
    read_id: int


def hold(*, chat_id: int, user_id: int) -> Held:
    """Hold a chat until the transaction ends, for somebody who takes part in it.

    :raises Missing: when they do not, or there is none
    """
    chat = _HELD.first(pk=chat_id)
    # Asked after the chat is held: who was taken out meanwhile takes part no more.
    mine = None if chat is None else _MINE.first(pk=chat_id, user_id=user_id)
    if chat is None or mine is None:
        raise missing("chat")
    last_place, low_id, created_by_id, last_update_id = chat
    return Held(chat_id, last_place, low_id is not None, created_by_id, last_update_id, *mine)


def note(
    chat_id: int,
    kind: UpdateKind,
    *,
    by_id: int,
    at: datetime,
    message_id: int | None = None,
    gone_ids: tuple[int, ...] = (),
) -> int:
    """Note, in a chat that is held, that something has changed for all who take part; returns the update's number."""
    number = _noted(chat_id, kind, by_id=by_id, at=at, message_id=message_id, gone_ids=gone_ids)
    _UPDATED.rows(pk=chat_id, update_id=number, at=at)
    return number


def note_sent(chat_id: int, *, by_id: int, at: datetime, message_id: int, place: int) -> None:
    """Note that a message was sent at a place."""
    number = _noted(chat_id, UpdateKind.MESSAGE, by_id=by_id, at=at, message_id=message_id)
    _SENT.rows(pk=chat_id, update_id=number, place=place, at=at)


def note_privately(chat_id: int, kind: UpdateKind, *, by_id: int, at: datetime, message_id: int) -> int:
    """Note something that concerns nobody but who has done it; returns the update's number."""
    return _noted(chat_id, kind, by_id=by_id, at=at, message_id=message_id, is_private=True)


def _noted(
    chat_id: int,
    kind: UpdateKind,
    *,
    by_id: int,
    at: datetime,
    message_id: int | None,
    is_private: bool = False,
    gone_ids: tuple[int, ...] = (),
) -> int:
    number = publish(
        ChatUpdated(
            owner_id=by_id,
            at=at,
            chat_id=chat_id,
            kind=kind.value,
            message_id=message_id,
            is_private=is_private,
            gone_ids=gone_ids,
        )
    )
    append(
        Update,
        id=number,
        chat_id=chat_id,
        kind=kind.value,
        user_id=by_id,
        message_id=message_id,
        is_private=is_private,
        created_at=at,
    )
    return number
