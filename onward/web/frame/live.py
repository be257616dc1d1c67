"""The app's line: it says *what* has changed and never how it is now. The page fetches its part again."""

from collections.abc import Iterator, Mapping, Sequence
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature
from django.http.request import validate_host
from django.utils import timezone

from onward.domain.applications import events as applications
from onward.domain.assistant import events as assistant
from onward.domain.contacts import events as contacts
from onward.domain.exchange import events as exchange
from onward.domain.interviews import events as interviews
from onward.domain.reminders import events as reminders
from onward.platform import tokens
from onward.platform.bin import events as bin_events
from onward.platform.events import Event
from onward.platform.live.line import Line
from onward.platform.live.mouth import Holder, Message, Refused
from onward.platform.live.reading import Happened
from onward.platform.live.switchboard import Switchboard
from onward.platform.wire import MAX_INT8
from onward.web.frame import sessions

# Whatever happens in these is on a page somewhere.
_TOLD = (applications, assistant, bin_events, contacts, exchange, interviews, reminders)


def _named(kind: type[Event]) -> Iterator[str]:
    if "name" in vars(kind) and kind.__module__ in {module.__name__ for module in _TOLD}:
        yield kind.name
    for each in kind.__subclasses__():
        yield from _named(each)


class Web:
    """Tells pages of what has changed: ``{"type": "changed", "what": ["application-17"], "seq": 5}``."""

    names = frozenset(_named(Event))
    channels: frozenset[str] = frozenset()

    def recognises(self, scope: Mapping[str, Any]) -> bool:
        """Whether one of our own pages asks, and shows a session that was signed here."""
        return _shown(scope) is not None

    def admit(self, scope: Mapping[str, Any]) -> Holder | None:
        """Return who is signed in with the browser that asks, if one of our own pages asks."""
        if (shown := _shown(scope)) is None:
            return None
        user_id, session_id = shown
        try:
            actor = tokens.authenticate_page(
                user_id=user_id, session_id=session_id, api=sessions.WEB, at=timezone.now()
            )
        except tokens.BadToken:
            return None
        return None if actor.awaits_second_factor else Holder(actor.user_id, actor.session_id)

    def opened(self, line: Line) -> Mapping[str, Any]:
        """Return the first message."""
        return {"type": "open"}

    def messages(self, happened: Sequence[Happened]) -> Sequence[Message]:
        """Return one message for each account: the names of all that has changed."""
        changed: dict[int, dict[str, None]] = {}
        latest: dict[int, int] = {}
        for event in happened:
            if event.owner_id is not None:
                changed.setdefault(event.owner_id, {}).update(dict.fromkeys(_names(event)))
                latest[event.owner_id] = event.id
        return [
            Message(owner_id, latest[owner_id], "", {"type": "changed", "what": list(names)})
            for owner_id, names in changed.items()
        ]

    def heard(self, line: Line, said: Mapping[str, Any], board: Switchboard) -> Mapping[str, Any] | None:
        """Answer a page that comes back: it names what it saw last. :raises Refused: when it says anything else"""
        since = said.get("since")
        if said.get("type") == "ping":
            return {"type": "pong"}
        if said.get("type") != "catch_up" or type(since) is not int or not 0 <= since <= MAX_INT8:
            raise Refused("unknown_type", 'Say {"type": "catch_up", "since": 5}.')
        board.act(line, board.catch_up(line, since))
        return None


def _names(event: Happened) -> Iterator[str]:
    for kind in ("application", "reminder", "interview", "contact", "import", "saved_job"):
        number = event.payload.get(f"{kind}_id")
        if number is not None:
            yield f"{kind}-{number}"
    if "row_id" in event.payload:
        yield f"{event.payload['kind'].partition('.')[2]}-{event.payload['row_id']}"


def _shown(scope: Mapping[str, Any]) -> tuple[int, UUID] | None:
    """Return the account and the session that a browser's cookie names, if one of our own pages asks."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if not _is_ours(headers.get("origin", ""), headers.get("host", "")):
        return None
    try:
        held = SimpleCookie(headers.get("cookie", "")).get(settings.APP_COOKIE_NAME)
        return sessions.named_by(held.value if held else "")
    except (CookieError, BadSignature, ValueError):
        return None


def _is_ours(origin: str, host: str) -> bool:
    asked = urlsplit(origin)
    return (
        asked.scheme in {"http", "https"}
        and asked.netloc == host
        and validate_host(asked.hostname or "", settings.ALLOWED_HOSTS)
    )
