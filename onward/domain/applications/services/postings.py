"""Making applications of postings on this server's own board."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.applications.choices import Source
from onward.domain.applications.models import Application
from onward.domain.applications.services.applications import create_at
from onward.domain.board import queries as board
from onward.domain.companies import services as companies


@transaction.atomic
def apply_to(*, owner_id: int, posting_id: int, at: datetime, **fields: Any) -> Application:
    """Take an application to a posting into somebody's record, with what the posting says.

    :param at: the time on the owner's clock
    :param fields: as `create` takes them; they go before what the posting says
    :raises Missing: when there is no such posting on the board, or it is closed
    :raises Invalid: as `create` does
    """
    posting = board.open_one(pk=posting_id)
    employer = posting.employer
    said = {
        "job_title": posting.title,
        "job_url": posting.url,
        "job_description": posting.description,
        "job_type": posting.job_type,
        "work_type": posting.work_mode,
        "location": posting.location[:255],
        "source": Source.JOB_BOARD,
    }
    application = create_at(
        owner_id=owner_id,
        company_name=employer.name if employer else posting.company_name,
        company_website=employer.website if employer else "",
        at=at,
        posting_id=posting.pk,
        **{**said, **fields},
    )
    if employer is not None:
        companies.point_to(company=application.company, employer_id=employer.pk)
    return application
