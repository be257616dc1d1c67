"""Lines through the whole server, as `onward serve` runs it."""

import base64
import json
import os
import signal
import socket
import threading
import urllib.request
from urllib.parse import urlsplit

import pytest

from tests.config.test_serve import Serving, migrate
from tests.waiting import GENEROUS, until
from tests.wire import masked, parsed

API = "/copilot/api/v1"
LINE = f"{API}/ws/notifications"


class Person:
    """Somebody who uses the server through HTTP."""

    def __init__(self, server: Serving, name: str) -> None:
        self.address = server.address
        said = {"username": name, "email": f"{name}@example.org", "password": "a quiet river at dusk 7"}
        self.token = ""
        self.token = self.ask(f"{API}/auth/register", said)["access_token"]

    def ask(self, path: str, said=None, method: str | None = None):
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {self.token}"} if self.token else {}
        )
        data = None if said is None else json.dumps(said).encode()
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=GENEROUS) as answer:
            return json.loads(answer.read() or b"null")

    def application(self) -> int:
        company = self.ask("/tracker/api/v1/companies/", {"name": "Initech"})["id"]
        said = {"company": company, "job_title": "Engineer", "status": "applied"}
        return self.ask("/tracker/api/v1/applications/", said)["id"]

    def move(self, pk: int, to: str) -> None:
        self.ask(f"/tracker/api/v1/applications/{pk}/status/", {"status": to}, "PATCH")

    def socket_token(self) -> str:
        return self.ask(f"{API}/notifications/socket-token")["token"]


class Tab:
    """A line."""

    def __init__(self, address: str, token: str, path: str = LINE, **headers: str) -> None:
        parts = urlsplit(address)
        self.connection = socket.create_connection((str(parts.hostname), parts.port or 80), timeout=GENEROUS)
        said = {
            "Host": parts.netloc,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        lines = [f"GET {path}?token={token} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
        self.connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self.rest = b""
        while b"\r\n\r\n" not in self.rest:
            self._more()
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        self.status = int(head.split()[1])

    def _more(self) -> None:
        data = self.connection.recv(65536)
        if not data:
            raise ConnectionError
        self.rest += data

    def receive(self):
        """Return the next message, or the code with which it was closed."""
        while (found := parsed(self.rest)) is None:
            self._more()
        kind, payload, self.rest = found
        return int.from_bytes(payload[:2], "big") if kind == 8 else json.loads(payload)

    def until(self, kind: str):
        found = [self.receive()]
        while found[-1]["type"] != kind:
            found.append(self.receive())
        return found

    def send(self, said) -> None:
        self.connection.sendall(masked(1, json.dumps(said).encode()))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    migrate(folder)
    serving = Serving(folder)
    yield serving
    serving.process.terminate()
    serving.process.wait(GENEROUS)


def test_a_line_tells_of_what_happens_and_ends_with_its_session(server):
    ada = Person(server, "ada")
    tab = Tab(server.address, ada.socket_token())
    assert (tab.status, tab.receive()["type"]) == (101, "connection_established")
    ada.move(ada.application(), "offer")
    assert tab.until("notification")[-1]["notification"]["type"] == "application_update"
    tab.send({"type": "ping"})
    tab.until("pong")

    ada.ask(f"{API}/auth/logout", {})
    assert tab.receive() == 4401
    # Nothing but the end comes after it.
    tab.connection.sendall(masked(8, b"\x0f\xa0"))
    with pytest.raises(ConnectionError):
        tab.receive()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 101),
        ({"Upgrade": "WebSocket", "Connection": "keep-alive, Upgrade"}, 101),
        ({"Sec-WebSocket-Version": "8"}, 426),
        ({"Upgrade": "h2c"}, 426),
        ({"Connection": "close"}, 400),
        ({"Sec-WebSocket-Key": "short"}, 400),
    ],
)
def test_a_bad_token_is_closed_with_a_code_and_a_bad_handshake_is_none(server, headers, status):
    tab = Tab(server.address, "x" * 43, **{name.replace("-", "_"): value for name, value in headers.items()})

    assert tab.status == status
    if status == 101:
        assert tab.receive() == 4401


def test_another_path_speaks_http(server):
    assert Tab(server.address, "", path=f"{API}/notifications").status == 401
    assert Tab(server.address, "", path="/api/v1/ws/notifications").status == 404


def test_the_log_names_the_path_and_never_the_token(server):
    cleo = Person(server, "cleo")
    token = cleo.socket_token()
    tab = Tab(server.address, token)
    tab.receive()

    until(lambda: f'"path": "{LINE}", "status": 101' in server.output)
    assert token not in server.output
    assert "x" * 43 not in server.output


def test_a_server_that_is_killed_while_it_tells_loses_and_doubles_nothing(tmp_path):
    migrate(tmp_path)
    server = Serving(tmp_path)
    try:
        ada = Person(server, "ada")
        pk = ada.application()
        tab = Tab(server.address, ada.socket_token())
        since = tab.receive()["seq"]
        moved, stop = [], threading.Event()

        def work() -> None:
            while not stop.is_set():
                to = "screening" if len(moved) % 2 else "offer"
                try:
                    ada.move(pk, to)
                    moved.append(to)
                except OSError:
                    # It was killed: whether this one is in the record, the feed tells.
                    continue

        worker = threading.Thread(target=work)
        worker.start()
        told = {}
        while len(told) < 5:
            message = tab.receive()
            assert message["seq"] > since
            since = message["seq"]
            if message["type"] == "notification":
                assert message["notification"]["id"] not in told
                told[message["notification"]["id"]] = since
        for pid in [pid for name, pid in server.children.items() if name in {"web", "worker"}]:
            os.kill(pid, signal.SIGKILL)
        tab = _again(server, ada)
        tab.receive()
        tab.send({"type": "catch_up", "since": since})
        for message in tab.until("caught_up"):
            if message["type"] == "notification" and message["seq"] > since:
                assert told.setdefault(message["notification"]["id"], message["seq"]) == message["seq"]
        since = message["seq"]
        stop.set()
        worker.join()
        feed = ada.ask(f"{API}/notifications?limit=100")["notifications"]
        last = max(notice["id"] for notice in feed)
        while last not in told:
            message = tab.receive()
            if message["type"] == "notification":
                assert message["notification"]["id"] not in told
                told[message["notification"]["id"]] = message["seq"]
        assert sorted(told)[-len(feed) :] == sorted(notice["id"] for notice in feed)
        assert len(told) == ada.ask(f"{API}/notifications")["total"] >= len(moved)
    finally:
        server.process.terminate()
        server.process.wait(GENEROUS)


def _again(server: Serving, person: Person) -> Tab:
    found = []

    def connected() -> bool:
        try:
            found.append(Tab(server.address, person.socket_token()))
        except OSError:
            return False
        return True

    until(connected)
    return found[0]
