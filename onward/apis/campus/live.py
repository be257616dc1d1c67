"""The protocol of chats on a line (`docs/apis/campus.md`, "The socket")."""

import asyncio
import json
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from django.utils import timezone

from onward.apis.campus.schemas.messaging import UpdateOut
from onward.domain.messaging.choices import UpdateKind
from onward.domain.messaging.events import ChatUpdated
from onward.domain.messaging.models import Participant
from onward.domain.messaging.queries import chats as queries
from onward.platform.live.line import Line
from onward.platform.live.mouth import Holder, Message, Refused
from onward.platform.live.reading import Happened
from onward.platform.live.switchboard import MOST_REPLAYED, Switchboard
from onward.platform.tokens import sockets
from onward.platform.wire import MAX_INT8, Reading

# Chats of which a line is told who is there.
MOST_WATCHED = 20
# Seconds between two times that somebody is told to type: in the same chat, and in any.
TYPING, TYPING_ANYWHERE = 3.0, 0.5
# Seconds in which comings and goings are gathered.
GATHERED = 1.0

_UPDATES = Reading(UpdateOut, queries.updates_among)


class Chats:
    """Tells of what changes in chats; and, stored nowhere, of who types and who is there."""

    names = frozenset({ChatUpdated.name})
    channels: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self._heard: dict[str, Callable[[Line, Mapping[str, Any], Switchboard], Mapping[str, Any] | None]] = {
            "ping": lambda line, said, board: {"type": "pong"},
            "catch_up": _catch_up,
            "typing": self._typing,
            "watch": self._watch,
        }
        # The lines that watch a chat, by its number.
        self._watched: dict[int, set[Line]] = {}
        # Who has come or gone and was not told of yet.
        self._moved: set[int] = set()
        self._telling: asyncio.Task[None] | None = None
        # When somebody was last told to type: in a chat, and in any (0).
        self._typed: dict[tuple[int, int], float] = {}

    def recognises(self, scope: Mapping[str, Any]) -> bool:
        """Whether the token in the address was made here."""
        return sockets.is_ours(_token(scope))

    def admit(self, scope: Mapping[str, Any]) -> Holder | None:
        """Return whose token stands in the address, and use it up."""
        opened = sockets.redeem(token=_token(scope), at=timezone.now())
        return None if opened is None else Holder(opened.user_id, opened.session_id)

    def opened(self, line: Line) -> Mapping[str, Any]:
        """Return the first message."""
        return {"type": "open"}

    def messages(self, happened: Sequence[Happened]) -> Sequence[Message]:
        """Return what to tell whom of what has changed."""
        people = queries.people_of({event.payload["chat_id"] for event in happened})
        rows = json.loads(_UPDATES.all(numbers=json.dumps([event.id for event in happened])))
        updates = {row["id"]: row for row in rows}
        return [message for event in happened for message in _told(event, updates.get(event.id), people)]

    def missed(self, owner_id: int, since: int, until: int) -> Sequence[Happened] | None:
        """Return what has changed in somebody's chats."""
        found = queries.missed_updates(user_id=owner_id, since=since, until=until, most=MOST_REPLAYED + 1)
        if found is None:
            return None
        return [
            Happened(
                one.pk,
                ChatUpdated.name,
                one.user_id,
                {"chat_id": one.chat_id, "message_id": one.message_id, "is_private": one.is_private, "gone_ids": ()},
                one.created_at,
            )
            for one in found
        ]

    def heard(self, line: Line, said: Mapping[str, Any], board: Switchboard) -> Mapping[str, Any] | None:
        """Answer what a client said. :raises Refused: when it makes no sense"""
        kind = said.get("type")
        answer = self._heard.get(kind) if isinstance(kind, str) else None
        if answer is None:
            raise Refused("unknown_type", f"type must be one of: {', '.join(self._heard)}.")
        return answer(line, said, board)

    # Who types

    def _typing(self, line: Line, said: Mapping[str, Any], board: Switchboard) -> None:
        chat_id = _number(said.get("chat_id"), "chat_id", least=1)
        if self._is_soon(line.owner_id, chat_id):
            # It was told just now.
            return

        async def tell() -> None:
            people = await board.call(_people_beside, line.owner_id, [chat_id])
            if not people:
                raise Refused("not_found", "Chat not found.")
            others = people[chat_id] - {line.owner_id}
            board.say_to(self, others, {"type": "typing", "chat_id": chat_id, "user_id": line.owner_id})

        board.act(line, tell())

    def _is_soon(self, user_id: int, chat_id: int) -> bool:
        now = time.monotonic()
        keys = ((user_id, chat_id), TYPING), ((user_id, 0), TYPING_ANYWHERE)
        if any(now - self._typed.get(key, 0.0) < pause for key, pause in keys):
            return True
        if len(self._typed) > 10_000:
            self._typed = {key: at for key, at in self._typed.items() if now - at < TYPING}
        for key, _ in keys:
            self._typed[key] = now
        return False

    # Who is there

    def came(self, line: Line, board: Switchboard) -> None:
        """Tell, soon, who watches a chat of theirs."""
        self._move(line.owner_id, board)

    def went(self, line: Line, board: Switchboard) -> None:
        """Tell, soon, who watches a chat of theirs."""
        self._unwatch(line)
        self._move(line.owner_id, board)

    def _watch(self, line: Line, said: Mapping[str, Any], board: Switchboard) -> None:
        given = said.get("chat_ids")
        if not isinstance(given, list) or len(given) > MOST_WATCHED:
            raise Refused("invalid_message", f"chat_ids must be a list of at most {MOST_WATCHED} chats.")
        chat_ids = {_number(one, "chat_ids", least=1) for one in given}

        async def watch() -> None:
            people = await board.call(_people_beside, line.owner_id, chat_ids)
            self._unwatch(line)
            if line.is_closing:
                return
            for chat_id in people:
                self._watched.setdefault(chat_id, set()).add(line)
            for body in self._presence(people, board):
                board.say(line, body)
            if len(people) < len(chat_ids):
                raise Refused("not_found", "Chat not found.")

        board.act(line, watch())

    def _unwatch(self, line: Line) -> None:
        for chat_id in [chat_id for chat_id, lines in self._watched.items() if line in lines]:
            self._watched[chat_id].discard(line)
            if not self._watched[chat_id]:
                del self._watched[chat_id]

    def _move(self, user_id: int, board: Switchboard) -> None:
        if not self._watched:
            return
        self._moved.add(user_id)
        if self._telling is None:
            self._telling = asyncio.ensure_future(self._tell_moves(board))

    async def _tell_moves(self, board: Switchboard) -> None:
        """Tell those who watch a chat who is there, once for all that have come and gone meanwhile."""
        try:
            await asyncio.sleep(GATHERED)
            moved, self._moved = self._moved, set()
            people = await board.call(_people_of_moved, moved, tuple(self._watched))
        finally:
            self._telling = None
        for body in self._presence(people, board):
            # Who was taken out of the chat meanwhile watches it no more.
            watching = {line.owner_id for line in self._watched.get(body["chat_id"], ())}
            board.say_to(self, watching & people[body["chat_id"]], body)

    def _presence(self, people: Mapping[int, Collection[int]], board: Switchboard) -> Iterator[Mapping[str, Any]]:
        for chat_id, ids in people.items():
            yield {"type": "presence", "chat_id": chat_id, "online": board.present(self, ids)}


