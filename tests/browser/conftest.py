"""A real server and a real browser.

The server is started by the project's own command, as an operator starts it; the browser fails a test on whatever it
complains of in the console, breaches of the content security policy among it.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")

ONWARD = str(Path(sys.executable).with_name("onward"))
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ADMIN = ("root@example.org", "a lantern in the harbour 3")


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and where it keeps its data."""

    url: str
    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> str:
        """Run one of the server's own commands and give what it prints."""
        done = subprocess.run(
            [ONWARD, *arguments], env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )
        if done.returncode:
            pytest.fail(f"onward {' '.join(arguments)}: {done.stderr}", pytrace=False)
        return done.stdout

    def mails(self) -> list[str]:
        """Give the mails that were sent, the latest last."""
        files = sorted((self.folder / "mail").glob("*"), key=lambda file: file.stat().st_mtime_ns)
        return [file.read_text() for file in files]


def wait_until(answer: Callable[[], T | None], seconds: float = 20) -> T:
    """Ask until there is an answer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := answer():
            return found
        time.sleep(0.1)
    pytest.fail("nothing came")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the server did not come up:\n{log.read_text()}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve an empty database with one admin, on a port of its own."""
    folder = tmp_path_factory.mktemp("server")
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONWARD_")} | {
        "ONWARD_DATA_DIR": str(folder),
        "ONWARD_PUBLIC_URL": url,
        "ONWARD_THROTTLE": "off",
        "DJANGO_SUPERUSER_PASSWORD": ADMIN[1],
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    server = Server(url, folder, environment)
    server.run("migrate", "--verbosity", "0")
    server.run("createsuperuser", "--noinput", "--email", ADMIN[0], "--username", "root")
    log = folder / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [ONWARD, "serve", "--host", "127.0.0.1", "--port", str(port)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(f"{url}/tracker/api/v1/analytics/live/", process, log)
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Start the browser once."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium: name one in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, server) -> Iterator[object]:
    """Open a page of its own, with no cookies; whatever the browser complains of fails the test."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda problem: complaints.append(str(problem)))
    # Given up because the page was left meanwhile, which says nothing of the server.
    opened.on(
        "requestfailed",
        lambda request: (
            None
            if request.failure == "net::ERR_ABORTED"
            else complaints.append(f"not loaded: {request.url} ({request.failure})")
        ),
    )
    # Only what this server serves: a page must work where there is no internet.
    opened.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((server.url, "data:", "blob:"))
            else complaints.append(f"asked elsewhere: {request.url}")
        ),
    )
    opened.complaints = complaints
    yield opened
    context.close()
    assert not complaints, "\n".join(complaints)
