"""``python -m bench.sources``: serve sources of every kind on this machine, well and ill, to try ``onward fetch`` with.

They listen on ports of their own, the same each time, and are written into a file for ``ONWARD_SOURCES_FILE``.
"""

import argparse
import json
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.domain.ingestion.servers import Answer, Behaviour, Post, Request, Sources, behaviour, posts, sources
from tests.domain.ingestion.servers.behaviour import at_first, limited, saying
from tests.domain.ingestion.servers.boards import greenhouse
from tests.domain.ingestion.servers.hosts import as_json
from tests.domain.ingestion.servers.shapes import SHAPES
from tests.poison import POISON

# What each is called, and how it behaves. All are Greenhouse boards.
ILL: dict[str, tuple[str, Behaviour]] = {
    "unchanged": ("has an ETag, and answers 304 to who knows it", behaviour.tagged),
    "packed": ("answers in gzip", behaviour.packed),
    "slow": ("thinks for five seconds", behaviour.slow(5)),
    "limited": ("answers 429 and wants to be left alone for three seconds, twice", limited(2, seconds=3)),
    "flaky": ("answers 500, then hangs up, then answers", at_first(1, saying(500), at_first(2, behaviour.hanging_up))),
    "down": ("answers 503, always", saying(503)),
    "missing": ("answers 404", saying(404)),
    "forbidden": ("answers 403", saying(403)),
    "cut": ("hangs up before its end", behaviour.cut),
    "short": ("sends half a document", behaviour.ending_early),
    "null": ("sends null in the place of its list", saying(200, b'{"jobs": null, "meta": {"total": 0}}')),
    "page": ("sends a page in the place of JSON", saying(200, b"<!doctype html><title>Sign in</title>")),
    "moved": ("redirects to another host", behaviour.moved("http://localhost:1/")),
    "bomb": ("unpacks to a hundred megabytes", behaviour.bomb),
    "dripping": ("sends a byte a second", behaviour.dripping(pause=1)),
    "hanging": ("never answers", behaviour.hanging),
    "stuck": ("answers half and then hangs", behaviour.hanging_midway),
}


def poisoned(request: Request, served: Sequence[Post]) -> Answer:
    """Answer as Greenhouse does, with what breaks naive programs in every field."""
    jobs = json.loads(greenhouse(request, served).body)["jobs"]
    values = [*POISON["strings"], *POISON["integers"], *POISON["dates"], *POISON["datetimes"], None, [], {}]
    ill: list[Any] = []
    for name in jobs[0]:
        ill += [{**jobs[0], "id": f"{name}-{number}", name: value} for number, value in enumerate(values)]
    return as_json({"jobs": jobs + ill})


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m bench.sources", description=__doc__)
    parser.add_argument("--file", type=Path, default=Path("sources.json"), help="where the list of sources is written")
    parser.add_argument("--port", type=int, default=8800, help="the first port; the others follow")
    parser.add_argument("--count", type=int, default=200, help="how many postings each source has")
    parser.add_argument("--well", action="store_true", help="leave out those that are ill")
    given = parser.parse_args()
    with sources() as local:
        serve(local, given.port, given.count, ILL if not given.well else {})
        entries = [{name: value for name, value in asdict(one).items() if value} for one in local.entries]
        given.file.write_text(json.dumps(entries, indent=2) + "\n")
        _tell(local, given.file.resolve())
        _wait()


def serve(local: Sources, port: int, count: int, ill: dict[str, tuple[str, Behaviour]]) -> None:
    """Serve a source of each kind, and those that are ill, from a port on."""
    for number, kind in enumerate(SHAPES):
        company = f"{kind.title()} Example"
        local.add(kind, posts(count, company=company, first=1 + number * count), port=port + number, company=company)
    port += len(SHAPES)
    # Each has openings of its own, so that none of them is another's.
    first = 1 + len(SHAPES) * count
    for number, (name, (_, behave)) in enumerate(ill.items()):
        listed = posts(count, company=f"{name.title()} Ltd", first=first + number * count)
        local.add("greenhouse", listed, name=name, port=port + number, behaviour=behave)
    if ill:
        listed = posts(count, company="Poison Ltd", first=first + len(ill) * count)
        local.add("greenhouse", listed, name="poison", port=port + len(ill))
        source = local["poison"]
        source.site.respond = lambda request: poisoned(request, source.posts)


def _tell(local: Sources, file: Path) -> None:
    for name, source in local.served.items():
        what = ILL[name][0] if name in ILL else "has poison in every field" if name == "poison" else ""
        print(f"  {source.host.url}  {name:<16} {what}", flush=True)
    print(
        f"\nIn another terminal:\n\n  ONWARD_SOURCES_FILE={file} .venv/bin/onward fetch\n\nCtrl+C ends them.",
        flush=True,
    )


def _wait() -> None:
    ended = threading.Event()
    stop: Callable[..., None] = lambda *_: ended.set()  # noqa: E731
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while not ended.wait(1):
        pass


if __name__ == "__main__":
    main()
