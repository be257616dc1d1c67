"""Writing the links by which calendars read follow-ups."""

import uuid
from datetime import datetime

from onward.domain.outreach.models import CalendarLink


def make_link(*, owner_id: int, at: datetime) -> CalendarLink:
    """Make the link to somebody's calendar; the one that they had is void from then on."""
    link, _ = CalendarLink.objects.update_or_create(owner_id=owner_id, defaults={"uid": uuid.uuid4(), "created_at": at})
    return link


def revoke_link(*, owner_id: int) -> None:
    """Make the link to somebody's calendar void. Repeating it is harmless."""
    CalendarLink.objects.filter(owner_id=owner_id).delete()
