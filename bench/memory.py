"""How much memory `onward serve` takes while nobody asks for anything."""

import time
import urllib.request
from typing import Any

from bench import environment, processes
from bench.servers import BIN, free_port, started

# After the first answer, until everything that starts with it has started.
SETTLING = 5.0


def of_serve() -> dict[str, Any]:
    """Start `onward serve`, let it settle, and add up the memory of all of its processes, in MB."""
    port = free_port()
    variables = {**environment.onward(), "DJANGO_SETTINGS_MODULE": "onward.config.settings"}
    variables["ONWARD_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    arguments = [str(BIN / "onward"), "serve", "--port", str(port)]
    log = environment.WORK / "serve.log"
    with started(arguments, variables=variables, log=log) as process:
        deadline = time.monotonic() + 90
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"onward serve does not answer:\n{log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.2)
        time.sleep(SETTLING)
        members = processes.family(process.pid)
        return {**processes.memory(members), "processes": len(members)}


def sentence(memory: dict[str, Any]) -> str:
    """Say it for people."""
    return (
        f"`onward serve`, idle: **{memory['rss']:.0f} MB** resident in {memory['processes']} processes in all,"
        f" pages that they share counted in each ({memory['pss']:.0f} MB counted once)."
    )


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/analytics/live/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
