"""``python -m bench.chaos.filling``: 100,000 applications with what belongs to them, beside what is there."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import django

APPLICATIONS = 100_000
OWNERS = 500
BATCH = 5000
TEXT = "We are looking for somebody who enjoys careful work on systems that many people lean on. "


def main() -> None:
    """Write the rows, as many at a time as are worth it."""
    django.setup()
    from django.db import transaction

    from onward.domain.accounts.models import User
    from onward.domain.applications.models import Application, Note, StatusChange
    from onward.domain.companies.models import Company
    from onward.domain.interviews.models import Interview
    from onward.platform.events.models import EventRecord

    at = datetime.now(UTC)
    people = [
        User(username=f"filled{n}", username_key=f"filled{n}", email=f"filled{n}@example.org", password="!")
        for n in range(OWNERS)
    ]
    with transaction.atomic():
        User.objects.bulk_create(people)
        companies = Company.objects.bulk_create(
            Company(owner=person, name=f"Works {n}", name_key=f"works {n}") for n, person in enumerate(people)
        )
        _write(
            Application,
            (
                Application(
                    owner=people[n % OWNERS],
                    company=companies[n % OWNERS],
                    job_title=f"Engineer {n}",
                    job_description=TEXT * (4 + n % 9),
                    applied_date=at.date(),
                )
                for n in range(APPLICATIONS)
            ),
        )
        owned = list(Application.objects.filter(owner__in=people).values_list("pk", "owner_id"))
        _write(Note, (Note(application_id=pk, content=TEXT * 2) for pk, _ in owned for _ in range(2)))
        _write(StatusChange, (StatusChange(application_id=pk, after="applied", changed_at=at) for pk, _ in owned))
        _write(
            Interview,
            (
                Interview(application_id=pk, owner_id=owner, scheduled_at=at, day=at.date(), questions=["Why us?"])
                for pk, owner in owned
            ),
        )
        _write(
            EventRecord,
            (
                EventRecord(name="application.created", owner_id=owner, payload={"application_id": pk, "n": n})
                for pk, owner in owned
                for n in range(3)
            ),
        )


def _write(model: Any, rows: Iterable[Any]) -> None:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        model.objects.bulk_create(batch)


if __name__ == "__main__":
    main()
