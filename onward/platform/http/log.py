"""How the log looks: one line per event, for people on a terminal and as JSON everywhere else."""

import re
import sys
from contextvars import ContextVar
from typing import Any

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


def _without_rows(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Leave out what PostgreSQL quotes of a row when a statement fails: it is private."""
    if "DETAIL:" in event.get("exception", ""):
        event["exception"] = _DETAIL.sub("DETAIL:  (left out)", event["exception"])
    return event


_DETAIL = re.compile(r"DETAIL:(?s:.*?)(?=\n\n(?:The above|During handling)|\Z)")


def formatter() -> structlog.stdlib.ProcessorFormatter:
    """Make the formatter for this process's standard error. Tracebacks hold no values of variables."""
    last: list[Any] = (
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if sys.stderr.isatty()
        else [structlog.processors.format_exc_info, _without_rows, structlog.processors.JSONRenderer()]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
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
