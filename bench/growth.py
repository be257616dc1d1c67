"""How reads grow with a record: one person with 100 and one with 10,000 applications, in a database of their own.

Run as ``python -m bench.growth`` with Onward's settings: requests go through its whole stack in this process, so the
times hold no network and no second process.
"""

import json
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import django

SIZES = (100, 10_000)
STAGES = 3
RUNS = 40
ASKED = {
    "offers_nested": "/offers/api/v1/applications/?limit=100",
    "offers_dashboard": "/offers/api/v1/analytics/dashboard",
    "offers_stats": "/offers/api/v1/progress/stats",
}


def rows(owner: Any, size: int) -> None:
    """Give somebody applications with three interviews each, and an outcome or a reflection for some."""
    from onward.domain.applications.models import Application, Outcome, Reflection
    from onward.domain.companies.models import Company
    from onward.domain.interviews.models import Interview

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


def measure(owner: Any) -> dict[str, float]:
    """Ask everything of one person; gives the median time of a request in ms."""
    from django.test import Client

    from onward.platform import tokens

    opened = tokens.open_session(
        user=owner, api="offers", address="127.0.0.1", user_agent="bench", awaits_second_factor=False,
        at=datetime.now(UTC),
    )  # fmt: skip
    client = Client(SERVER_NAME="127.0.0.1", headers={"authorization": f"Bearer {opened.access}"})
    found = {}
    for name, path in ASKED.items():
        assert client.get(path).status_code == 200, path
        taken = []
        for _ in range(RUNS):
            begun = time.perf_counter()
            client.get(path)
            taken.append((time.perf_counter() - begun) * 1000)
        found[name] = round(statistics.median(taken), 1)
    return found


def main() -> None:
    """Make the tables in a database of their own, measure, and drop it; prints JSON, by the size of the record."""
    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from onward.domain.accounts.models import User

    made = setup_databases(verbosity=0, interactive=False)
    try:
        results = {}
        for size in SIZES:
            owner = User.objects.create(email=f"p{size}@example.org", username=f"p{size}", password="!")
            rows(owner, size)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            results[str(size)] = measure(owner)
        print(json.dumps({"database": connection.vendor, "applications": results}, indent=2))
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    main()
