"""Notifications: what somebody is told of where they are signed in."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from onward.domain.notifications.models import Notice
from tests.factories import LeadFactory

pytestmark = pytest.mark.django_db

NOTIFICATIONS = "/outreach/notifications"


def test_get_notifications_lists_ones_own_the_latest_first(as_cleo, cleo, dora, queries):
    lead = LeadFactory()
    first = Notice.objects.create(
        owner=cleo, type="lead_assigned", title="Yours", lead=lead, created_at=datetime(2026, 3, 2, tzinfo=UTC)
    )
    second = Notice.objects.create(owner=cleo, type="run_ended", title="Done", read_at=timezone.now())
    Notice.objects.create(owner=dora, type="run_ended", title="Another's")
    as_cleo.get(NOTIFICATIONS)

    with queries() as asked:
        said = as_cleo.get(NOTIFICATIONS).json()

    assert len(asked) == 2
    assert [row["id"] for row in said["results"]] == [second.pk, first.pk]
    assert said["results"][1] == {
        "id": first.pk,
        "type": "lead_assigned",
        "title": "Yours",
        "message": "",
        "internship_id": lead.pk,
        "is_read": False,
        "created_at": "2026-03-02T00:00:00Z",
    }
    unread = as_cleo.get(NOTIFICATIONS, {"is_read": "false"}).json()["results"]
    assert [row["id"] for row in unread] == [first.pk]
    assert as_cleo.get(NOTIFICATIONS, {"type": "gossip"}).status_code == 422


def test_patch_notification_read_marks_ones_own_as_read_and_may_be_repeated(as_cleo, cleo, dora):
    mine, hers = (Notice.objects.create(owner=owner, type="run_ended", title="Done") for owner in (cleo, dora))

    first = as_cleo.patch(f"{NOTIFICATIONS}/{mine.pk}/read")
    read_at = Notice.objects.get(pk=mine.pk).read_at
    again = as_cleo.patch(f"{NOTIFICATIONS}/{mine.pk}/read")

    assert (first.status_code, first.json()["is_read"]) == (200, True)
    assert again.json() == first.json()
    assert Notice.objects.get(pk=mine.pk).read_at == read_at
    assert as_cleo.patch(f"{NOTIFICATIONS}/{hers.pk}/read").status_code == 404
    assert Notice.objects.get(pk=hers.pk).read_at is None
