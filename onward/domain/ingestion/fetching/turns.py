"""Waiting for one's turn at a host, and keeping it while it is used."""

import time
from collections.abc import Callable

from django.utils import timezone

from onward.domain.ingestion.fetching import services

# Seconds between two looks at whether one's turn has come, and between two times that it is renewed.
LOOK = 0.25
RENEW = 4.0


class Turns:
    """One reading's turns: one at a time, kept from its first request at a host to its last.

    :param place: of all that wait for a host, the lowest comes first
    :param sleep: waits for so many seconds, and raises when the reading is not wanted any more
    """

    def __init__(self, place: int, sleep: Callable[[float], None]) -> None:
        self._place = place
        self._sleep = sleep
        self._turn_id: int | None = None
        self._origin = ""
        self._renew_from = 0.0

    def take(self, origin: str) -> None:
        """Wait until it is this reading's turn at a host, unless it has it already."""
        if origin != self._origin:
            self.leave()
            self._origin = origin
        self.keep()
        while self._turn_id is None:
            self._line_up()

    def wait(self, origin: str, spacing: float) -> None:
        """Wait until a host may be asked.

        :param spacing: seconds in which nobody else asks
        """
        self.take(origin)
        start = services.reserve(origin=origin, spacing=spacing, now=time.time())
        while (left := start - time.time()) > 0:
            self.keep()
            self._sleep(min(left, LOOK))

    def keep(self) -> None:
        """Renew the turn when it is time to."""
        if self._turn_id is not None and time.monotonic() >= self._renew_from:
            self._renew_from = time.monotonic() + RENEW
            if not services.renew(turn_id=self._turn_id, at=timezone.now()):
                self._turn_id = None

    def rest(self, seconds: float) -> None:
        """Let nobody ask the host for a while."""
        services.rest(origin=self._origin, until=time.time() + seconds)

    def leave(self) -> None:
        """Leave the turn to whoever is next."""
        if self._turn_id is not None:
            turn_id, self._turn_id = self._turn_id, None
            services.leave(turn_id=turn_id)

    def _line_up(self) -> None:
        turn_id = services.line_up(origin=self._origin, place=self._place, at=timezone.now())
        self._turn_id = turn_id
        self._renew_from = time.monotonic() + RENEW
        while self._turn_id and not services.take(turn_id=turn_id, at=timezone.now()):
            # Renews it, and forgets it when somebody thought that nobody waits for it any more.
            self._sleep(LOOK)
