"""Starts the web processes and the worker, keeps them running, and leaves nothing behind.

Imports neither Django nor our settings: this process waits all its life and should weigh nothing while it does.
"""

import argparse
import contextlib
import ctypes
import json
import os
import select
import signal
import socket
import sys
import time
from datetime import UTC, datetime
from types import FrameType

# Exit codes of sysexits.h: what the children say about why they ended.
BAD_SETTINGS = 78
TRY_AGAIN = 75
# What a web process writes when it has found everything well: no number of a signal.
READY = b"\xff"

# After SIGTERM a child has this long before SIGKILL.
GRACE = 12.0
# A child that dies is started again after this long, twice as long each time it dies young.
SOONEST = 0.5
LATEST = 20.0
OLD = 60.0

# Somebody waits for what the web processes do, so the worker comes after them.
NICENESS = 5

PR_SET_PDEATHSIG = 1
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

# glibc gives each thread an arena of its own, and keeps what it held: with a pool of threads that doubles the memory.
ALLOCATOR = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `onward serve`."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, help="the port to listen on (default: 8000)")
    parser.add_argument("--workers", type=int, default=1, help="web processes (default: 1)")
    parser.add_argument("--no-access-log", action="store_true", help="log no line for each request")


def _port(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number from 1 to 65535")
    return number


class Child:
    """A process to keep running. No dataclass: its machinery alone would add a tenth to this process.

    :param first_only: arguments of the first start that succeeds, left out when it is started again after that
    :param comes_later: whether it is started only when a web process has found settings and database well
    :param niceness: how far it lets the others of this machine go first
    """

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        first_only: tuple[str, ...] = (),
        comes_later: bool = False,
        niceness: int = 0,
    ) -> None:
        self.name = name
        self.command = command
        self.first_only = first_only
        self.comes_later = comes_later
        self.niceness = niceness
        self.pid = 0
        self.started = 0.0
        self.due = 0.0
        self.wait = SOONEST

    def start(self, parent: int, ready: int) -> None:
        """Fork and run the command; the kernel ends it if this process ends first.

        :param ready: the pipe in which a web process says that all is well
        """
        command = [*self.command, *self.first_only]
        if not self.comes_later:
            command += ["--ready", str(ready)]
        sys.stdout.flush()
        sys.stderr.flush()
        self.started = time.monotonic()
        self.pid = os.fork()
        if self.pid:
            return
        try:
            if sys.platform == "linux":
                ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            # A terminal sends Ctrl+C to all of us; a child that is still starting waits for our SIGTERM instead.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            os.nice(self.niceness)
            if os.getppid() == parent:
                os.execve(command[0], command, {**ALLOCATOR, **os.environ})  # noqa: S606
        finally:
            os._exit(127)

    def ended(self) -> None:
        """Set when it is to be started again."""
        now = time.monotonic()
        if now - self.started > OLD:
            self.wait = SOONEST
        self.pid, self.due = 0, now + self.wait
        self.wait = min(self.wait * 2, LATEST)


def main(argv: list[str]) -> int:
    """Serve until told to stop; returns the exit code."""
    parser = argparse.ArgumentParser(prog="onward serve", description="Serve the APIs, the pages and the jobs.")
    arguments(parser)
    options = parser.parse_args(argv)
    web = [] if options.no_access_log else ["--access-log"]
    return serve(host=options.host, port=options.port, workers=options.workers, web=web)


def serve(*, host: str, port: int, workers: int, web: list[str]) -> int:
    """Listen, start everything and keep it running; return the exit code.

    :param web: further arguments of each web process
    """
    if not _loopback(host) and not os.environ.get("ONWARD_SECRET_KEY"):
        return _refused(
            f"Listening on {host} lets others in, so ONWARD_SECRET_KEY must be given (at least 32 characters). "
            "Without it only loopback is served."
        )
    try:
        listener = _listen(host, port)
    except OSError as error:
        return _refused(f"Cannot listen on {host} port {port}: {error.strerror or error}.")
    return Supervisor(_children(listener, workers, web)).run()