def _told(
    event: Happened, row: Mapping[str, Any] | None, people: Mapping[int, Iterable[Participant]]
) -> Iterator[Message]:
    chat_id, message_id = event.payload["chat_id"], event.payload["message_id"]
    for user_id in event.payload["gone_ids"]:
        yield Message(user_id, event.id, "", {"type": "gone", "chat_id": chat_id})
    if row is None or row["kind"] == UpdateKind.END:
        return
    for one in people.get(chat_id, ()):
        is_theirs = not event.payload["is_private"] or one.user_id == event.owner_id
        if is_theirs and event.id > one.since_update_id and (message_id is None or message_id > one.since_id):
            yield Message(one.user_id, event.id, "", {"type": "update", "update": row})


def _catch_up(line: Line, said: Mapping[str, Any], board: Switchboard) -> None:
    board.act(line, board.catch_up(line, _number(said.get("since"), "since", least=0)))


def _people_beside(user_id: int, chat_ids: Collection[int]) -> dict[int, set[int]]:
    """Return who takes part in these chats, those in which somebody does themselves."""
    people = {chat_id: {one.user_id for one in each} for chat_id, each in queries.people_of(chat_ids).items()}
    return {chat_id: ids for chat_id, ids in people.items() if user_id in ids}


def _people_of_moved(moved: Collection[int], chat_ids: Collection[int]) -> dict[int, set[int]]:
    """Return who takes part in those of these chats in which somebody does who has come or gone."""
    concerned = Participant.objects.filter(user_id__in=moved, chat_id__in=chat_ids).values_list("chat_id", flat=True)
    return {chat_id: {one.user_id for one in each} for chat_id, each in queries.people_of(set(concerned)).items()}


def _token(scope: Mapping[str, Any]) -> str:
    """Return the token in an address; nothing where there is none, or more than one."""
    try:
        given = parse_qs(scope["query_string"].decode("ascii"), max_num_fields=20).get("token", [])
    except ValueError:
        return ""
    return given[0] if len(given) == 1 else ""


def _number(value: Any, name: str, *, least: int) -> int:
    if type(value) is not int or not least <= value <= MAX_INT8:
        raise Refused("invalid_message", f"{name} must be a whole number, {least} or more.")
    return value
