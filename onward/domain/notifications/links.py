"""The link in each mail by which its reader is rid of its kind: good for ever, and for that only."""

from uuid import UUID

from django.conf import settings
from django.core import signing

from onward.domain.notifications.choices import SWITCHES, NotificationType
from onward.platform.refusals import Invalid


def address(*, uid: UUID, notification_type: str) -> str:
    """Return the web address that goes into the mail.

    :param uid: the account's
    """
    return f"{settings.PUBLIC_URL}/unsubscribe?token={_signer().sign(f'{uid.hex}-{notification_type}')}"


def read(token: str) -> tuple[UUID, NotificationType]:
    """Return whose mails of which type a token is about.

    :raises Invalid: when we did not sign it
    """
    try:
        uid, _, word = _signer().unsign(token).partition("-")
        kind = NotificationType(word)
        if kind not in SWITCHES:
            raise ValueError(kind)
        return UUID(uid), kind
    except (signing.BadSignature, ValueError):
        raise Invalid("Invalid unsubscribe token.", code="invalid_token") from None


def _signer() -> signing.Signer:
    return signing.Signer(salt="onward.notifications.unsubscribe", sep=".")
