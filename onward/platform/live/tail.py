"""The tail of the event table: what has happened since the last look, for as long as somebody listens."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any

from onward.platform.live import reading
from onward.platform.live.reading import Happened, Horizon

LOG = logging.getLogger("onward.live")

# Seconds between two looks; after one that was held up, twice as long each time; and after one that failed.
TURN = 0.1
SOON = 0.0125
PAUSE = 1.0

Run = Callable[..., Awaitable[Any]]


class Tail:
    """Follows the event table.

    :param run: runs a function in a thread that may ask the database
    :param names: the events that anybody is told of
    :param tell: takes what has happened, in order
    :param resync: called when something may have been missed: what came from before the first look, or what could not
        be told
    """

    def __init__(
        self,
        run: Run,
        names: Collection[str],
        tell: Callable[[Sequence[Happened]], Awaitable[None]],
        resync: Callable[[], None],
    ) -> None:
        self._run = run
        self._names = tuple(names)
        self._tell = tell
        self._resync = resync
        self._horizon = Horizon()
        # All up to here has been told, or is being told.
        self.position = 0

    async def begin(self) -> None:
        """Find out where the table ends: what comes after that is told."""
        self._horizon = Horizon()
        self.position = await self._run(self._horizon.begin)

    async def follow(self) -> None:
        """Look again and again, until cancelled."""
        pause, soon = TURN, SOON
        while True:
            await asyncio.sleep(pause)
            try:
                while await self.look():
                    pass
                # What is held up by somebody who is about to commit is not left until the next turn.
                pause, soon = (soon, min(2 * soon, TURN)) if self._horizon.is_held_up else (TURN, SOON)
            except asyncio.CancelledError:
                raise
            except Exception:
                # The next look begins where the last good one ended.
                LOG.warning("live_tail_failed", exc_info=True)
                await asyncio.sleep(PAUSE)

    async def look(self) -> bool:
        """Tell what has happened since the last look; returns whether there may be more already."""
        had_gaps = self._horizon.has_gaps
        happened, position = await self._run(self._read, self.position)
        if had_gaps and not self._horizon.has_gaps:
            self._resync()
        # Before anything is told: who comes from now on has not missed it, and catches up to here.
        self.position = position
        if happened:
            try:
                await self._tell(happened)
            except Exception:
                self._resync()
                raise
        return len(happened) == reading.MOST

    def _read(self, position: int) -> tuple[list[Happened], int]:
        until = self._horizon.look(position)
        if until == position:
            return [], position
        happened = reading.events(after=position, until=until, names=self._names)
        return happened, happened[-1].id if len(happened) == reading.MOST else until
