"""Links that open one file for a while, for whoever holds them."""

import re
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

LIFETIME = timedelta(hours=1)
SALT = "onward.platform.storage.links"


def sign(key: str, *, expires: int) -> str:
    """Sign the key of a file and the moment (seconds since 1970) until which the link is good."""
    return salted_hmac(SALT, f"{expires}:{key}", algorithm="sha256").hexdigest()


def is_good(key: str, *, expires: str, signature: str, at: datetime) -> bool:
    """Return whether a link, as it came in, opens this file now."""
    if not re.fullmatch(r"[1-9][0-9]{0,11}", expires) or not re.fullmatch(r"[0-9a-f]{64}", signature):
        return False
    signed = constant_time_compare(signature, sign(key, expires=int(expires)))
    return signed and at.timestamp() < int(expires)
