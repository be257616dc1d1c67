"""Chats and messages, as the campus document shows them and as they are sent."""

from datetime import datetime
from typing import Annotated

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import LessThan
from pydantic import AliasChoices, Field

from onward.apis.campus.schemas.people import PersonOut
from onward.domain.messaging.choices import UpdateKind
from onward.domain.messaging.queries import chats as queries
from onward.domain.messaging.services.chats import MOST_PEOPLE
from onward.platform.wire import EMPTY_IS_NULL, Body, Choice, First, From, Id, Many, Text, Wire, empty_is
from onward.platform.wire.fields import Path

# Characters.
LONGEST_MESSAGE = 20_000


def _is(condition: Q) -> Combinable:
    return ExpressionWrapper(condition, output_field=BooleanField())


class ReactionOut(Wire):
    """Who takes a message in the same way."""

    emoji: str
    count: int
    user_ids: list[int]


class MessageOut(Wire):
    """A message. Where its sender's account is gone, so are `sender` and what it said (`is_deleted`)."""

    id: int
    chat_id: int
    sender_id: int | None
    sender: Annotated[PersonOut | None, From("sender")]
    content: str
    reply_to_id: int | None
    reactions: Annotated[list[ReactionOut], From(lambda at: queries.Reactions(at("pk")))]
    created_at: datetime
    edited_at: datetime | None
    is_deleted: Annotated[bool, From(lambda at: _is(Q(**{at("content"): ""})))]


class MemberOut(Wire):
    """Somebody who takes part."""

    id: Annotated[int, From("user_id")]
    username: Annotated[str, From("user__username")]
    display_name: Annotated[str, From(lambda at: Coalesce(at("user__display_name"), at("user__username")))]


class ChatOut(Wire):
    """A chat, as one who takes part in it sees it. Unread are others' messages after the last that was read."""

    id: Annotated[int, From("chat_id")]
    participants: Annotated[list[int], From(lambda at: queries.PeopleIds(at("chat_id")))]
    members: Annotated[list[MemberOut], Many(queries.people, by="chat_id", to="chat_id")]
    title: Annotated[str, From("chat__title", writes="title")]
    created_by_id: Annotated[int | None, From("chat__created_by_id")]
    created_at: Annotated[datetime, From("chat__created_at")]
    archived: Annotated[bool, From(lambda at: _is(Q(**{at("archived_at__isnull"): False})))]
    unread_count: Annotated[int, From(queries.unread_count)]
    last_message: Annotated[MessageOut | None, First(queries.last_messages, by="chat_id", to="chat_id")]
    last_update_id: Annotated[int, From(lambda at: Greatest(at("chat__last_update_id"), at("own_update_id")))]


class ChatIn(Body):
    """Who takes part in a chat, with or without oneself."""

    participants: Annotated[list[Id], Field(min_length=1, max_length=MOST_PEOPLE)]
    title: Annotated[str, Text(255)] = ""


class ChatChanges(ChatIn, partial=True):
    """What is changed about a chat."""


class ArchiveIn(Body):
    """Whether a chat is off one's list."""

    archived: Annotated[bool, empty_is(usual=True)] = True


class MessageIn(Body):
    """What is said."""

    content: Annotated[str, Text(LONGEST_MESSAGE, shortest=1)]
    reply_to_id: Annotated[Id | None, EMPTY_IS_NULL] = None


class MessageText(Body):
    """What a message says; what it answers stays."""

    content: Annotated[str, Text(LONGEST_MESSAGE, shortest=1)]


class MessageChanges(MessageText, partial=True):
    """What is changed about a message."""


class ReactIn(Body):
    """How a message is taken: by one emoji."""

    emoji: Annotated[str, Text(64, shortest=1)] = Field(validation_alias=AliasChoices("emoji", "reaction"))


class ChatReadIn(Body):
    """Up to which message a chat was read."""

    message_id: Id


class MessageVersionOut(Wire):
    """What a message said before it was changed."""

    id: int
    content: str
    replaced_at: datetime


def _count_of_found(at: Path) -> Combinable:
    return queries.counted(queries.messages_found().filter(chat_id=OuterRef(at("chat_id"))))


def _is_forgotten(at: Path) -> Combinable:
    return _is(Q(LessThan(Greatest(queries.SINCE, F(at("since_update_id"))), F(at("chat__forgotten_update_id")))))


class MessagePage(Wire):
    """Messages of a chat, and how many there are in all; one more than a page has, where there are more."""

    count: Annotated[int, From(queries.message_count)]
    results: Annotated[list[MessageOut], Many(queries.messages_before, by="chat_id", to="chat_id", most=queries.MOST)]


class MessagesSince(Wire):
    """Messages of a chat after a number, in their order, and how many there are."""

    count: Annotated[int, From(queries.message_count_since)]
    results: Annotated[list[MessageOut], Many(queries.messages_since, by="chat_id", to="chat_id", most=queries.MOST)]


class MessagesFound(Wire):
    """Messages of a chat that a search has found, the latest first, and how many there are."""

    count: Annotated[int, From(_count_of_found)]
    results: Annotated[
        list[MessageOut], Many(queries.messages_found_before, by="chat_id", to="chat_id", most=queries.MOST)
    ]


class UpdateOut(Wire):
    """Something that has changed in a chat. `message` is how the message is now; null, where it was deleted."""

    id: int
    chat_id: int
    kind: Annotated[str, Choice(UpdateKind)]
    user_id: int | None
    message_id: int | None
    message: Annotated[MessageOut | None, First(queries.visible_messages, by="pk", to="message_id")]
    created_at: datetime


class UpdatesSince(Wire):
    """What has changed in a chat after a number, in its order."""

    is_forgotten: Annotated[bool, From(_is_forgotten)]
    count: Annotated[int, From(queries.update_count)]
    results: Annotated[list[UpdateOut], Many(queries.updates_since, by="chat_id", to="chat_id", most=queries.MOST)]


class SocketTokenOut(Wire):
    """What opens the socket, once. :ivar expires_in: seconds"""

    token: str
    expires_in: int
