"""Section 7 of the campus document: chats."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse
from ninja import Router
from ninja.errors import HttpError

from onward.apis.base import Request, context
from onward.apis.campus.cursors import Cursor, describes
from onward.apis.campus.resource import Resource, missing
from onward.apis.campus.schemas.messaging import (
    ArchiveIn,
    ChatChanges,
    ChatIn,
    ChatOut,
    ChatReadIn,
    SocketTokenOut,
    UpdateOut,
    UpdatesSince,
)
from onward.apis.filters import Address, ByFlag, number
from onward.apis.paging import Paged
from onward.domain.messaging.models import Chat, Participant
from onward.domain.messaging.queries import chats as queries
from onward.domain.messaging.services import chats
from onward.platform.refusals import Forbidden
from onward.platform.tokens import sockets
from onward.platform.wire import MAX_INT8, Id, Reading
from onward.platform.wire.statement import Queryset

router = Router(tags=["Chats"])


class Chats(Resource):
    """Chats, each as who asks takes part in it, and named by the chat's number."""

    def _named(self) -> Queryset:
        return queries.key_of_chat()


# All of them, and those that are not archived.
EVERY, CHATS = (
    Chats(
        rows,
        row=ChatOut,
        body=ChatIn,
        changes=ChatChanges,
        filters={"archived": ByFlag(queries.ARCHIVED)},
        search={"chat__title": "title", "names": "names"},
        orders={"created_at": "chat__created_at", "active_at": "chat__active_at"},
        order="-chat__active_at",
        called="chat",
    )
    for rows in (queries.mine_with_names, queries.active_with_names)
)
UPDATES = Reading(UpdatesSince, queries.mine_in_chat)
UPDATE = Cursor("since_id", "kind")
SINCE = Address(since_id=number(0, MAX_INT8, usual=0))
LISTS_UPDATES: dict[str, Any] = {
    "response": Paged[UpdateOut],
    "openapi_extra": describes(since_id="The number of the last one that was seen"),
}


@router.get("", **CHATS.lists, summary="List all chats")
def list_chats(request: Request) -> HttpResponse:
    """List one's chats, the last written in first; with `archived=true` those that one has archived."""
    return (CHATS if CHATS.asked(request)["archived"] is None else EVERY).page(request)


@router.post("", **CHATS.creates, summary="Create a new chat")
def create(request: Request, body: ChatIn) -> HttpResponse:
    """Begin a chat. Two people have one: it is opened, and 200, where it is there already."""
    user_id = request.auth.user_id
    pk, is_new = chats.begin(by_id=user_id, people=body.participants, title=body.title, at=request.now)
    return EVERY.show(request, pk, HTTPStatus.CREATED if is_new else HTTPStatus.OK)


@router.post("socket-token/", response=SocketTokenOut, summary="Get a token for the socket")
def socket_token(request: Request) -> HttpResponse:
    """Get what opens the socket once, within a minute: `…/chats/socket/?token=`."""
    token = sockets.issue(session_id=request.auth.session_id, at=request.now)
    return JsonResponse({"token": token, "expires_in": int(sockets.LIFETIME.total_seconds())})


@router.get("{chat_id}/", **CHATS.reads, summary="Retrieve a specific chat")
def get_chat(request: Request, chat_id: Id) -> HttpResponse:
    """Read who takes part in a chat, its last message, and what of it one has not read."""
    return EVERY.show(request, chat_id)


@router.put("{chat_id}/", **CHATS.replaces, summary="Update a specific chat")
def update(request: Request, chat_id: Id) -> HttpResponse:
    """Change a chat's title and people, by who has begun it. Who comes reads what is said from then on."""
    chat = _own_chat(request, chat_id)
    changes = EVERY.given(request, chat)
    chats.update(
        chat_id=chat_id,
        by_id=request.auth.user_id,
        title=changes.get("title"),
        people=changes.get("participants"),
        at=request.now,
    )
    return EVERY.show(request, chat_id)


@router.delete("{chat_id}/", **CHATS.deletes, summary="Delete a specific chat")
def delete(request: Request, chat_id: Id) -> HttpResponse:
    """End a group for all, by who has begun it; leave it; or put a chat of two away until it is written in again."""
    chats.delete(chat_id=chat_id, by_id=request.auth.user_id, at=request.now)
    return CHATS.gone()


@router.post("{chat_id}/archive/", response=ChatOut, summary="Archive a specific chat")
def archive(request: Request, chat_id: Id, body: ArchiveIn) -> HttpResponse:
    """Put a chat off one's list; with `{"archived": false}` back on it. Nobody else notices."""
    user_id = request.auth.user_id
    chats.archive(chat_id=chat_id, user_id=user_id, is_archived=body.archived, at=request.now)
    return EVERY.show(request, chat_id)


@router.post("{chat_id}/read/", response=ChatOut, summary="Say how far one has read a chat")
def read(request: Request, chat_id: Id, body: ChatReadIn) -> HttpResponse:
    """Note up to which message one has read a chat; it only moves forward."""
    chats.read_up_to(chat_id=chat_id, message_id=body.message_id, user_id=request.auth.user_id, at=request.now)
    return EVERY.show(request, chat_id)


@router.get("{chat_id}/updates/", **LISTS_UPDATES, summary="List what has changed in a chat")
def list_updates(request: Request, chat_id: Id) -> HttpResponse:
    """List what has changed since a number, in its order, for thirty days; where that is not known any more, 410."""
    asked = SINCE.read(request)
    document = UPDATES.one(**context(request), chat_id=chat_id, most=UPDATE.size(request) + 1, **asked)
    if document is None:
        raise missing("chat")
    is_forgotten, _, rest = document.partition(",")
    if is_forgotten.endswith("true"):
        raise HttpError(HTTPStatus.GONE, "That is too long ago. Read the chat and its messages anew.")
    return UPDATE.answer(request, "{" + rest)


def _own_chat(request: Request, chat_id: int) -> Chat:
    mine: Participant = queries.taking_part(chat_id=chat_id, user_id=request.auth.user_id)
    if mine.chat.created_by_id != request.auth.user_id:
        raise Forbidden("Only who has begun a chat may change it.")
    return mine.chat
