"""Which kinds of jobs there are. An app's ``tasks.py`` declares its own; rows name them."""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Generic, ParamSpec

from django.utils.module_loading import autodiscover_modules

P = ParamSpec("P")


class UnknownKind(LookupError):
    """A row names a kind of job that this version of the program does not have."""


class Kind(Generic[P]):
    """A function that can be asked for as a job. Calling it runs it here and now.

    :param name: what rows call it: ``accounts.send_verification``
    :param max_attempts: how often it is tried before it is given up
    """

    def __init__(self, name: str, function: Callable[P, None], max_attempts: int) -> None:
        self.name = name
        self.function = function
        self.max_attempts = max_attempts
        self.__doc__ = function.__doc__
        parameters = inspect.signature(function).parameters.values()
        if any(p.kind is not p.KEYWORD_ONLY for p in parameters):
            raise TypeError(f"{name}: a job takes its arguments by keyword: def {function.__name__}(*, …)")
        self._known = {p.name for p in parameters}
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


def job(*, max_attempts: int = 8, name: str = "") -> Callable[[Callable[P, None]], Kind[P]]:
    """Declare a function of an app's ``tasks.py`` as a job.

    It runs at least once, so what it does must be the same when done twice. Its arguments go through JSON.

    :param max_attempts: eight attempts spread over some ten hours
    :param name: what rows call it; by default the app and the function: ``accounts.send_verification``
    """

    def declare(function: Callable[P, None]) -> Kind[P]:
        kind = Kind(name or _name_of(function), function, max_attempts)
        _kinds[kind.name] = kind
        return kind

    return declare


def _name_of(function: Callable[..., None]) -> str:
    # onward.domain.accounts.tasks and onward.domain.accounts.tasks.mail both belong to accounts.
    path = function.__module__.split(".")
    place = path.index("tasks") if "tasks" in path else len(path)
    return f"{path[place - 1]}.{function.__name__}"


def find(name: str) -> Kind[Any]:
    """Give the kind of job of this name.

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
