"""A small board for the demo: what a school has published, and what is asked of who applies."""

from datetime import datetime, timedelta
from typing import Any

from onward.domain.outreach.services import boards

POSTINGS: tuple[dict[str, Any], ...] = (
    {
        "title": "Data engineering intern",
        "company_name": "Northwind",
        "is_internship": True,
        "location": "Berlin",
        "work_mode": "hybrid",
        "description": "Six months with the team that keeps the numbers right: SQL, Python and patient colleagues.",
        "eligibility": {"programmes": ["Computer science", "Statistics"], "min_gpa": 3},
    },
    {
        "title": "Design intern",
        "company_name": "Fabrikam",
        "is_internship": True,
        "location": "Lyon",
        "work_mode": "onsite",
        "description": "A summer of drawing, asking people and drawing again.",
    },
    {
        "title": "Junior backend engineer",
        "company_name": "Contoso",
        "is_internship": False,
        "job_type": "full_time",
        "work_mode": "remote",
        "pay_min": 48000,
        "pay_max": 56000,
        "pay_currency": "EUR",
        "description": "A first position on a team of eight. You will own one service from the first month on.",
        "eligibility": {"work_authorisation": True},
    },
)
# From when it is made.
OPEN_FOR = timedelta(days=60)


def publish(*, by_id: int, at: datetime) -> int:
    """Put the postings of the demo on this server's board. :returns: how many there are"""
    closes_at = at + OPEN_FOR
    for said in POSTINGS:
        boards.post(by_id=by_id, at=at, closes_at=closes_at, closes_on=closes_at.date(), **said)
    return len(POSTINGS)
