"""Secrets, and the two ways of signing with them.

A secret is shown as ``whsec_`` and 32 random bytes in base64. To the contract's own signature it is that text, as it
is shown. To Standard Webhooks (https://www.standardwebhooks.com) it is the bytes, as that specification says.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"


def new_secret() -> str:
    """Make a secret of 256 bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, body: bytes) -> str:
    """Sign a body: ``sha256=`` and the HMAC in hexadecimal."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def standard_signatures(keys: Iterable[str], *, message_id: str, timestamp: int, body: bytes) -> str:
    """Sign a body, its id and its time with each secret: ``v1,…``, separated by spaces."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return " ".join(
        "v1," + base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode() for secret in keys
    )


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(PREFIX))
