"""Sessions that are long over leave no rows behind."""

from datetime import UTC, datetime, timedelta

from onward.platform.tokens import services
from onward.platform.tokens.models import Session

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LONG, RECENTLY, SOON = AT - timedelta(days=31), AT - timedelta(days=29), AT + timedelta(days=1)


def test_sessions_are_forgotten_a_month_after_they_ended_or_expired(ada):
    for expires_at, ended_at in [(SOON, None), (SOON, RECENTLY), (SOON, LONG), (RECENTLY, None), (LONG, None)]:
        Session.objects.create(user=ada, api="tracker", expires_at=expires_at, ended_at=ended_at)

    assert services.forget_old(at=AT) == 2

    left = Session.objects.order_by("pk").values_list("expires_at", "ended_at")
    assert set(left) == {(SOON, None), (SOON, RECENTLY), (RECENTLY, None)}
