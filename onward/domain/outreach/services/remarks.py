"""Writing remarks."""

import uuid
from datetime import datetime

from django.db import transaction

from onward.domain.outreach.events import Remarked
from onward.domain.outreach.models import Lead, Remark
from onward.domain.outreach.services.telling import about, touch
from onward.platform.events import publish
from onward.platform.record import append


@transaction.atomic
def add(*, lead: Lead, text: str, by_id: int | None, at: datetime) -> int:
    """Leave a remark on a lead; gives its number."""
    touch(lead, at)
    pk: int = append(
        Remark, uid=uuid.uuid4(), lead_id=lead.pk, author_id=by_id, text=text, created_at=at, updated_at=at
    )
    publish(Remarked(**about(lead, by_id, at), remark_id=pk))
    return pk
