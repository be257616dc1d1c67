"""Whether an address is its owner's."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from onward.domain.accounts import links
from onward.domain.accounts.choices import LinkPurpose
from onward.domain.accounts.events import EmailVerified
from onward.domain.accounts.models import User
from onward.domain.accounts.services import links as link_services
from onward.platform.events import publish
from onward.platform.jobs import enqueue


@transaction.atomic
def request_verification(*, email: str, at: datetime) -> None:
    """Send a new verification link, if there is anybody to send it to.

    Whether there is, only the job finds out: what happens here is the same for every address.
    """
    enqueue("accounts.send_verification", run_at=at, email=email.strip().lower(), request=str(uuid4()))


@transaction.atomic
def verify(*, token: str, at: datetime) -> None:
    """Record, by a link from a mail, that the address is its owner's.

    :raises Invalid: when the link is invalid or has expired
    """
    link = links.find_valid(token=token, purpose=LinkPurpose.VERIFY_EMAIL, at=at)
    user = link_services.claim(link=link, at=at)
    mark_verified(user=user, at=at)


def mark_verified(*, user: User, at: datetime) -> None:
    """Record that the address of a locked account is its owner's, and announce it once."""
    if user.is_email_verified:
        return
    user.is_email_verified = True
    user.updated_at = at
    user.save(update_fields=["is_email_verified", "updated_at"])
    publish(EmailVerified(owner_id=user.pk, at=at))
