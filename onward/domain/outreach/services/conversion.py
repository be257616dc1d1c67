"""Publishing what the desk has won."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.board import services as board
from onward.domain.outreach.choices import LeadStatus
from onward.domain.outreach.events import LeadConverted
from onward.domain.outreach.models import Lead
from onward.domain.outreach.services import leads
from onward.domain.outreach.services.telling import about, touch
from onward.platform.events import publish


@transaction.atomic
def convert(*, lead: Lead, by_id: int | None, at: datetime, **text: Any) -> bool:
    """Publish the posting of a lead on this server's own board, and say that the lead is converted.

    It is published once, however often and by how many it is asked: with the text of whoever was first. The status
    alone publishes nothing (`leads.change_status`). Readings touch its freshness from then on, never its text.

    :param at: the time on the clock of who asks; its day decides whether the closing day is over
    :param text: what the posting says from then on, such as ``description``, ``closes_on`` and ``seats``
        (`board.services.FIELDS`)
    :returns: whether it is published now, and was not before
    :raises Invalid: as `board.services.publish` does; nothing has happened then
    """
    touch(lead, at)
    is_first = board.publish(posting=lead.posting, by_id=by_id, at=at, **text)
    if is_first:
        publish(LeadConverted(**about(lead, by_id, at), posting_id=lead.posting_id))
    leads.change_status(lead_ids=[lead.pk], to=LeadStatus.CONVERTED, by_id=by_id, at=at)
    return is_first
