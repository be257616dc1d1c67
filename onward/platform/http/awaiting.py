"""Answers that wait for a job, on the event loop and without a thread."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from django.http import HttpResponse

# Seconds between two looks at the jobs that are waited for: short while one of them has only just been asked for, since
# most are done at once.
SOON, LATER = 0.02, 0.1
YOUNG = 2.0
# After a look that failed: the database is given time.
PAUSE = 1.0


class Awaited(HttpResponse):
    """An answer whose content is made when a job has ended, or when it is too late.

    It goes through the middleware before that, as it is: headers that they set stay.

    :param job_id: what is waited for
    :param seconds: until when
    :param make: makes the answer, in either case, and never raises
    :param give_up: called when the client leaves before
    """

    def __init__(
        self, *, job_id: int, seconds: float, make: Callable[[], HttpResponse], give_up: Callable[[], None]
    ) -> None:
        super().__init__(content_type="application/json")
        self.job_id = job_id
        self.seconds = seconds
        self.give_up = give_up
        self._make = make
        self._then: list[Callable[[], None]] = []

    def when_made(self, call: Callable[[], None]) -> None:
        """Have something called when the content is there."""
        self._then.append(call)

    def complete(self) -> None:
        """Make the content, and take over status and headers that belong to it."""
        made = self._make()
        self.status_code = made.status_code
        self.content = made.content
        for name, value in made.items():
            self[name] = value
        for call in self._then:
            call()


class Room:
    """Where requests wait for jobs: one look at the table for all of them.

    :param run: runs a function in a thread
    :param ended: returns which of these jobs have ended
    """

    def __init__(self, run: Callable[..., Awaitable[Any]], ended: Callable[[Collection[int]], Collection[int]]) -> None:
        self._run = run
        self._ended = ended
        # Since when, and for which job.
        self._waiting: dict[asyncio.Future[None], tuple[float, int]] = {}
        self._looking: asyncio.Task[None] | None = None

    async def wait(self, job_id: int, seconds: float) -> None:
        """Return when a job has ended, or when the time is over."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        self._waiting[future] = (loop.time(), job_id)
        if self._looking is None or self._looking.done():
            self._looking = loop.create_task(self._look())
        try:
            await asyncio.wait([future], timeout=seconds)
        finally:
            self._waiting.pop(future, None)

    async def _look(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            youngest = max(since for since, _ in self._waiting.values())
            await asyncio.sleep(SOON if loop.time() - youngest < YOUNG else LATER)
            asked = {job_id for _, job_id in self._waiting.values()}
            try:
                found = await self._run(self._ended, asked)
            except Exception:
                # Whoever takes the answer says what is wrong with the database, if it is then.
                await asyncio.sleep(PAUSE)
                continue
            for future, (_, job_id) in list(self._waiting.items()):
                if job_id in found and not future.done():
                    future.set_result(None)
                    del self._waiting[future]
