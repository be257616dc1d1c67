"""Bounding handshakes that show nothing that was made here."""

import math
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from onward.platform.http import addresses
from onward.platform.throttle.limits import number
from onward.platform.throttle.memory_store import MemoryStore
from onward.platform.throttle.middleware import client_network


class Guard:
    """Counts them by the network that they come from, in this process, like requests that bear no token.

    Clients whose tokens were made here are never counted: those who share an address with somebody who makes tokens up
    come in as before.
    """

    def __init__(self) -> None:
        self._counts = MemoryStore()

    def seconds(self, scope: Mapping[str, Any]) -> int:
        """Count one; return how long its network has to wait, in seconds, where there were too many."""
        if not settings.THROTTLE:
            return 0
        limit, period = settings.THROTTLE_ANON
        count = self._counts.take(number(f"line:{client_network(_client(scope))}"), limit, period)
        return max(1, math.ceil(count.ends - time.time())) if count.refused else 0


def _client(scope: Mapping[str, Any]) -> str:
    peer: str = scope["client"][0]
    if not settings.TRUSTED_PROXIES:
        return peer
    # Several headers of a name are one list, in their order.
    told = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for").decode("latin1")
    return addresses.behind(peer, told, "", settings.TRUSTED_PROXIES)[0]
