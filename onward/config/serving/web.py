"""One web process: granian around our ASGI application, on the socket that the supervisor listens on."""

import argparse
import asyncio
import gc
import logging
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

import uvloop
from django.core.exceptions import ImproperlyConfigured
from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from onward import __version__
from onward.config.serving.supervisor import BAD_SETTINGS, READY, TRY_AGAIN

# A client has this many milliseconds to send its headers; a connection that rests is closed after as long.
HEADERS_WITHIN = 15_000
# After SIGTERM, how long requests that are running may take to their end; less than the supervisor's patience.
GRACE = 8.0
# Open connections that only wait to be accepted, and those that are: requests, and the lines beside them.
WAITING = 2048
CONNECTIONS = 8192
# Files that a process may have open, as far as the system lets it: a line takes two.
FILES = 65_536


class SocketServer(Server):
    """Granian within this process, accepting from a socket that is open already."""

    def __init__(self, target: Any, listener: socket.socket) -> None:
        self._listener = listener
        host, port = listener.getsockname()[:2]
        super().__init__(
            target,
            address=host,
            port=port,
            interface=Interfaces.ASGI,
            # HTTP/2 is between a proxy and its clients; without it here there is less to attack.
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN, max_buffer_size=64 * 1024),
            # platform/live speaks them itself, in a tenth of the memory.
            websockets=False,
            backlog=WAITING,
            backpressure=CONNECTIONS,
            log_level=LogLevels.error,
            # To our own handler, by the root logger.
            log_dictconfig={"formatters": {}, "handlers": {}, "loggers": {"_granian": {"propagate": True}}},
        )

    def _init_shared_socket(self) -> None:
        self._shd: Any = SocketHolder(self._listener.fileno(), False, self.backlog)  # type: ignore[call-arg]


def main() -> None:
    """Serve until SIGTERM or SIGINT; what is running then is finished."""
    parser = argparse.ArgumentParser(prog="onward.config.serving.web")
    parser.add_argument("--socket", type=int, required=True)
    parser.add_argument("--ready", type=int, help="a pipe in which to say that all is well")
    parser.add_argument("--announce", action="store_true")
    parser.add_argument("--access-log", action="store_true")
    options = parser.parse_args()
    listener = socket.socket(fileno=options.socket)
    allow_files()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onward.config.settings")
    try:
        from onward.config import database, folders

        folders.check_writable()
        folders.close_to_others()
        database.connect()

        from django.db import connection
        from django.urls import get_resolver

        from onward.config.asgi import application, live
        from onward.platform.http.log import ACCESS
    except ImproperlyConfigured as error:
        _end(str(error), BAD_SETTINGS)
    except database.NoAnswer as problem:
        _end(str(problem), TRY_AGAIN if problem.has_answered else BAD_SETTINGS)
    if options.access_log:
        ACCESS.setLevel(logging.INFO)
    _check_database()
    demo = _check_accounts(listener)
    connection.close()
    # Else the first request would wait for what all addresses import.
    _ = get_resolver().url_patterns
    # What was loaded stays loaded: the collector need not walk it again and again.
    gc.collect()
    gc.freeze()
    if options.announce:
        _announce(listener, demo)
    if options.ready is not None:
        os.write(options.ready, READY)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(SocketServer(application, listener), application.watch(listener), stopping=live.stop))


def allow_files() -> None:
    """Let this process have as many files open as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def run(
    server: SocketServer, *beside: Coroutine[Any, Any, None], stopping: Callable[[], None] = lambda: None
) -> None:
    """Serve until SIGTERM or SIGINT.

    :param beside: what runs for as long as the server does
    :param stopping: called when it is told to stop
    """
    loop = asyncio.get_running_loop()
    tasks = [loop.create_task(work) for work in beside]

    def stop() -> None:
        stopping()
        server.stop()  # type: ignore[no-untyped-call]
        # A stream without an end, or a request that hangs, ends here.
        last = threading.Timer(GRACE, os._exit, (0,))
        last.daemon = True
        last.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    await server.serve()
    for task in tasks:
        task.cancel()


def _check_database() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import DatabaseError

    from onward.config import database

    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        _end(database.sentence(error), TRY_AGAIN)
    finally:
        connection.close()
    if missing:
        _end(f"The database lacks {len(missing)} migrations: run `onward migrate`, then serve again.", BAD_SETTINGS)


def _check_accounts(listener: socket.socket) -> list[tuple[str, str]]:
    """Return the demo's accounts that can be signed in to, and what each is.

    Everybody knows their passwords, so where they are nobody is let in from outside.
    """
    from onward.demo import DOMAIN, PASSWORD, PEOPLE
    from onward.domain.accounts.models import User

    host = ip_address(listener.getsockname()[0].partition("%")[0])
    users = list(User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True).order_by("pk"))
    if users and not host.is_loopback:
        _end(
            f"There are demo accounts (…@{DOMAIN}), and others could reach them at {host}: "
            "use a new ONWARD_DATA_DIR or database, or switch them off in the admin.",
            BAD_SETTINGS,
        )
    known = [user for user in users if user.check_password(PASSWORD)]
    return [(user.email, PEOPLE.get(user.email.partition("@")[0], "")) for user in known]


def _announce(listener: socket.socket, demo: list[tuple[str, str]]) -> None:
    """Print where everything is, and write our address down for `onward doctor`."""
    from django.conf import settings

    from onward.apis.catalogue import APIS
    from onward.demo import PASSWORD

    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104
        host = "127.0.0.1"
    here = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    with suppress(OSError):
        (settings.DATA_DIR / "served_at").write_text(f"{here}\n")
    lines = [
        ("the web app", f"{here}/app/"),
        *((f"{api.name.lower()} API, to try", f"{here}{api.documentation}") for api in APIS if api.documentation),
        ("admin", f"{here}/admin/"),
    ]
    if folder := getattr(settings, "EMAIL_FILE_PATH", None):
        lines.append(("mails are written to", str(folder)))
    if here != settings.PUBLIC_URL:
        lines.append(("links in mails lead to", settings.PUBLIC_URL))
    text = f"\nOnward {__version__} is served on {here}/\n\n"
    text += "".join(f"  {label:<22} {where}\n" for label, where in lines)
    if demo:
        text += "\nSign in to the demo as\n\n"
        text += "".join(f"  {email:<22} {holds}\n" for email, holds in demo)
        text += f"  {'password, for each':<22} {PASSWORD}\n"
    sys.stdout.write(f"{text}\nCtrl+C ends it.\n\n" if sys.stdout.isatty() else f"{text}\n")
    sys.stdout.flush()


def _end(sentence: str, code: int) -> None:
    sys.stderr.write(f"onward: {sentence}\n")
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
