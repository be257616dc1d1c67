"""A server of its own for a trial, as `onward serve` starts it, with accounts to ask as."""

import contextlib
import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from bench import environment, processes
from bench.servers import free_port, started

PYTHON = [sys.executable, "-X", "frozen_modules=on"]
LIST = "/tracker/api/v1/applications/"
COMPANIES = "/tracker/api/v1/companies/"
RESUMES = "/tracker/api/v1/applications/resumes/upload/"
RESUME_LIST = "/tracker/api/v1/applications/resumes/"
LIVE = "/tracker/api/v1/analytics/live/"
LETTER = "Dear hiring team,\n\n" + "I wrote Python and SQL with care. " * 30
LOG = environment.WORK / "chaos.log"
# Seconds between two looks of a probe.
EVERY = 0.05


@dataclass(frozen=True)
class Where:
    """What a server stands on.

    :ivar store: ``sqlite``, or the address of a PostgreSQL database that may be emptied
    :ivar worker: ``embedded`` or ``celery``
    """

    store: str
    worker: str


@dataclass
class House:
    """A server that runs.

    :ivar tokens: of the accounts, each of which owns some applications
    :ivar kill_worker: ends the worker as a machine does that loses its power, and has it started again
    """

    port: int
    pid: int
    tokens: list[str]
    folder: Path
    data: Path
    kill_worker: Callable[[], None]

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | dict[str, Any] = b"",
        *,
        token: str = "",
        kind: str = "application/json",
        seconds: float = 180,
    ) -> tuple[int, bytes, float]:
        """Send one request on a connection of its own; return status, body and seconds. Status 0: no answer."""
        sent = json.dumps(body).encode() if isinstance(body, dict) else body
        headers = {"Content-Type": kind} if sent else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        began = time.perf_counter()
        with contextlib.closing(connection):
            try:
                connection.request(method, path, sent or None, headers)
                answer = connection.getresponse()
                return answer.status, answer.read(), time.perf_counter() - began
            except (OSError, http.client.HTTPException):
                return 0, b"", time.perf_counter() - began

    def upload(self, name: str, content: bytes, token: str) -> tuple[int, bytes, float]:
        """Send a résumé."""
        head = f'--b\r\nContent-Disposition: form-data; name="version_name"\r\n\r\n{name}\r\n'
        head += f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}.docx"\r\n\r\n'
        body = head.encode() + content + b"\r\n--b--\r\n"
        return self.ask("POST", RESUMES, body, token=token, kind="multipart/form-data; boundary=b")

    @property
    def web(self) -> int:
        """The process that answers requests."""
        if pid := _child(self.pid, b"onward.config.serving.web"):
            return pid
        raise SystemExit("there is no web process")


def _child(pid: int, word: bytes) -> int | None:
    """Find a process below another one by a word of its command."""
    for member in processes.family(pid):
        with contextlib.suppress(OSError):
            if word in Path(f"/proc/{member}/cmdline").read_bytes().split(b"\0"):
                return member
    return None


def _kill_child(pid: int, word: bytes) -> None:
    # One that was killed just now is started again after a while.
    while (found := _child(pid, word)) is None:
        time.sleep(0.1)
    os.kill(found, signal.SIGKILL)


@dataclass(frozen=True)
class Answer:
    """One answer. :ivar at: when it was there, by the monotonic clock; :ivar status: 0 when there was none"""

    at: float
    status: int
    seconds: float


class Probe:
    """Asks again and again as somebody who does nothing else, and notes how long each answer takes."""

    good = 200

    def __init__(self, house: House, path: str, token: str = "") -> None:
        self._house, self._path, self._token = house, path, token
        self.answers: list[Answer] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._over.set()
        self._thread.join()

    def ask(self) -> tuple[int, bytes, float]:
        """Send one request; return status, body and seconds."""
        return self._house.ask("GET", self._path, token=self._token)

    def note(self) -> tuple[int, bytes]:
        """Ask once and note the answer; return status and body."""
        status, body, seconds = self.ask()
        self.answers.append(Answer(time.monotonic(), status, seconds))
        return status, body

    def _run(self) -> None:
        while not self._over.wait(EVERY):
            self.note()

    def __str__(self) -> str:
        return told(self.answers, good=self.good)


class Writer(Probe):
    """Creates a company again and again."""

    good = 201

    def __init__(self, house: House, token: str) -> None:
        super().__init__(house, COMPANIES, token)

    def ask(self) -> tuple[int, bytes, float]:
        """Send one request; return status, body and seconds."""
        body = {"name": f"Written meanwhile {time.monotonic_ns()}"}
        return self._house.ask("POST", self._path, body, token=self._token)


def told(answers: Sequence[Answer], *, good: int = 200) -> str:
    """Say how long answers took, and which were not as they should be."""
    seconds = [answer.seconds for answer in answers]
    if len(seconds) < 2:
        return f"{len(seconds)} answers in all: {seconds}"
    p95 = statistics.quantiles(seconds, n=20, method="inclusive")[18]
    said = f"p95 {p95 * 1000:.0f} ms, longest {max(seconds) * 1000:.0f} ms of {len(seconds)}"
    wrong = Counter(answer.status for answer in answers if answer.status != good)
    return said + (f", not {good}: {dict(wrong)}" if wrong else "")


