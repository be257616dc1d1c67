"""Two accounts, one of them with 2,000 applications and their history: run by `onward shell`, in one process."""

import os
from datetime import UTC, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from onward.domain.accounts.models import User
from onward.domain.applications.models import Application, StatusChange
from onward.domain.companies.models import Company

APPLICATIONS, COMPANIES = 2000, 400
STATUSES = ("wishlist", "applied", "applied", "applied", "screening", "interviewing", "offer", "rejected", "ghosted")
WORDS = ("Engineer", "Analyst", "Designer", "Cook", "Gardener", "Archivist", "Pilot", "Nurse")


def write() -> None:
    """Write all rows."""
    password = make_password(os.environ["DJANGO_SUPERUSER_PASSWORD"])
    full, _ = (
        User.objects.create(username=name, username_key=name, email=f"{name}@example.org", password=password)
        for name in ("full", "empty")
    )
    companies = Company.objects.bulk_create(
        Company(owner=full, name=f"Company {number}", name_key=f"company {number}") for number in range(COMPANIES)
    )
    applications = Application.objects.bulk_create(
        Application(
            owner=full,
            company=companies[number % COMPANIES],
            job_title=f"{WORDS[number % len(WORDS)]} {number}",
            status=STATUSES[number % len(STATUSES)],
            applied_date=datetime(2026, number % 9 + 1, number % 28 + 1, tzinfo=UTC).date(),
            location="Leipzig",
        )
        for number in range(APPLICATIONS)
    )
    StatusChange.objects.bulk_create(
        StatusChange(application=each, before=before, after=after, changed_at=at)
        for each in applications
        for before, after, at in moves(each)
    )


def moves(application: Application) -> list[tuple[str, str, datetime]]:
    """Return how an application came to its status, and when."""
    first = datetime.combine(application.applied_date, datetime.min.time(), UTC)
    if application.status in ("wishlist", "applied"):
        return [("", application.status, first)]
    return [("", "applied", first), ("applied", application.status, first + timedelta(days=9))]


with transaction.atomic():
    write()
