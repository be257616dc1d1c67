"""What the placement team puts on this server's own board by itself, without a lead."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.board import services as board
from onward.domain.board.models import Posting
from onward.domain.companies.services import employers
from onward.domain.outreach.services.leads import compared_by


@transaction.atomic
def post(*, title: str, company_name: str, by_id: int, at: datetime, **fields: Any) -> Posting:
    """Put an opening on the board. Its company stays as it is written, whichever employer is found or made by it.

    :param fields: what it says (`board.services.FIELDS`)
    :raises Invalid: when the pay contradicts itself
    """
    said = {**fields, "title": title, "company_name": company_name}
    return board.post(employer_id=_employer(company_name, at), by_id=by_id, at=at, **said, **compared_by(said))


@transaction.atomic
def update(*, posting: Posting, by_id: int, at: datetime, **changes: Any) -> Posting:
    """Change what a posting on the board says; of another company, it is another employer's.

    :param changes: `board.services.FIELDS`
    :raises Invalid: when the pay then contradicts itself
    """
    before = posting.company_name
    posting = board.update(posting=posting, by_id=by_id, at=at, **changes)
    if posting.company_name != before:
        board.belong_to(posting=posting, employer_id=_employer(posting.company_name, at))
    return posting


def _employer(company_name: str, at: datetime) -> int | None:
    name = " ".join(company_name.split())
    return employers.find_or_make(called=[(name, "")], at=at).get((name, ""))
