"""Notifications: what somebody is told of where they are signed in."""

from django.db.models import Q
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request
from onward.apis.filters import ByFlag, ByWord
from onward.apis.outreach.access import members
from onward.apis.outreach.resource import Resource
from onward.apis.outreach.schemas.notifications import NotificationRow
from onward.domain.notifications import queries
from onward.domain.notifications.choices import DeskNoticeType
from onward.domain.notifications.services import notices
from onward.platform.wire import Id

router = Router(tags=["Notifications"], auth=members)

NOTIFICATIONS = Resource(
    queries.desk_notices,
    row=NotificationRow,
    filters={"type": ByWord("type", DeskNoticeType), "is_read": ByFlag(Q(read_at__isnull=False))},
    orders=("created_at",),
    order="-created_at",
    called="notification",
)


@router.get("", **NOTIFICATIONS.lists, summary="List notifications")
def list_notifications(request: Request) -> HttpResponse:
    """List one's own, the latest first."""
    return NOTIFICATIONS.page(request)


@router.patch("/{notification_id}/read", **NOTIFICATIONS.reads, summary="Mark a notification as read")
def mark_read(request: Request, notification_id: Id) -> HttpResponse:
    """Say that one has read it. Repeating it changes nothing."""
    notices.mark_read(owner_id=request.auth.user_id, ids=[notification_id], types=DeskNoticeType.values, at=request.now)
    return NOTIFICATIONS.show(request, notification_id)
