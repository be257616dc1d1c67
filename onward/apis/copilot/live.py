"""The copilot's protocol on a line (`docs/apis/copilot.md`, "The line")."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from django.utils import timezone

from onward.apis.copilot.schemas.applications import ApplicationOut
from onward.apis.copilot.schemas.notifications import NotificationOut
from onward.domain.applications.events import ApplicationCreated, StatusChanged
from onward.domain.applications.queries import applications
from onward.domain.ingestion.events import RunEnded
from onward.domain.matching.events import RankingEnded
from onward.domain.notifications.choices import CareerNoticeType
from onward.domain.notifications.events import JobMatched, NoticesRead, NoticeTold
from onward.domain.notifications.queries import career_notices
from onward.domain.notifications.services import notices
from onward.domain.resumes.events import ResumeRead
from onward.platform.live.line import Line
from onward.platform.live.mouth import Holder, Message, Refused
from onward.platform.live.reading import Happened
from onward.platform.live.switchboard import Switchboard
from onward.platform.tokens import sockets
from onward.platform.wire import KEY, MAX_INT8, Reading

NOTIFICATIONS, APPLICATIONS, JOBS, TASKS = "notifications", "applications", "jobs", "tasks"

_NOTICE = Reading(NotificationOut, lambda: career_notices().filter(pk=KEY))
_APPLICATION = Reading(ApplicationOut, lambda: applications().filter(pk=KEY))


class Copilot:
    """Tells of notifications, of applications that are new or move, of jobs that suit, of what has ended."""

    channels = frozenset({NOTIFICATIONS, APPLICATIONS, JOBS, TASKS})

    def __init__(self) -> None:
        self._tellers: dict[str, Callable[[Happened], Message | None]] = {
            NoticeTold.name: _told,
            NoticesRead.name: _read,
            JobMatched.name: _matched,
            ApplicationCreated.name: _moved,
            StatusChanged.name: _moved,
            RunEnded.name: _run_ended,
            RankingEnded.name: _ranking_ended,
            ResumeRead.name: _resume_read,
        }
        self.names = frozenset(self._tellers)
        self._heard: dict[str, Callable[[Line, Mapping[str, Any], Switchboard], Mapping[str, Any] | None]] = {
            "ping": lambda line, said, board: {"type": "pong"},
            "mark_read": _mark_read,
            "subscribe": _subscribe,
            "unsubscribe": _unsubscribe,
            "catch_up": _catch_up,
        }

    def recognises(self, scope: Mapping[str, Any]) -> bool:
        """Whether the token in the address was made here."""
        return sockets.is_ours(_token(scope))

    def admit(self, scope: Mapping[str, Any]) -> Holder | None:
        """Return whose token stands in the address, and use it up."""
        opened = sockets.redeem(token=_token(scope), at=timezone.now())
        return None if opened is None else Holder(opened.user_id, opened.session_id)

    def opened(self, line: Line) -> Mapping[str, Any]:
        """Return the first message."""
        return {"type": "connection_established", "channels": sorted(line.channels)}

    def messages(self, happened: Sequence[Happened]) -> Sequence[Message]:
        """Return what to tell of what has happened; of what is gone by now, nothing."""
        told = (self._tellers[event.name](event) for event in happened)
        return [message for message in told if message is not None]

    def heard(self, line: Line, said: Mapping[str, Any], board: Switchboard) -> Mapping[str, Any] | None:
        """Answer what a client said. :raises Refused: when it makes no sense"""
        kind = said.get("type")
        answer = self._heard.get(kind) if isinstance(kind, str) else None
        if answer is None:
            raise Refused("unknown_type", f"type must be one of: {', '.join(self._heard)}.")
        return answer(line, said, board)


def _token(scope: Mapping[str, Any]) -> str:
    """Return the token in an address; nothing where there is none, or more than one."""
    try:
        given = parse_qs(scope["query_string"].decode("ascii"), max_num_fields=20).get("token", [])
    except ValueError:
        return ""
    return given[0] if len(given) == 1 else ""


def _message(event: Happened, channel: str, kind: str, **body: Any) -> Message:
    return Message(event.owner_id or 0, event.id, channel, {"type": kind, **body})


def _told(event: Happened) -> Message | None:
    if not event.payload["is_pushed"] or event.payload["type"] not in CareerNoticeType.values:
        return None
    found = _NOTICE.one(owner_id=event.owner_id, pk=event.payload["notice_id"])
    return _message(event, NOTIFICATIONS, "notification", notification=json.loads(found)) if found else None


def _read(event: Happened) -> Message | None:
    return _message(event, NOTIFICATIONS, "notification_read", notification_ids=event.payload["notice_ids"])


def _matched(event: Happened) -> Message | None:
    said = event.payload
    return _message(event, JOBS, "job_match", job=said["job"], match_score=said["match_score"])


def _moved(event: Happened) -> Message | None:
    found = _APPLICATION.one(owner_id=event.owner_id, pk=event.payload["application_id"])
    if not found:
        return None
    return _message(event, APPLICATIONS, "application_status_update", application=json.loads(found))


def _run_ended(event: Happened) -> Message | None:
    said = event.payload
    task = {"task_id": said["run"], "kind": "job_ingestion", "status": said["state"]}
    return _message(event, TASKS, "task_update", task=task | {name: said[name] for name in ("found", "saved")})


def _ranking_ended(event: Happened) -> Message | None:
    said = event.payload
    task = {"task_id": said["ranking"], "kind": "enhanced_recommendations", "status": said["status"]}
    return _message(event, TASKS, "task_update", task=task)


def _resume_read(event: Happened) -> Message | None:
    said = event.payload
    upload = {"upload_id": said["resume_id"], "parsing_status": said["status"]}
    return _message(event, TASKS, "resume_status_update", upload=upload)


def _mark_read(line: Line, said: Mapping[str, Any], board: Switchboard) -> None:
    pk = _number(said, "notification_id", least=1)

    async def mark() -> None:
        read = await board.call(_marked, line.owner_id, [pk])
        if not read:
            raise Refused("not_found", "Notification not found.")

    board.act(line, mark())


def _marked(owner_id: int, ids: Collection[int]) -> list[int]:
    return notices.mark_read(owner_id=owner_id, ids=ids, types=CareerNoticeType.values, at=timezone.now())


def _subscribe(line: Line, said: Mapping[str, Any], board: Switchboard) -> Mapping[str, Any]:
    line.channels |= {_channel(said)}
    return {"type": "subscribed", "channels": sorted(line.channels)}


def _unsubscribe(line: Line, said: Mapping[str, Any], board: Switchboard) -> Mapping[str, Any]:
    line.channels -= {_channel(said)}
    return {"type": "unsubscribed", "channels": sorted(line.channels)}


def _catch_up(line: Line, said: Mapping[str, Any], board: Switchboard) -> None:
    board.act(line, board.catch_up(line, _number(said, "since", least=0)))


def _channel(said: Mapping[str, Any]) -> str:
    channel = said.get("channel")
    if not isinstance(channel, str) or channel not in Copilot.channels:
        raise Refused("unknown_channel", f"channel must be one of: {', '.join(sorted(Copilot.channels))}.")
    return channel


def _number(said: Mapping[str, Any], name: str, *, least: int) -> int:
    value = said.get(name)
    if type(value) is not int or not least <= value <= MAX_INT8:
        raise Refused("invalid_message", f"{name} must be a whole number, {least} or more.")
    return value
