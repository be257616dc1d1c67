"""How far a reading may go."""

from urllib.parse import urlsplit

from django.conf import settings

from onward.domain.ingestion.entry import Entry
from onward.platform.outbound import Reach
from onward.platform.outbound.targets import PORTS


def reach(url: str, entry: Entry) -> Reach:
    """Return whether a request may go inside: only where the operator's file says so, to exactly that origin."""
    for configured in settings.SOURCES:
        if configured.name == entry.name and configured.base_url == entry.base_url:
            origin = origin_of(configured.base_url)
            return Reach.PRIVATE_TOO if origin and origin == origin_of(url) else Reach.PUBLIC
    return Reach.PUBLIC


def origin_of(url: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port of an address; None when it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None
