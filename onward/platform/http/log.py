"""How the log looks: one line per event, for people on a terminal and as JSON everywhere else."""

import json
import logging
import os
import re
import sys
from collections import deque
from collections.abc import MutableMapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

from django.http import HttpRequest
from django.utils.encoding import escape_uri_path

_RICH = sys.modules.get("rich")
if _RICH is None:
    # structlog loads it for tracebacks that we do not use: 7 MB in every process.
    sys.modules["rich"] = None  # type: ignore[assignment]
try:
    import structlog
finally:
    if _RICH is None:
        del sys.modules["rich"]

# The id of the request that this thread is answering.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")


def _request_id(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    if (identifier := REQUEST_ID.get()) and "request_id" not in event:
        event["request_id"] = identifier
    return event


SHARED: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _request_id,
]


def _without_rows(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out what PostgreSQL quotes of a row when a statement fails: it is private."""
    if "DETAIL:" in event.get("exception", ""):
        event["exception"] = _DETAIL.sub("DETAIL:  (left out)", event["exception"])
    return event


_DETAIL = re.compile(r"DETAIL:(?s:.*?)(?=\n\n(?:The above|During handling)|\Z)")


# One line for each request. The web process turns it on; it costs a few microseconds, not those of a structured event.
ACCESS = logging.getLogger("onward.access")
LOG = logging.getLogger("onward.log")
# A longer path says no more.
LONGEST_PATH = 300


def request_line(request: HttpRequest, *, status: int, milliseconds: float) -> None:
    """Log what was asked and answered, without the query, which may hold a link's token."""
    if ACCESS.isEnabledFor(logging.INFO):
        # Escaped, so that no path can write a line of its own or move a terminal's cursor.
        path = escape_uri_path(request.path)[:LONGEST_PATH]
        ACCESS.info("%s %s %s %.1f ms", request.method, path, status, milliseconds)


def handshake_line(path: str, *, status: int) -> None:
    """Log that somebody asked for a line, without the query, which holds a token."""
    if ACCESS.isEnabledFor(logging.INFO):
        ACCESS.info("%s %s %s %.1f ms", "GET", escape_uri_path(path)[:LONGEST_PATH], status, 0.0)


# Lines that wait in memory while they cannot be written.
MOST_WAITING = 1000


class Patient(logging.Handler):
    """Writes lines to a file that may be on a full disk: warnings then wait in memory, the latest of them.

    :param descriptor: the number of the open file; by default standard error
    """

    def __init__(self, descriptor: int = 2) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._waiting: deque[bytes] = deque()
        self._lost = 0
        self._problem: OSError | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, after those that wait."""
        try:
            line = f"{self.format(record)}\n".encode(errors="backslashreplace")
        except Exception:
            self.handleError(record)
            return
        self._waiting.append(line)
        try:
            self._write()
        except OSError as problem:
            self._problem = problem
            self._lose(record)
            return
        if self._problem is not None:
            why, lost = self._problem, self._lost
            self._problem, self._lost = None, 0
            LOG.warning("the log could not be written to for a while (%s); %s lines of it are lost", why, lost)

    def _lose(self, record: logging.LogRecord) -> None:
        """Drop what is too much to keep; never the first line, which may be written in part."""
        if len(self._waiting) > 1 and record.levelno < logging.WARNING:
            self._waiting.pop()
        elif len(self._waiting) > MOST_WAITING:
            del self._waiting[1]
        else:
            return
        self._lost += 1

    def _write(self) -> None:
        while self._waiting:
            written = os.write(self._descriptor, self._waiting[0])
            if written < len(self._waiting[0]):
                self._waiting[0] = self._waiting[0][written:]
            else:
                self._waiting.popleft()


class _Lines(structlog.stdlib.ProcessorFormatter):
    """Formats events with structlog, and lines of requests by a shorter way."""

    def format(self, record: logging.LogRecord) -> str:
        if record.name == ACCESS.name and isinstance(record.args, tuple):
            return self.request(*record.args)
        return super().format(record)

    def request(self, method: object, path: object, status: object, milliseconds: object) -> str:
        """Format the line of a request."""
        raise NotImplementedError


class JsonLines(_Lines):
    """An object a line, for machines."""

    def request(self, method: object, path: object, status: object, milliseconds: object) -> str:
        return json.dumps(
            {
                "event": "request",
                "level": "info",
                "logger": ACCESS.name,
                "timestamp": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
                "request_id": REQUEST_ID.get(),
                "method": method,
                "path": path,
                "status": status,
                "ms": round(float(str(milliseconds)), 1),
            }
        )


class TerminalLines(_Lines):
    """A line for people: the time on their clock, the level where it matters, and what happened."""

    def request(self, method: object, path: object, status: object, milliseconds: object) -> str:
        tint = {"2": GREEN, "3": BLUE, "4": YELLOW}.get(str(status)[0], RED)
        return f"{_clock()}  {_tinted(tint, str(status))}  {method} {path}  {_tinted(DIM, f'{milliseconds:.0f} ms')}"


DIM, RED, GREEN, YELLOW, BLUE = "2", "31", "32", "33", "36"
LEVELS = {"warning": YELLOW, "error": RED, "critical": RED}
# What a line for people says in another way, or not at all.
_APART = ("timestamp", "level", "logger", "event", "request_id", "exception")


def _tinted(tint: str, text: str) -> str:
    # https://no-color.org
    return text if os.environ.get("NO_COLOR") else f"\033[{tint}m{text}\033[0m"


def _clock() -> str:
    return _tinted(DIM, f"{datetime.now().astimezone():%H:%M:%S}")


def _for_people(logger: Any, method: str, event: MutableMapping[str, Any]) -> str:
    level = str(event.get("level", "info"))
    tint = LEVELS.get(level)
    words = [_clock()]
    if tint:
        words.append(_tinted(tint, level))
    words.append(_one_line(event.get("event", "")))
    words += [_tinted(DIM, f"{name}={_one_line(value)}") for name, value in event.items() if name not in _APART]
    if tint and (identifier := event.get("request_id")):
        words.append(_tinted(DIM, f"request={identifier}"))
    line = "  ".join(words)
    return f"{line}\n{event['exception']}" if "exception" in event else line


def _one_line(value: object) -> str:
    return "".join(mark if mark.isprintable() else repr(mark)[1:-1] for mark in str(value))


def formatter(stream: TextIO | None = None) -> structlog.stdlib.ProcessorFormatter:
    """Make the formatter for what is written to a stream, by default this process's standard error.

    Tracebacks hold no values of variables.
    """
    terminal = (stream or sys.stderr).isatty()
    return (TerminalLines if terminal else JsonLines)(
        foreign_pre_chain=SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _without_rows,
            _for_people if terminal else structlog.processors.JSONRenderer(),
        ],
    )


def configure() -> None:
    """Send `structlog.get_logger` through the standard library's loggers, so that there is one way out."""
    structlog.configure(
        processors=[
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
