"""Where the time of one request goes: Onward's chain run in this process, without a network, section by section.

Run through ``python -m bench profile``. Each section's figure is its own time, without that of the sections inside it.
"""

import cProfile
import pstats
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from time import perf_counter_ns, thread_time_ns
from typing import Any

import django

from bench import environment
from bench.dataset import sign_in
from bench.scenarios import SCENARIOS, Question, questions

WARM_UP = 100


@dataclass
class Sections:
    """Adds up the own time of sections, in nanoseconds: by the clock and of the processor."""

    calls: dict[str, int] = field(default_factory=dict)
    wall: dict[str, int] = field(default_factory=dict)
    processor: dict[str, int] = field(default_factory=dict)
    on: bool = False
    # The time that the sections inside the open ones have taken: one pair for each open section.
    _inside: list[list[int]] = field(default_factory=lambda: [[0, 0]])

    def timed(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """Wrap a function as a section."""

        @wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            if not self.on:
                return function(*args, **kwargs)
            inside = [0, 0]
            self._inside.append(inside)
            processor, wall = thread_time_ns(), perf_counter_ns()
            try:
                return function(*args, **kwargs)
            finally:
                wall, processor = perf_counter_ns() - wall, thread_time_ns() - processor
                self._inside.pop()
                self._inside[-1][0] += wall
                self._inside[-1][1] += processor
                self.calls[name] = self.calls.get(name, 0) + 1
                self.wall[name] = self.wall.get(name, 0) + wall - inside[0]
                self.processor[name] = self.processor.get(name, 0) + processor - inside[1]

        return wrapped

    def patch(self, owner: Any, attribute: str, name: str) -> None:
        """Turn a function of a module or class into a section, wherever it is looked up there from now on."""
        setattr(owner, attribute, self.timed(getattr(owner, attribute), name))


def instrument_router(sections: Sections) -> None:
    """Wrap the router's seams. Must come before any API is imported, because operations keep what they are made of."""
    from ninja.operation import Operation

    make = Operation.__init__

    @wraps(make)
    def made(self: Any, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        self.view_func = sections.timed(self.view_func, "endpoint")

    Operation.__init__ = made  # type: ignore[method-assign]
    sections.patch(Operation, "run", "router: operation")
    sections.patch(Operation, "_run_checks", "sign-in")
    sections.patch(Operation, "_get_values", "router: reading the input")
    sections.patch(Operation, "_result_to_response", "router: the answer")


def instrument(sections: Sections) -> None:
    """Wrap the other seams. Must come before the handler loads its middleware."""
    from django.conf import settings
    from django.core.handlers.base import BaseHandler
    from django.db import connections, transaction
    from django.db.backends.utils import CursorWrapper
    from django.utils.module_loading import import_string

    from onward.domain.applications.services import applications
    from onward.platform.http import asgi
    from onward.platform.record.append import Insert
    from onward.platform.tokens import services, signing
    from onward.platform.wire.statement import Compiled

    sections.patch(asgi.Handler, "_answer", "handler")
    sections.patch(asgi, "_request", "handler: building the request")
    sections.patch(asgi, "_headers", "handler: writing the headers")
    for path in settings.MIDDLEWARE:
        sections.patch(import_string(path), "__call__", f"middleware: {path.rsplit('.', 1)[1]}")
    sections.patch(BaseHandler, "resolve_request", "routing")
    sections.patch(signing, "read_access", "sign-in: reading the token")
    sections.patch(services, "authenticate", "sign-in: session and account")
    sections.patch(Compiled, "run", "database: reads")
    sections.patch(Insert, "run", "database: inserts")
    for name in ("execute", "executemany"):
        sections.patch(CursorWrapper, name, "database: through the ORM")
    database = type(connections["default"])
    sections.patch(database, "is_usable", "database: checking the connection")
    sections.patch(database, "_commit", "database: commit")
    sections.patch(transaction.Atomic, "__enter__", "transaction")
    sections.patch(transaction.Atomic, "__exit__", "transaction")
    # The service took its own name for it when it was imported.
    sections.patch(applications, "publish", "events and reactions")


def _scope(question: Question, token: str) -> dict[str, Any]:
    headers = [(k.lower().encode(), v.encode()) for k, v in question.headers(8000, token).items()]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": question.method,
        "scheme": "http",
        "path": question.path,
        "raw_path": question.path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
    }


class Run:
    """Sends an endpoint's requests through a handler, one after the other."""

    def __init__(self, handler: Any, name: str, tokens: dict[int, str]) -> None:
        self.handler = handler
        self.status = SCENARIOS[name].status
        self.asked = [(_scope(q, tokens[q.user]), q.body) for q in questions(SCENARIOS[name])]

    def times(self, count: int) -> list[int]:
        """Run so many requests and give the nanoseconds of each."""
        times = []
        for number in range(count):
            scope, body = self.asked[number % len(self.asked)]
            began = perf_counter_ns()
            status, _, content = self.handler._answer(dict(scope), body)
            times.append(perf_counter_ns() - began)
            if status != self.status:
                raise SystemExit(f"answered {status}: {content[:2000]!r}")
        return times


def _table(name: str, sections: Sections, count: int, plain: float) -> None:
    total = sum(sections.wall.values())
    timed = total / count / 1000
    print(f"\n{SCENARIOS[name].title}: {plain:,.0f} µs a request (median); with the timers {timed:,.0f} µs (mean):\n")
    print(f"  {'section (its own time)':<42}{'calls':>7}{'µs':>9}{'share':>8}{'processor µs':>15}")
    for section, wall in sorted(sections.wall.items(), key=lambda item: -item[1]):
        print(
            f"  {section:<42}{sections.calls[section] / count:>7.1f}{wall / count / 1000:>9.1f}{wall / total:>8.1%}"
            f"{sections.processor[section] / count / 1000:>15.1f}"
        )


def main() -> None:
    """Profile the named endpoints: ``COUNT FUNCTIONS NAME…``."""
    count, functions, names = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    sections = Sections()
    instrument_router(sections)
    django.setup()
    instrument(sections)
    from bench.database import Database
    from onward.config.bodies import account_of
    from onward.config.errors import refuse
    from onward.platform.http.asgi import Handler

    tokens = sign_in()
    database = Database(environment.DATABASE_URL)
    handler: Any = Handler(refuse, account_of)
    plain = {}
    for name in names:
        run = Run(handler, name, tokens)
        run.times(WARM_UP)
        plain[name] = statistics.median(run.times(count)) / 1000
        if functions:
            profile = cProfile.Profile()
            profile.runcall(run.times, count)
            print(f"\n{SCENARIOS[name].title}, the functions with the most time of their own:")
            pstats.Stats(profile).sort_stats("tottime").print_stats(functions)
        database.reset()
    for name in names:
        run = Run(handler, name, tokens)
        sections.on = True
        run.times(WARM_UP)
        sections.calls, sections.wall, sections.processor = {}, {}, {}
        run.times(count)
        sections.on = False
        _table(name, sections, count, plain[name])
        database.reset()


if __name__ == "__main__":
    main()
