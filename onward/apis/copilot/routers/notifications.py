"""Notifications: the feed, what is wanted in it, and the line on which it is told as it happens."""

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.bodies import refers_to, sent
from onward.apis.copilot import wishes
from onward.apis.copilot.feed import Feeds, OnlyUnread, Since
from onward.apis.copilot.resource import Resource
from onward.apis.copilot.schemas.notifications import (
    MarkIn,
    MarkOut,
    NotificationOut,
    SettingsIn,
    SettingsOut,
    SocketTokenOut,
)
from onward.apis.filters import ByWord
from onward.domain.notifications import queries
from onward.domain.notifications.choices import CareerNoticeType, NoticePriority
from onward.domain.notifications.services import notices, preferences
from onward.platform.tokens import sockets

router = Router(tags=["Notifications & collaboration"])
line = Router(tags=["Notifications & collaboration"], auth=None)


FEED = Resource(
    queries.career_notices,
    row=NotificationOut,
    filters={
        "unread_only": OnlyUnread(),
        "notification_type": ByWord("type", CareerNoticeType),
        "priority": ByWord("priority", NoticePriority),
        "since_id": Since("id"),
    },
    order="-created_at",
    paging=Feeds(),
    called="notification",
)


@router.get("", **FEED.lists, summary="List notifications")
def list_notifications(request: Request) -> HttpResponse:
    """List what one was told, the latest first."""
    return FEED.page(request)


@router.post("/mark-read", response=MarkOut, summary="Mark notifications as read")
def mark_read(request: Request, body: MarkIn) -> Any:
    """Mark lines as read; those that are not there are passed over."""
    read = notices.mark_read(
        owner_id=request.auth.user_id, ids=body.notification_ids, types=CareerNoticeType.values, at=request.now
    )
    return JsonResponse({"success": True, "count": len(read), "notification_ids": read})


@router.get("/settings", response=SettingsOut, summary="Get the settings")
def get_settings(request: Request) -> HttpResponse:
    """Read what one is told, and how."""
    return answer(json.dumps(wishes.shown(owner_id=request.auth.user_id)))


@router.patch("/settings", response=SettingsOut, openapi_extra=refers_to(SettingsIn), summary="Change the settings")
def change_settings(request: Request) -> HttpResponse:
    """Choose what one is told, and how; what is absent stays as it is, also among the categories."""
    owner_id = request.auth.user_id
    shown = wishes.shown(owner_id=owner_id)
    said = sent(request, SettingsIn, shown=json.dumps(shown))
    preferences.change(owner_id=owner_id, changes=wishes.read(said, owner_id=owner_id, shown=shown), at=request.now)
    return get_settings(request)


@router.get("/socket-token", response=SocketTokenOut, summary="Get a token for the line")
def socket_token(request: Request) -> Any:
    """Get what opens the line once, within a minute: `…/ws/notifications?token=`."""
    token = sockets.issue(session_id=request.auth.session_id, at=request.now)
    return JsonResponse({"token": token, "expires_in": int(sockets.LIFETIME.total_seconds())})


@line.get("/notifications", include_in_schema=False)
def upgrade(request: Request) -> HttpResponse:
    """Refuse a plain request: a WebSocket is spoken here."""
    response = JsonResponse({"detail": "Upgrade required: this address speaks WebSocket"}, status=426)
    response["Upgrade"] = "websocket"
    response["Connection"] = "Upgrade"
    response["Sec-WebSocket-Version"] = "13"
    return response