class Supervisor:
    """Keeps children running until a signal, or until one says that its settings are bad."""

    def __init__(self, children: list[Child]) -> None:
        self._children = children
        self._pid = os.getpid()
        self._code = 0
        self._deadline: float | None = None
        # A signal interrupts the wait by writing here.
        self._wakeup, self._waker = os.pipe()
        for end in (self._wakeup, self._waker):
            os.set_blocking(end, False)
        os.set_inheritable(self._waker, True)
        self._is_ready = False
        signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        for number in STOPPING:
            signal.signal(number, self._stop_on_signal)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def run(self) -> int:
        """Run until every child has ended for good."""
        while True:
            self._reap()
            now = time.monotonic()
            running = [child for child in self._children if child.pid]
            if self._deadline is not None:
                if not running:
                    return self._code
                if now >= self._deadline:
                    for child in running:
                        _kill(child.pid, signal.SIGKILL)
                self._pause(max(self._deadline - now, 0.1))
                continue
            wanted = [child for child in self._children if not child.pid and (self._is_ready or not child.comes_later)]
            for child in wanted:
                if now >= child.due:
                    child.start(self._pid, self._waker)
            waiting = [child.due - now for child in wanted if not child.pid]
            self._pause(min(waiting) if waiting else None)

    def _pause(self, seconds: float | None) -> None:
        select.select([self._wakeup], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            self._is_ready |= READY in os.read(self._wakeup, 512)
            if self._is_ready:
                for child in self._children:
                    child.first_only = ()

    def _reap(self) -> None:
        for child in self._children:
            if not child.pid:
                continue
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if not pid:
                continue
            child.ended()
            if self._deadline is not None:
                continue
            code = os.waitstatus_to_exitcode(status)
            if code == BAD_SETTINGS:
                self._stop(1)
                continue
            how = f"exit code {code}" if code >= 0 else signal.Signals(-code).name
            wait = child.due - time.monotonic()
            _log(f"{child.name} ended ({how}); starting it again in {wait:.1f} s")

    def _stop_on_signal(self, number: int, frame: FrameType | None) -> None:
        if self._deadline is not None:
            # Asked a second time: at once.
            self._deadline = time.monotonic()
        else:
            self._stop(0)

    def _stop(self, code: int) -> None:
        self._code = code
        self._deadline = time.monotonic() + GRACE
        for child in self._children:
            if child.pid:
                _kill(child.pid, signal.SIGTERM)


def _children(listener: socket.socket, workers: int, web: list[str]) -> list[Child]:
    python = [sys.executable, "-X", "frozen_modules=on"]
    children = []
    for number in range(1, max(1, workers) + 1):
        name = "web" if workers <= 1 else f"web {number}"
        command = [*python, "-m", "onward.config.serving.web", "--socket", str(listener.fileno()), *web]
        children.append(Child(name, command, first_only=("--announce",) if number == 1 else ()))
    if os.environ.get("ONWARD_WORKER") != "celery":
        command = [*python, "-m", "onward", "worker", "--verbosity", "0"]
        children.append(Child("worker", command, comes_later=True, niceness=NICENESS))
    return children


def _listen(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    # Not SO_REUSEPORT: a second server on the same port is a mistake, and says so.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Inherited by what is accepted: a client that has vanished, as a laptop that sleeps, is noticed in two minutes.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4)):
        if hasattr(socket, option):
            listener.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)
    listener.bind(address)
    # The socket outlives the web process: while that is started again, connections wait instead of being refused.
    listener.listen(1024)
    listener.setblocking(False)
    listener.set_inheritable(True)
    return listener


def _loopback(host: str) -> bool:
    try:
        addresses = {str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except OSError:
        return False
    return all(address == "::1" or address.startswith("127.") for address in addresses)


def _kill(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _log(sentence: str) -> None:
    if not sys.stderr.isatty():
        # As `platform.http.log` writes them, whose library is too heavy for this process.
        line = {"event": sentence, "level": "warning", "logger": "onward.serve", "timestamp": _timestamp()}
        sentence = json.dumps(line)
    # On a full disk the line is lost: nothing else must be.
    with contextlib.suppress(OSError):
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()


def _timestamp() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _refused(sentence: str) -> int:
    sys.stderr.write(f"onward: {sentence}\n")
    return 1
