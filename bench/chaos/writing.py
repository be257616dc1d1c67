"""Writers beside each other and beside a worker that has much to do."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import Any

from bench.chaos.documents import slow_matches
from bench.chaos.house import LIST, House, Probe, Where, running, told

ENDPOINTS = "/tracker/api/v1/webhooks/endpoints/"
WRITERS = 8
SECONDS = 20.0


class Mover(Probe):
    """Moves one application to and fro."""

    def __init__(self, house: House, token: str) -> None:
        first = json.loads(house.ask("GET", LIST, token=token)[1])["results"][0]["id"]
        super().__init__(house, f"{LIST}{first}/status/", token)
        self._statuses = cycle(["interviewing", "offer"])

    def ask(self) -> tuple[int, bytes, float]:
        """Send one request; return status, body and seconds."""
        return self._house.ask("PATCH", self._path, {"status": next(self._statuses)}, token=self._token)


def writers(where: Where) -> list[str]:
    """Let eight accounts move their applications while the worker sends a webhook for each move and reads documents."""
    with receiver() as (address, told_of), running(where, accounts=WRITERS + 1, WEBHOOK_ALLOW_PRIVATE="1") as house:
        *moving, reading = house.tokens
        for token in moving:
            body = {"name": "here", "url": address, "events": ["application.status_changed"]}
            status, said, _ = house.ask("POST", ENDPOINTS, body, token=token)
            if status != 201:
                raise SystemExit(f"{status} {said[:300]!r}")
        with contextlib.ExitStack() as stack:
            for match in slow_matches(house, reading):
                threading.Thread(target=match, daemon=True).start()
            movers = [stack.enter_context(Mover(house, token)) for token in moving]
            time.sleep(SECONDS)
        answers = [answer for mover in movers for answer in mover.answers]
        moved = sum(answer.status == 200 for answer in answers)
        return [
            f"eight writers: {told(answers)}",
            f"{moved / SECONDS:.0f} moves a second; of {moved} webhooks {len(told_of)} were sent by then",
        ]


@contextlib.contextmanager
def receiver() -> Iterator[tuple[str, list[int]]]:
    """Run somebody's program that is told of what happens; returns its address, and how long each message was."""
    messages: list[int] = []

    class Listening(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            messages.append(len(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", messages
    finally:
        server.shutdown()
