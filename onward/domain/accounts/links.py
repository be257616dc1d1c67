"""What stands in the links that are sent by mail."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing

from onward.domain.accounts.choices import LinkPurpose
from onward.domain.accounts.models import Link
from onward.platform.refusals import Invalid

LIFETIMES = {LinkPurpose.VERIFY_EMAIL: timedelta(hours=24), LinkPurpose.RESET_PASSWORD: timedelta(hours=1)}
_PATHS = {LinkPurpose.VERIFY_EMAIL: "verify-email", LinkPurpose.RESET_PASSWORD: "reset-password"}
_WORDS = {LinkPurpose.VERIFY_EMAIL: "verification", LinkPurpose.RESET_PASSWORD: "reset"}


def token(link: Link) -> str:
    """Make the token of a link: its row's name, signed with the server's key for this purpose and no other."""
    return _signer(link.purpose).sign(link.request.hex)


def address(link: Link) -> str:
    """Return the web address that goes into the mail."""
    return f"{settings.PUBLIC_URL}/{_PATHS[LinkPurpose(link.purpose)]}?token={token(link)}"


def read(text: str, *, purpose: LinkPurpose) -> UUID:
    """Read which link a token belongs to.

    :raises Invalid: when we did not sign it, or signed it for something else
    """
    try:
        return UUID(_signer(purpose).unsign(text))
    except (signing.BadSignature, ValueError):
        raise invalid(purpose) from None


def find_valid(*, token: str, purpose: LinkPurpose, at: datetime) -> Link:
    """Find the link of a token, without using it up.

    :raises Invalid: when it is unknown, used, void or expired
    """
    link = Link.objects.select_related("user").filter(request=read(token, purpose=purpose)).first()
    if link is None or link.used_at or link.email != link.user.email or not link.user.is_active:
        raise invalid(purpose)
    if link.expires_at <= at:
        raise expired(purpose)
    return link


def invalid(purpose: LinkPurpose) -> Invalid:
    """Make the refusal of a link that was never good, or is used up."""
    return Invalid(f"Invalid {_WORDS[purpose]} token.", code="invalid_token")


def expired(purpose: LinkPurpose) -> Invalid:
    """Make the refusal of a link that came too late."""
    return Invalid(f"This {_WORDS[purpose]} token has expired. Please request a new one.", code="expired_token")


def _signer(purpose: str) -> signing.Signer:
    # A full stop survives every mail program; a colon ends what some of them take for a link.
    return signing.Signer(salt=f"onward.accounts.links.{purpose}", sep=".")
