"""The servers: one process each, on ports of their own, all on the same core."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import environment, processes
from bench.environment import HERE, Checkout
from bench.scenarios import NAMES, SCENARIOS, Question, peer_tokens
from onward.config.serving.supervisor import ALLOCATOR

__all__ = ["NAMES", "TITLES", "Server", "running", "started"]
BIN = Path(sys.executable).parent
TITLES = {"onward": "Onward", "drf": "DRF", "fastapi": "FastAPI", "floor": "floor"}


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    name: str
    port: int
    pid: int
    tokens: dict[int, str]

    def ask(self, question: Question) -> tuple[int, bytes]:
        """Send one request on a connection of its own; give the status and the body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = question.headers(self.port, self.tokens[question.user])
        with contextlib.closing(connection):
            connection.request(question.method, question.path, question.body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()


def command(name: str, python: str, port: int, listener: socket.socket) -> list[str]:
    """Give the command that people would serve this one with: one worker process, no access log.

    :param listener: listens on a port for Onward, whose web process is given its socket by `onward serve`
    """
    return {
        "onward": [
            *(python, "-X", "frozen_modules=on", "-m", "onward.config.serving.web"),
            *("--socket", str(listener.fileno())),
        ],
        "drf": [
            *(str(BIN / "gunicorn"), "bench.peers.drf.wsgi:application", "--workers", "1"),
            *("--bind", f"127.0.0.1:{port}", "--log-level", "warning"),
        ],
        "fastapi": [
            *(str(BIN / "uvicorn"), "bench.peers.fastapi.main:app", "--workers", "1"),
            *("--host", "127.0.0.1", "--port", str(port), "--no-access-log", "--log-level", "warning"),
        ],
        "floor": [
            *(str(BIN / "granian"), "bench.peers.floor.app:application", "--interface", "wsgi", "--workers", "1"),
            *("--blocking-threads", "4", "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"),
        ],
    }[name]


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def sign_in(name: str, checkout: Checkout) -> dict[int, str]:
    """Give the tokens of every account; Onward's belong to sessions that it opens itself."""
    if name != "onward":
        return peer_tokens(name)
    done = subprocess.run(
        [checkout.python, "-m", "bench.dataset", "sign-in"],
        cwd=checkout.root,
        env=checkout.variables(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return {int(user): token for user, token in json.loads(done.stdout).items()}


@contextlib.contextmanager
def started(
    arguments: list[str],
    *,
    variables: dict[str, str],
    log: Path,
    folder: Path = environment.ROOT,
    passed: tuple[int, ...] = (),
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command for the length of the block; end it by its own id, gently first."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            arguments,
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=passed,
        )
    try:
        yield process
    finally:
        members = processes.family(process.pid)
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            for pid in members:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, 9)
            process.wait()


@contextlib.contextmanager
def running(name: str, checkout: Checkout = HERE) -> Iterator[Server]:
    """Start a server, wait until it answers, and stop it in the end. :param checkout: whose Onward it is"""
    variables = {**ALLOCATOR, **checkout.variables()} if name == "onward" else environment.peer()
    log = environment.WORK / f"{checkout.name if name == 'onward' else name}.log"
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        port = free_port()
        if name == "onward":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", port))
            listener.listen(1024)
            listener.setblocking(False)
        with processes.on(processes.cores()[0]):
            arguments = command(name, checkout.python, port, listener)
            process = stack.enter_context(
                started(arguments, variables=variables, log=log, folder=checkout.root, passed=(listener.fileno(),))
            )
        server = Server(name, port, process.pid, sign_in(name, checkout))
        _wait(server, process, log)
        yield server


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    question = Question("GET", SCENARIOS["list"].path, 1)
    deadline = time.monotonic() + 90
    last: object = "no answer"
    while time.monotonic() < deadline and process.poll() is None:
        try:
            status, body = server.ask(question)
        except OSError as problem:
            last = problem
        else:
            if status == 200:
                return
            last = f"{status} {body[:500]!r}"
        time.sleep(0.2)
    tail = log.read_text(errors="replace")[-3000:]
    raise SystemExit(f"{server.name} does not serve: {last}\n{tail}")
