"""Lines of the feed that the calendar brings, and those about saved postings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from onward.domain.board.choices import PostingState
from onward.domain.board.events import PostingClosed, PostingPublished
from onward.domain.ingestion.events import StatesChanged
from onward.domain.notifications.models import Notice, Preferences
from onward.domain.notifications.services import calendar
from onward.platform.events import publish
from tests.factories import ApplicationFactory, InterviewFactory, PostingFactory, SavedJobFactory

# A Wednesday, nine in the morning.
AT = datetime(2026, 3, 4, 9, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def told(at: datetime) -> list[str]:
    before = set(Notice.objects.values_list("pk", flat=True))
    calendar.tell_due(at=at)
    assert calendar.tell_due(at=at) == 0
    return list(Notice.objects.exclude(pk__in=before).order_by("pk").values_list("type", flat=True))


@pytest.mark.parametrize(
    ("hours", "stored", "expected"),
    [
        (25, {}, []),
        (24, {}, ["interview_reminder"]),
        (-1, {}, []),
        (3, {"interview_reminder_hours": 2}, []),
        (2, {"interview_reminder_hours": 2}, ["interview_reminder"]),
        (2, {"interview_reminders": False}, []),
        # Quiet hours hold mails alone.
        (2, {"quiet_hours_start": "00:00", "quiet_hours_end": "23:59"}, ["interview_reminder"]),
    ],
)
def test_an_interview_that_is_near_is_told_once_for_its_time(ada, hours, stored, expected):
    Preferences.objects.create(owner=ada, **stored)
    interview = InterviewFactory(application__owner=ada, owner=ada, scheduled_at=AT + timedelta(hours=hours))

    assert told(AT) == expected
    if expected:
        type(interview).objects.update(scheduled_at=AT + timedelta(hours=1))
        assert told(AT) == expected


@pytest.mark.parametrize(
    ("day", "fields", "expected"),
    [
        (date(2026, 3, 8), {}, []),
        (date(2026, 3, 7), {}, ["application_deadline"]),
        (date(2026, 3, 4), {}, ["application_deadline"]),
        (date(2026, 3, 3), {}, []),
        (date(2026, 3, 7), {"status": "archived"}, []),
    ],
)
def test_a_deadline_is_told_three_days_before(ada, day, fields, expected):
    SavedJobFactory(owner=ada, deadline=day, **fields)

    assert told(AT) == expected


def test_a_day_begins_on_its_owners_clock(ada):
    type(ada).objects.filter(pk=ada.pk).update(timezone="Pacific/Auckland")
    SavedJobFactory(owner=ada, deadline=date(2026, 3, 8))

    # There it is ten in the evening of the fourth; and half past eight in the morning of the fifth.
    assert told(AT) == []
    assert told(AT + timedelta(hours=10, minutes=30)) == ["application_deadline"]


@pytest.mark.parametrize(
    ("stored", "at", "expected"),
    [
        ({}, AT, []),
        ({}, MONDAY, ["morning_briefing"]),
        ({"daily_briefings": True}, AT, ["morning_briefing"]),
        ({"daily_briefings": True}, AT - timedelta(hours=2), []),
        ({"daily_briefings": True}, AT + timedelta(hours=10), ["evening_update"]),
        ({"daily_briefings": True, "categories": {"evening_update": False}}, AT + timedelta(hours=10), []),
        ({"weekly_summary": False}, MONDAY, []),
    ],
)
def test_briefings_come_by_the_digest(ada, ben, stored, at, expected):
    Preferences.objects.create(owner=ada, **stored)
    Preferences.objects.create(owner=ben, daily_briefings=True)
    application = ApplicationFactory(owner=ada, next_action_date=date(2026, 3, 2))
    type(application).objects.update(created_at=AT)

    # Ben has nothing to read of.
    assert told(at) == expected


def test_who_has_saved_a_posting_hears_of_its_end_and_of_its_return(ada, ben):
    posting = PostingFactory()
    SavedJobFactory(owner=ada, posting=posting, company_name="Initech", job_title="Engineer")
    SavedJobFactory(owner=ben)
    about = {"owner_id": None, "at": AT, "posting_id": posting.pk, "employer_id": None, "title": "x", "by_id": None}
    with transaction.atomic():
        publish(PostingClosed(**about, before="live", reason="filled"))
        publish(PostingPublished(**about))
        states = {"owner_id": None, "at": AT, "posting_ids": (posting.pk,), "reason": ""}
        publish(StatesChanged(**states, before=PostingState.LIVE, after=PostingState.CLOSED))
        publish(StatesChanged(**states, before=PostingState.UNCERTAIN, after=PostingState.LIVE))

    rows = Notice.objects.filter(type="job_status_change").order_by("pk")
    assert [(row.owner, row.title, row.data["change"]) for row in rows] == [
        (ada, "Closed: Initech, Engineer", "closed"),
        (ada, "Open again: Initech, Engineer", "reopened"),
        (ada, "Closed: Initech, Engineer", "closed"),
    ]
