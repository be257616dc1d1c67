"""How long the desk's list takes while 10,000 postings are fetched: ``… fetch ADDRESS`` prints ms as JSON.

`onward serve` runs as its operator would run it, with its worker beside it; one client asks twenty times a second.
"""

import json
import os
import statistics
import sys
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import django

from bench import environment
from bench.servers import BIN, free_port, started

POSTINGS = "10000"
PAUSE = 0.05
IDLE = 15.0
LIST = "/outreach/internships"


def ask(port: int, token: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """Ask the server, on a connection of its own."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def timed(port: int, token: str, *, until: Callable[[], bool]) -> list[float]:
    """Ask for the list again and again; returns how many ms each answer took."""
    taken = []
    while not until():
        begun = time.perf_counter()
        ask(port, token, LIST)
        taken.append((time.perf_counter() - begun) * 1000)
        time.sleep(PAUSE)
    return taken


def main() -> None:
    """Serve, measure while idle, fetch, and measure again."""
    address = sys.argv[1]
    port = free_port()
    file = environment.WORK / "desk-sources.json"
    entry = {
        "name": "Bench",
        "kind": "greenhouse",
        "base_url": f"{address}/bench",
        "board": POSTINGS,
        "company": "Bench",
    }
    file.write_text(json.dumps([entry]))
    os.environ |= {"ONWARD_SOURCES_FILE": str(file), "ONWARD_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    django.setup()
    from bench.desk import rows

    token = rows.token(rows.members()[0])
    log = environment.WORK / "desk-serve.log"
    with started([str(BIN / "onward"), "serve", "--port", str(port)], variables=dict(os.environ), log=log):
        deadline = time.monotonic() + 60
        while True:
            try:
                ask(port, token, LIST)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.3)
        time.sleep(3)
        ends = time.monotonic() + IDLE
        idle = timed(port, token, until=lambda: time.monotonic() > ends)
        run = ask(port, token, "/outreach/fetch/run", {"mode": "custom", "sources": ["Bench"]})
        status: dict[str, Any] = {}

        def over() -> bool:
            status.update(ask(port, token, f"/outreach/fetch/status/{run['session_id']}"))
            return status["status"] in {"completed", "failed", "cancelled"}

        begun = time.monotonic()
        busy = timed(port, token, until=over)
        took = time.monotonic() - begun
    assert status["status"] == "completed", status
    print(
        json.dumps(
            {
                "idle p50, p95": percentiles(idle),
                "during p50, p95": percentiles(busy),
                "asked": [len(idle), len(busy)],
                "fetch s": round(took, 1),
                "saved, leads": [status["saved"], status["leads"]],
            }
        )
    )


def percentiles(taken: list[float]) -> list[float]:
    """Return the median and the 95th percentile."""
    found = statistics.quantiles(taken, n=100, method="inclusive")
    return [round(found[49], 1), round(found[94], 1)]


if __name__ == "__main__":
    main()
