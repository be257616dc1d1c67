"""Work on webhooks that is done later: sending, telling their owner, and tidying."""

from datetime import datetime, timedelta

from django.utils import timezone

from onward.domain.accounts import mails
from onward.domain.accounts.models import User
from onward.domain.webhooks import sending, services
from onward.domain.webhooks.choices import PauseReason
from onward.platform.jobs import enqueue, job, periodic


@job(max_attempts=8, time_limit=sending.TURN + 2 * sending.DEADLINE, queue="outbound")
def send(*, endpoint_id: int) -> None:
    """Send what is due to an endpoint. What does not arrive is no failure of this job: its row says when next."""
    if sending.send_due(endpoint_id=endpoint_id):
        enqueue("webhooks.send", key=endpoint_id, endpoint_id=endpoint_id)


@job(max_attempts=8)
def tell_paused(*, user_id: int, endpoint: str, reason: str, at: str) -> None:
    """Mail an endpoint's owner that nothing is sent to it any more."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    moment = datetime.fromisoformat(at)
    mails.send(
        to=user.email,
        subject="A webhook was paused",
        folder="webhooks/mails",
        template="paused",
        name=f"webhook_paused.{endpoint}.{int(moment.timestamp() * 1e6)}",
        context={"endpoint": endpoint, "reason": PauseReason(reason).label, "at": moment},
    )


@periodic(daily="03:40")
@job(max_attempts=3)
def sweep() -> int:
    """Remove deliveries that are older than thirty days."""
    return services.sweep(at=timezone.now())


@periodic(every=timedelta(minutes=1))
@job(max_attempts=1)
def wake() -> int:
    """Find what should have been sent and was not: what a worker held that is gone."""
    return services.wake(at=timezone.now())
