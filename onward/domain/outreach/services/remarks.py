"""Writing remarks."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from onward.domain.outreach.events import Remarked
from onward.domain.outreach.models import Lead, Remark
from onward.domain.outreach.services.telling import about, touch
from onward.platform.events import publish_all
from onward.platform.record import append_all


@transaction.atomic
def add(*, lead: Lead, text: str, by_id: int | None, at: datetime) -> int:
    """Leave a remark on a lead; gives its number."""
    touch(lead, at)
    (pk,) = add_to_all(leads=[lead], text=text, by_id=by_id, at=at)
    return pk


def add_to_all(*, leads: Sequence[Lead], text: str, by_id: int | None, at: datetime) -> list[int]:
    """Leave the same remark on each of many leads, which the caller has locked; gives their numbers."""
    keys: list[int] = append_all(
        Remark,
        [
            {
                "uid": uuid.uuid4(),
                "lead_id": lead.pk,
                "author_id": by_id,
                "text": text,
                "created_at": at,
                "updated_at": at,
            }
            for lead in leads
        ],
    )
    publish_all([Remarked(**about(lead, by_id, at), remark_id=pk) for pk, lead in zip(keys, leads, strict=True)])
    return keys
