"""Mailed links that are of no use any more leave no rows behind."""

from datetime import UTC, datetime, timedelta

from onward.domain.accounts.choices import LinkPurpose
from onward.domain.accounts.models import Link
from onward.domain.accounts.services import links

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LONG, RECENTLY, SOON = AT - timedelta(days=31), AT - timedelta(days=29), AT + timedelta(days=1)


def test_links_are_forgotten_a_month_after_they_were_used_or_expired(ada):
    for expires_at, used_at in [(SOON, None), (SOON, LONG), (RECENTLY, RECENTLY), (LONG, None)]:
        Link.objects.create(
            user=ada, purpose=LinkPurpose.VERIFY_EMAIL, email=ada.email, expires_at=expires_at, used_at=used_at
        )

    assert links.forget_old(at=AT) == 2

    assert set(Link.objects.values_list("expires_at", "used_at")) == {(SOON, None), (RECENTLY, RECENTLY)}
