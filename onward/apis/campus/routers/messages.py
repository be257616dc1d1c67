"""Section 7 of the campus document: what is said in chats."""

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, context
from onward.apis.campus.cursors import Cursor, describes
from onward.apis.campus.resource import Resource, missing
from onward.apis.campus.schemas.messaging import (
    MessageChanges,
    MessageIn,
    MessageOut,
    MessagePage,
    MessagesFound,
    MessagesSince,
    MessageText,
    MessageVersionOut,
    ReactIn,
)
from onward.apis.filters import Address, number
from onward.apis.paging import Paged
from onward.domain.messaging.models import Message
from onward.domain.messaging.queries import chats as queries
from onward.domain.messaging.queries import search
from onward.domain.messaging.services import messages
from onward.platform.refusals import Forbidden
from onward.platform.wire import EMPTY_IS_NULL, IN_DIGITS, MAX_INT8, Id, Reading, Text, Whole

router = Router(tags=["Messages"])

# One of them, to be read, written and changed; what is listed is `PAGE`, `SINCE` and `FOUND`.
MESSAGES = Resource(
    queries.messages, row=MessageOut, body=MessageText, changes=MessageChanges, order="-pk", called="message"
)
PAGE = Reading(MessagePage, queries.mine_in_chat)
SINCE = Reading(MessagesSince, queries.mine_in_chat)
FOUND = Reading(MessagesFound, queries.mine_in_chat)
HISTORY = Resource(queries.versions, row=MessageVersionOut, order="-pk", called="version")
EARLIER, LATER = Cursor("before_id", "sender_id"), Cursor("since_id", "sender_id")
_NUMBER = Annotated[Annotated[int, Whole(0, MAX_INT8), IN_DIGITS] | None, EMPTY_IS_NULL]
ADDRESS = Address(
    before_id=number(0, MAX_INT8, usual=MAX_INT8), since_id=(_NUMBER, None), search=(Annotated[str, Text()], "")
)
LISTS: dict[str, Any] = {
    "response": Paged[MessageOut],
    "openapi_extra": describes(
        words={"search": "Messages that have every word, the latest first"},
        before_id="Messages before this one, the latest first",
        since_id="Messages after this one, in their order",
    ),
}


@router.get("{chat_id}/messages/", **LISTS, summary="List all messages in a chat")
def list_messages(request: Request, chat_id: Id) -> HttpResponse:
    """List messages, the latest first, or with `since_id` those that came after one, in their order."""
    asked = ADDRESS.read(request)
    if asked["search"]:
        return _found(request, chat_id, asked)
    reading, cursor = (PAGE, EARLIER) if asked["since_id"] is None else (SINCE, LATER)
    document = reading.one(**context(request), chat_id=chat_id, most=cursor.size(request) + 1, **asked)
    if document is None:
        raise missing("chat")
    return cursor.answer(request, document)


@router.post("{chat_id}/messages/", **MESSAGES.creates, summary="Send a new message in a chat")
def send(request: Request, chat_id: Id, body: MessageIn) -> HttpResponse:
    """Send a message."""
    pk = messages.send(
        chat_id=chat_id,
        sender_id=request.auth.user_id,
        content=body.content,
        reply_to_id=body.reply_to_id,
        at=request.now,
    )
    return MESSAGES.show(request, pk, HTTPStatus.CREATED, chat_id=chat_id)


@router.get("{chat_id}/messages/{message_id}/", **MESSAGES.reads, summary="Retrieve a specific message")
def get_message(request: Request, chat_id: Id, message_id: Id) -> HttpResponse:
    """Read a message."""
    return MESSAGES.show(request, message_id, chat_id=chat_id)


@router.put("{chat_id}/messages/{message_id}/", **MESSAGES.replaces, summary="Update a specific message")
def update(request: Request, chat_id: Id, message_id: Id) -> HttpResponse:
    """Change what one has said, for 24 hours; what it said before is kept in its history."""
    message = _own(request, chat_id, message_id)
    changes = MESSAGES.given(request, message, chat_id=chat_id)
    if "content" in changes:
        messages.edit(
            pk=message_id, chat_id=chat_id, by_id=request.auth.user_id, content=changes["content"], at=request.now
        )
    return MESSAGES.show(request, message_id, chat_id=chat_id)


@router.delete("{chat_id}/messages/{message_id}/", **MESSAGES.deletes, summary="Delete a specific message")
def delete(request: Request, chat_id: Id, message_id: Id) -> HttpResponse:
    """Delete what one has said, for all."""
    messages.remove(pk=message_id, chat_id=chat_id, by_id=request.auth.user_id, at=request.now)
    return MESSAGES.gone()


@router.get("{chat_id}/messages/{message_id}/history/", **HISTORY.lists, summary="See what a message said before")
def history(request: Request, chat_id: Id, message_id: Id) -> HttpResponse:
    """List what a message said before it was changed, the latest first; for who has sent it."""
    return HISTORY.page(request, pk=_own(request, chat_id, message_id).pk)


@router.post("{chat_id}/messages/{message_id}/react/", response=MessageOut, summary="React to a specific message")
def react(request: Request, chat_id: Id, message_id: Id, body: ReactIn) -> HttpResponse:
    """React by one emoji, instead of the one before."""
    messages.react(pk=message_id, chat_id=chat_id, by_id=request.auth.user_id, emoji=body.emoji, at=request.now)
    return MESSAGES.show(request, message_id, chat_id=chat_id)


@router.delete(
    "{chat_id}/messages/{message_id}/react/", response=MessageOut, summary="Take back a reaction to a message"
)
def unreact(request: Request, chat_id: Id, message_id: Id) -> HttpResponse:
    """Take one's reaction back."""
    messages.unreact(pk=message_id, chat_id=chat_id, by_id=request.auth.user_id, at=request.now)
    return MESSAGES.show(request, message_id, chat_id=chat_id)


def _found(request: Request, chat_id: int, asked: dict[str, Any]) -> HttpResponse:
    """Answer with the messages that have every word, the latest first: those that who asks may read."""
    words = search.looked_for(asked["search"])
    numbers = search.numbers(chat_id=chat_id, words=words, after=asked["since_id"] or 0)
    document = FOUND.one(
        **context(request),
        chat_id=chat_id,
        numbers=str(numbers),
        earlier=str([number for number in numbers if number < asked["before_id"]]),
        most=EARLIER.size(request) + 1,
    )
    if document is None:
        raise missing("chat")
    return EARLIER.answer(request, document)


def _own(request: Request, chat_id: int, pk: int) -> Message:
    """Return a message of one's own. :raises Forbidden: when somebody else has sent it"""
    message = queries.message(pk=pk, chat_id=chat_id, user_id=request.auth.user_id)
    if message.sender_id != request.auth.user_id:
        raise Forbidden("Only who has sent a message may do this.")
    return message
