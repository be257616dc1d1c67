"""Which kinds of jobs there are. An app's ``tasks.py`` declares its own; rows name them."""

import inspect
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any, Generic, ParamSpec

from django.utils.module_loading import autodiscover_modules

from onward.platform.jobs.schedule import Schedule, schedule

P = ParamSpec("P")

# Short work of our own; calls to other people's servers, of which many may hang; and what takes long, of which each
# account has its turn.
DEFAULT, OUTBOUND, HEAVY = "default", "outbound", "heavy"
QUEUES = (DEFAULT, OUTBOUND, HEAVY)
# Seconds. Above it Celery would end the whole process; see the broker.
LONGEST_LIMIT = 1500
USUAL_LIMIT = 300


class UnknownKind(LookupError):
    """A row names a kind of job that this version of the program does not have."""


class Kind(Generic[P]):
    """A function that can be asked for as a job. Calling it runs it here and now.

    :param name: what rows call it: ``accounts.send_verification``
    :param max_attempts: how often it is tried before it is given up
    :param time_limit: seconds that one attempt may take
    :param queue: whose threads run it
    """

    def __init__(
        self, name: str, function: Callable[P, int | None], max_attempts: int, time_limit: float, queue: str
    ) -> None:
        self.name = name
        self.function = function
        self.max_attempts = max_attempts
        self.time_limit = time_limit
        self.queue = queue
        self.schedule: Schedule | None = None
        self.__doc__ = function.__doc__
        parameters = inspect.signature(function).parameters.values()
        if any(p.kind is not p.KEYWORD_ONLY for p in parameters):
            raise TypeError(f"{name}: a job takes its arguments by keyword: def {function.__name__}(*, …)")
        if queue not in QUEUES:
            raise ValueError(f"{name}: there is no queue called {queue}")
        if not 0 < time_limit <= LONGEST_LIMIT:
            raise ValueError(f"{name}: a job may take up to {LONGEST_LIMIT} seconds")
        self._known = {p.name for p in parameters}
        if taken := self._known & {"key", "run_at", "account", "awaited_until"}:
            raise TypeError(f"{name}: `enqueue` has an argument called {taken.pop()} of its own")
        self._required = {p.name for p in parameters if p.default is p.empty}

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Run it here and now."""
        self.function(*args, **kwargs)

    def __repr__(self) -> str:
        return f"<job {self.name}>"

    def check(self, payload: Mapping[str, Any]) -> None:
        """Find a wrong argument where the job is asked for, not hours later where it runs.

        :raises TypeError: when an argument is missing or unknown
        """
        if not self._required <= payload.keys() <= self._known:
            raise TypeError(f"{self.name} takes {sorted(self._known)}, not {sorted(payload)}")


_kinds: dict[str, Kind[Any]] = {}


def job(
    *, max_attempts: int = 8, time_limit: float = USUAL_LIMIT, queue: str = DEFAULT, name: str = ""
) -> Callable[[Callable[P, int | None]], Kind[P]]:
    """Declare a function of an app's ``tasks.py`` as a job.

    It runs at least once, so what it does must be the same when done twice. Its arguments go through JSON. It may
    return how much it did: one that found nothing to do, and returns 0, is left out of the log.

    :param max_attempts: eight attempts spread over some ten hours
    :param time_limit: seconds after which an attempt counts as failed: it is told so where it asks for more time
        (`progress`, `cancelled`, a statement, a request to another server). What asks for none of these, and can take
        long, belongs into a process that is ended, as the reading of résumés does
    :param queue: ``outbound`` for what waits for other people's servers: it has many more threads, and what hangs
        there holds up nothing else. Such a job closes the database connection before it waits. ``heavy`` for what
        takes long for one account (a letter, a document to read, a report): accounts take turns, no more than two run
        for one of them, and light jobs never wait behind them
    :param name: what rows call it; by default the app and the function: ``accounts.send_verification``
    """

    def declare(function: Callable[P, int | None]) -> Kind[P]:
        kind = Kind(name or _name_of(function), function, max_attempts, time_limit, queue)
        _kinds[kind.name] = kind
        return kind

    return declare


def periodic(
    *, every: timedelta | None = None, daily: str = "", weekly: str = "", zone: str = "UTC"
) -> Callable[[Kind[P]], Kind[P]]:
    """Run a job without arguments periodically: put it above ``@job``.

    Each occurrence is a row that no two schedulers can make twice. One that was missed, because nothing ran then, is
    made up for once, however many were missed.

    :param every: a whole number of seconds
    :param daily: a time on the clock: ``03:30``
    :param weekly: a day and a time: ``monday 08:00``
    :param zone: whose clock
    """
    found = schedule(every=every, daily=daily, weekly=weekly, zone=zone)

    def declare(kind: Kind[P]) -> Kind[P]:
        kind.check({})
        kind.schedule = found
        return kind

    return declare


def periodic_kinds() -> list[Kind[Any]]:
    """Return the kinds of jobs that run again and again."""
    discover()
    return [kind for kind in _kinds.values() if kind.schedule]


def _name_of(function: Callable[..., int | None]) -> str:
    # onward.domain.accounts.tasks and onward.domain.accounts.tasks.mail both belong to accounts.
    path = function.__module__.split(".")
    place = path.index("tasks") if "tasks" in path else len(path)
    return f"{path[place - 1]}.{function.__name__}"


def find(name: str) -> Kind[Any]:
    """Return the kind of job of this name.

    :raises UnknownKind: when no app declares it
    """
    if name not in _kinds:
        discover()
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(f"there is no job called {name}") from None


@cache
def discover() -> None:
    """Import every app's ``tasks.py``, once."""
    autodiscover_modules("tasks")
