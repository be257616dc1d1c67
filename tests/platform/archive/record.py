"""A small record in which values of every kind stand, and of each the ones that databases treat differently."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile

from onward.domain.accounts.models import User
from onward.domain.activity.models import Activity
from onward.domain.notifications.models import Notification, Preferences
from onward.platform import storage
from onward.platform.events.models import EventRecord
from onward.platform.jobs.models import Job, Tally
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    EndpointFactory,
    InterviewFactory,
    NoteFactory,
    OutcomeFactory,
    ReflectionFactory,
    ResumeFactory,
    TaggingFactory,
    UserFactory,
)

AT = datetime(2026, 3, 2, 9, 30, 0, 123456, UTC)
TEXT = "Zürich 東京 🛰 \\ \" ' \t\r\n\u2028 \u0001 %s {0} -- end"
DOCUMENT = {
    "zz": [1, -0.5, 1e-7, 1e16, 2**53 + 1, True, None, "", TEXT],
    "a": {"nested": {"b": [], "a": {}}},
    "": "an empty key",
}
CONTENT = b"%PDF-1.4 " + bytes(range(256)) * 8


def fill() -> User:
    """Write the record; gives the person whose it is."""
    ada = UserFactory(
        username="ada", email="ada@example.org", bio=TEXT, created_at=AT, updated_at=AT.replace(microsecond=0)
    )
    company = CompanyFactory(owner=ada, name=TEXT[:20], glassdoor_rating=Decimal("3.50"))
    CompanyFactory(owner=ada, glassdoor_rating=Decimal("4"))
    applications = [
        ApplicationFactory(owner=ada, company=company, applied_date=day, created_at=AT + timedelta(microseconds=turn))
        for turn, day in enumerate([date(1, 1, 1), date(9999, 12, 31), None])
    ]
    # A number that was given and is gone.
    ApplicationFactory(owner=ada, company=company).delete()
    NoteFactory(application=applications[0], content=TEXT)
    InterviewFactory(application=applications[0], questions=["Why?", TEXT], scheduled_at=AT)
    OutcomeFactory(application=applications[1])
    ReflectionFactory(application=applications[0], skill_gaps=DOCUMENT)
    TaggingFactory(application=applications[0])
    EndpointFactory(owner=ada)
    key = storage.store(ContentFile(CONTENT), folder=f"resumes/user_{ada.pk}", suffix=".pdf")
    ResumeFactory(owner=ada, file_key=key, file_size=len(CONTENT))
    Activity.objects.create(owner=ada, action="note_added", uid=uuid.UUID(int=1))
    Preferences.objects.create(owner=ada, quiet_hours_start=time(22), quiet_hours_end=time(6, 30, 0, 1))
    Notification.objects.create(
        owner=ada, notification_type="custom", subject="Later", details=DOCUMENT, due_at=AT + timedelta(days=20_000)
    )
    EventRecord.objects.create(name="application.created", owner=ada, payload=DOCUMENT, happened_at=AT)
    Job.objects.create(kind="notifications.send", payload={"notification_id": 1}, run_at=AT + timedelta(days=20_000))
    Tally.objects.create(kind="jobs.sweep", state="done", jobs=3, seconds=0.1 + 0.2)
    return ada