@contextlib.contextmanager
def running(
    where: Where, *, accounts: int = 4, data: Path | None = None, log: Path = LOG, **settings: str
) -> Iterator[House]:
    """Start a server with a new record, and stop it in the end.

    :param data: its data folder, empty; none: one in a folder that is removed in the end
    :param log: what the server writes its log to
    :param settings: further settings by their names without ``ONWARD_``
    """
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onward-chaos-")))
        data = data or folder / "data"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ONWARD_")}
        variables = {
            **kept,
            "PYTHONPATH": str(environment.ROOT),
            "DJANGO_SETTINGS_MODULE": "onward.config.settings",
            "ONWARD_DATA_DIR": str(data),
            "ONWARD_THROTTLE_ANON": "100000/hour",
            "ONWARD_THROTTLE_USER": "100000/hour",
            "ONWARD_THROTTLE_AI": "1000/hour",
            **({} if where.store == "sqlite" else {"ONWARD_DATABASE_URL": where.store}),
            **{f"ONWARD_{name}": value for name, value in settings.items()},
        }
        if where.worker == "celery":
            redis = os.environ.get("ONWARD_BENCH_REDIS_URL", "redis://127.0.0.1:6379/9")
            variables |= {"ONWARD_WORKER": "celery", "ONWARD_REDIS_URL": redis}
        done = subprocess.run(
            [*PYTHON, "-m", "bench.chaos.accounts", str(accounts)],
            cwd=environment.ROOT,
            env=variables,
            stdout=subprocess.PIPE,
            check=True,
        )
        tokens = json.loads(done.stdout.splitlines()[-1])
        port = free_port()
        process = stack.enter_context(
            started([*PYTHON, "-m", "onward", "serve", "--port", str(port)], variables=variables, log=log)
        )
        if where.worker == "celery":
            kill_worker = _celery(stack, variables, folder)
        else:
            kill_worker = partial(_kill_child, process.pid, b"worker")
        house = House(port, process.pid, tokens, folder, data, kill_worker)
        _wait(house, process, log)
        yield house


def _celery(stack: contextlib.ExitStack, variables: dict[str, str], folder: Path) -> Callable[[], None]:
    """Start Celery's processes, and return what kills the one that runs light jobs and starts it again."""
    celery = [*PYTHON, "-m", "celery", "-A", "onward.config.celery"]

    def start(name: str, *arguments: str) -> "subprocess.Popen[bytes]":
        log = environment.WORK / f"chaos-{name}.log"
        return stack.enter_context(started([*celery, *arguments], variables=variables, log=log))

    def worker(name: str, queues: str, pool: int) -> "subprocess.Popen[bytes]":
        places = ["-P", "threads", "--concurrency", str(pool), "-n", f"{name}@%h", "-Q", queues]
        return start(name, "worker", *places, "--without-gossip", "--without-mingle")

    def light() -> "subprocess.Popen[bytes]":
        return worker("light", "onward.default,onward.house,onward.outbound", 4)

    killed = [light()]
    worker("heavy", "onward.heavy", 8)
    start("beat", "beat", "-s", str(folder / "beat"))

    def kill() -> None:
        killed[-1].kill()
        killed.append(light())

    return kill


def _wait(house: House, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        if house.ask("GET", LIST, token=house.tokens[0], seconds=10)[0] == 200:
            return
        time.sleep(0.2)
    raise SystemExit(f"the server does not serve\n{log.read_text(errors='replace')[-3000:]}")


@contextlib.contextmanager
def provider(folder: Path, *, seconds: float) -> Iterator[str]:
    """Run a language model that takes its time; returns the path of a configuration that names it."""

    class Slow(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(seconds)
            message = {
                "role": "assistant",
                "content": LETTER,
            }
            body = json.dumps(
                {
                    "id": "1",
                    "object": "chat.completion",
                    "created": 1,
                    "model": "slow",
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
                }
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    path = folder / "llm.json"
    slow = {
        "provider": "ollama",
        "model_name": "slow",
        "base_url": f"http://127.0.0.1:{server.server_port}/v1",
        "cost_per_token": 0,
        "timeout": 80,
        "priority": 1,
    }
    routing = {task: ["slow"] for task in ("analysis", "generation", "comparison")}
    path.write_text(json.dumps({"providers": {"slow": slow}, "task_routing": routing, "deadline": 90}))
    try:
        yield str(path)
    finally:
        server.shutdown()


def idle(port: int, number: int) -> list[socket.socket]:
    """Open so many connections and say nothing."""
    opened = []
    for _ in range(number):
        with contextlib.suppress(OSError):
            opened.append(socket.create_connection(("127.0.0.1", port), timeout=5))
    return opened
