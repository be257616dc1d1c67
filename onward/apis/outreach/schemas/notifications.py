"""Notifications as the outreach desk shows them."""

from datetime import datetime
from typing import Annotated

from onward.domain.notifications.choices import DeskNoticeType
from onward.domain.notifications.queries import IS_READ
from onward.platform.wire import Choice, From, Wire


class NotificationRow(Wire):
    """A line of somebody's feed; ``internship_id`` is null where it is about none, or about several."""

    id: int
    type: Annotated[str, Choice(DeskNoticeType)]
    title: str
    message: str
    internship_id: Annotated[int | None, From("lead_id")]
    is_read: Annotated[bool, IS_READ]
    created_at: datetime
