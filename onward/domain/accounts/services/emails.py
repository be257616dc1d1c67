"""Whether an address is its owner's."""

from datetime import datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from onward.domain.accounts import links
from onward.domain.accounts.choices import LinkPurpose
from onward.domain.accounts.events import EmailChanged, EmailVerified
from onward.domain.accounts.models import User
from onward.domain.accounts.services import links as link_services
from onward.domain.accounts.services.registration import Taken, taken_names
from onward.platform.events import publish
from onward.platform.jobs import enqueue
from onward.platform.record import locked
from onward.platform.refusals import Invalid


@transaction.atomic
def request_verification(*, email: str, at: datetime) -> None:
    """Send a new verification link, if there is anybody to send it to.

    Whether there is, only the job finds out: what happens here is the same for every address.
    """
    enqueue("accounts.send_verification", run_at=at, email=email.strip().lower(), request=str(uuid4()))


@transaction.atomic
def change(*, user_id: int, email: str, at: datetime) -> None:
    """Change the address of an account, which counts at once and is not verified. The same one is no change.

    Two mails are on their way: to the new address, to verify it, and to the old one, which is told of it.

    :raises Invalid: when it is no address
    :raises Taken: when somebody has it already
    """
    user = locked(User(pk=user_id))
    before, user.email = user.email, email.strip().lower()
    if user.email == before:
        return
    try:
        user.clean_fields(exclude={field.name for field in User._meta.fields} - {"email"})
    except ValidationError as error:
        raise Invalid(fields=error.message_dict) from None
    user.is_email_verified = False
    user.updated_at = at
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "is_email_verified", "updated_at"])
    except IntegrityError:
        taken = taken_names(user)
        if not taken:
            raise
        raise Taken(fields=taken) from None
    publish(EmailChanged(owner_id=user.pk, at=at))
    request_verification(email=user.email, at=at)
    enqueue("accounts.tell_old_address", run_at=at, user_id=user.pk, email=before, at=at.isoformat())


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
