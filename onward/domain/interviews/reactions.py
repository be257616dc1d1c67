"""What interviews do when something happens."""

from zoneinfo import ZoneInfo

from onward.domain.accounts.events import ProfileChanged
from onward.domain.accounts.models import User
from onward.domain.interviews import services


def clock_changed(event: ProfileChanged) -> None:
    """Bring the days of somebody's interviews in line with their new clock."""
    if event.owner_id is not None and "timezone" in event.fields:
        zone = User.objects.values_list("timezone", flat=True).get(pk=event.owner_id)
        services.follow_clock(owner_id=event.owner_id, zone=ZoneInfo(zone))
