"""A record: one person with a hundred applications, or with 10,000."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bench.growth.copies import people

API = "offers"
SIZES = (100, 10_000)
STAGES = 3
# What is asked, and the number of who asks.
READS = {
    "the journal's list of 100": ("/offers/api/v1/applications/?limit=100", 1),
    "its dashboard": ("/offers/api/v1/analytics/dashboard", 1),
    "its stats": ("/offers/api/v1/progress/stats", 1),
}


def fill(size: int) -> None:
    """Give somebody as many applications with three interviews each, and an outcome or a reflection for some."""
    from onward.domain.applications.models import Application, Outcome, Reflection
    from onward.domain.companies.models import Company
    from onward.domain.interviews.models import Interview

    (owner,) = people(1)
    at = datetime.now(UTC).replace(microsecond=0)
    companies = Company.objects.bulk_create(
        Company(owner=owner, name=f"Works {number}", name_key=f"works {number}") for number in range(50)
    )
    statuses = ("wishlist", "applied", "applied", "screening", "interviewing", "offer", "rejected", "rejected")
    applications = Application.objects.bulk_create(
        (
            Application(
                owner=owner,
                company=companies[number % 50],
                job_title=f"Engineer {number}",
                job_description="We are looking for somebody who enjoys careful work. " * 10,
                status=statuses[number % 8],
                source=("linkedin", "indeed", "job_board", "")[number % 4],
                salary_min=50_000 + number % 1000,
                applied_date=(at - timedelta(days=number % 120)).date(),
                created_at=at - timedelta(minutes=number),
            )
            for number in range(size)
        ),
        batch_size=2000,
    )

    def interviews() -> Iterator[Interview]:
        for application in applications:
            for stage in range(STAGES):
                begins = application.created_at + timedelta(days=stage)
                yield Interview(
                    owner=owner, application=application, scheduled_at=begins, day=begins.date(), questions=["Why us?"]
                )

    Interview.objects.bulk_create(interviews(), batch_size=2000)
    Outcome.objects.bulk_create((Outcome(application=a, salary=90_000) for a in applications[5::8]), batch_size=2000)
    Reflection.objects.bulk_create(
        (Reflection(application=a, what_worked="Asking first") for a in applications[::4]), batch_size=2000
    )


def values(pick: random.Random, size: int) -> dict[str, str]:
    """Return what differs from request to request: nothing."""
    return {}
