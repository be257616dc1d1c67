"""Telling one secret key from another without showing either."""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "onward.platform.archive.keys"
# What is void where the key is another one.
LOST = "links in mails that were sent and the backup codes of second factors"


def fingerprint(key: str | None = None) -> str:
    """Return what tells a key from others; the server's own, unless another is given."""
    return salted_hmac(SALT, "fingerprint", secret=key or settings.SECRET_KEY, algorithm="sha256").hexdigest()


def is_ours(mark: str) -> bool:
    """Return whether this is the fingerprint of the server's own key."""
    return constant_time_compare(mark, fingerprint())
