"""A disk that fills up under a running server, and has room again."""

import contextlib
import json
import os
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.chaos.documents import slow_document
from bench.chaos.house import COMPANIES, LIST, LIVE, RESUME_LIST, House, Probe, Where, Writer, running, told

READY = "/tracker/api/v1/analytics/ready/"
MEGABYTES = 64
# Seconds with room, without, and with room again.
CALM, FULL, AFTER = 4.0, 20.0, 8.0


class Uploader(Probe):
    """Uploads a résumé again and again."""

    good = 201

    def __init__(self, house: House, token: str) -> None:
        super().__init__(house, "", token)
        self._document = slow_document(100)

    def ask(self) -> tuple[int, bytes, float]:
        """Send one file; return status, body and seconds."""
        return self._house.upload("cv", self._document, self._token)


def disk(where: Where) -> list[str]:
    """Fill the disk of data, files and log, and give the room back."""
    with TemporaryDirectory(prefix="onward-chaos-") as folder, _small_disk(Path(folder)) as data:
        if data is None:
            return ["skipped: no disk can be mounted here"]
        log = data / "log"
        with running(where, data=data, log=log) as house:
            return [*_filled(house, data), *_logged(log)]


def _filled(house: House, data: Path) -> list[str]:
    web = house.web
    with (
        Probe(house, LIST, house.tokens[0]) as lists,
        Probe(house, LIVE) as live,
        Probe(house, READY) as ready,
        Writer(house, house.tokens[1]) as writing,
        Uploader(house, house.tokens[2]) as uploading,
    ):
        time.sleep(CALM)
        with _filling(data / "filler"):
            full = time.monotonic()
            time.sleep(FULL)
            said = {
                name: probe.note() for name, probe in (("create", writing), ("upload", uploading), ("ready", ready))
            }
        room = time.monotonic()
        time.sleep(AFTER)
    lines = [f"full: another's list: {_between(lists, full, room)}; live: {_between(live, full, room)}"]
    lines += [
        f"full: {name}: {_between(probe, full, room)}" for name, probe in (("create", writing), ("upload", uploading))
    ]
    lines += [
        f"full: {name} says {status} {body.decode(errors='replace')[:200]}" for name, (status, body) in said.items()
    ]
    lines += [f"room again: {_first_well(probe, room)}" for probe in (writing, uploading)]
    lines.append(f"the web process {'is the same' if house.web == web else 'was started again'}")
    return [*lines, *_kept(house, data, writing, uploading)]


@contextlib.contextmanager
def _small_disk(folder: Path) -> Iterator[Path | None]:
    """Mount a disk of its own for the length of the block; none where that is not allowed."""
    place = folder / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield place / "data"
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextlib.contextmanager
def _filling(filler: Path) -> Iterator[None]:
    """Keep a disk full to its last byte for the length of the block."""
    over = threading.Event()

    def fill() -> None:
        with filler.open("ab", buffering=0) as file:
            while not over.wait(0.05):
                _fill(file.fileno())

    with filler.open("wb", buffering=0) as file:
        _fill(file.fileno())
    thread = threading.Thread(target=fill)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        filler.unlink()


def _fill(number: int) -> None:
    for size in (1024 * 1024, 4096, 1):
        with contextlib.suppress(OSError):
            while os.write(number, bytes(size)):
                pass


def _between(probe: Probe, first: float, last: float) -> str:
    """Say how a probe fared from one moment to another."""
    found = [answer for answer in probe.answers if first + answer.seconds <= answer.at <= last]
    return told(found, good=probe.good)


def _first_well(probe: Probe, room: float) -> str:
    """Say when a probe was answered well after there was room."""
    return next(
        (
            f"well after {answer.at - room:.1f} s"
            for answer in probe.answers
            if answer.at > room and answer.status == probe.good
        ),
        "never well",
    )


def _kept(house: House, data: Path, writing: Writer, uploading: Uploader) -> list[str]:
    """Compare what was acknowledged with what is there."""
    companies = _count(house, COMPANIES, house.tokens[1]) - 1
    resumes = _count(house, RESUME_LIST, house.tokens[2])
    files = sum(path.is_file() for path in (data / "media").rglob("*"))
    lines = [
        f"{_good(writing)} companies were acknowledged, {companies} are there",
        f"{_good(uploading)} uploads were acknowledged, {resumes} are there, with {files} files",
    ]
    database = data / "onward.sqlite3"
    if database.exists():
        with contextlib.closing(sqlite3.connect(database)) as connection:
            lines.append(f"integrity check: {connection.execute('PRAGMA integrity_check').fetchone()[0]}")
    return lines


def _logged(log: Path) -> list[str]:
    """Return what the log says besides requests, and how often."""
    said: Counter[str] = Counter()
    for line in log.read_text(errors="replace").splitlines():
        if line.startswith("{"):
            try:
                event = json.loads(line)["event"]
            except ValueError:
                event = "(a broken line)"
            said[event.partition(":")[0]] += event != "request"
    return [f"the log says {number} times: {event}" for event, number in said.items() if number]


def _good(probe: Probe) -> int:
    return sum(answer.status == probe.good for answer in probe.answers)


def _count(house: House, path: str, token: str) -> int:
    return int(json.loads(house.ask("GET", path, token=token)[1])["count"])
