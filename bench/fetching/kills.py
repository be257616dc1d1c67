"""A run whose worker is killed again and again, and a ledger of what comes of it: ``… kills ADDRESS``.

Four runs over four boards, each run with five kills (``SIGKILL``, no warning, whatever is under way), and boards that
have more openings each time. After a kill the trial lets the minute pass that a dead worker's lease lasts, by moving
the lease instead of waiting for it, and starts another worker, as `onward serve` or a process manager does.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import django

from bench import environment

RUNS, KILLS, BOARDS = 4, 5, 4
FIRST, MORE = 4000, 1000
# Seconds that a run may take, kills included.
LONGEST = 300


def main() -> None:
    """Run, kill and count; print what was found out, and end with an error when the ledger does not balance."""
    django.setup()
    from bench.fetching import house
    from onward.domain.ingestion.models import Source

    address = sys.argv[1]
    chance = random.Random(7)
    sources = [
        house.source(f"board {number}", address=address, company=f"works{number}", openings="0x300")
        for number in range(BOARDS)
    ]
    ledger: list[str] = []
    killed = 0
    for number in range(RUNS):
        openings = FIRST + number * MORE
        Source.objects.update(board=f"{openings}x300")
        house.let_private(*Source.objects.order_by("pk"))
        os.environ["ONWARD_SOURCES_FILE"] = _file(sources, address, openings)
        run, kills, problems = _run(chance)
        killed += kills
        ledger += [f"run {number + 1}: {problem}" for problem in problems]
        ledger += [f"run {number + 1}: {problem}" for problem in _of_run(run, openings, number)]
    ledger += _of_record(FIRST + (RUNS - 1) * MORE)
    print(json.dumps({"kills": killed, "attempts": _attempts(), "problems": ledger, **_sums()}))


def _file(sources: list[Any], address: str, openings: int) -> str:
    """Write the operator's list of these sources; returns its path."""
    path = environment.WORK / "kills.json"
    entries = [
        {
            "name": source.name,
            "kind": "greenhouse",
            "base_url": source.base_url,
            "board": f"{openings}x300",
            "company": source.company,
        }
        for source in sources
    ]
    path.write_text(json.dumps(entries))
    return str(path)


def _run(chance: random.Random) -> tuple[Any, int, list[str]]:
    """Ask for a run and kill who reads; returns the run, how often, and where its counts fell."""
    from django.utils import timezone

    from onward.domain.ingestion.choices import OPEN_RUNS
    from onward.domain.ingestion.models import Run
    from onward.domain.ingestion.services import runs

    run = runs.start(at=timezone.now())
    kills, problems, last = 0, [], Counter[str]()
    ends = time.monotonic() + LONGEST
    while run.state in OPEN_RUNS and time.monotonic() < ends:
        with _worker() as worker:
            patience = time.monotonic() + 60
            left = chance.uniform(0.05, 1.5)
            since: float | None = None
            while run.state in OPEN_RUNS and time.monotonic() < patience:
                time.sleep(0.02)
                run = Run.objects.get(pk=run.pk)
                now = Counter({name: getattr(run, name) for name in ("found", "saved", "duplicates", "leads")})
                problems += [f"{name} fell to {now[name]}" for name in now if now[name] < last[name]]
                last = now
                if since is None and run.readings.filter(state="running").exists() and _is_held():
                    since = time.monotonic()
                if kills < KILLS and since is not None and time.monotonic() - since > left:
                    os.killpg(worker.pid, signal.SIGKILL)
                    kills += 1
                    break
        _let_a_minute_pass()
        run = Run.objects.get(pk=run.pk)
    return run, kills, problems


def _is_held() -> bool:
    """Whether a living worker reads: after a kill nobody does until another one has begun."""
    from django.utils import timezone

    from onward.platform.jobs.models import Job

    return Job.objects.filter(kind="ingestion.read", state="running", leased_until__gt=timezone.now()).exists()


@contextmanager
def _worker() -> Iterator["subprocess.Popen[bytes]"]:
    """Run a worker in a process group of its own."""
    from django.conf import settings

    python = [sys.executable, "-m"]
    if settings.WORKER == "celery":
        command = [*python, "celery", "-A", "onward.config.celery", "worker", "-P", "threads", "--concurrency", "4"]
        command += ["-Q", "onward.default,onward.house,onward.outbound", "--without-gossip", "--without-mingle"]
    else:
        command = [*python, "onward", "worker", "-v", "0"]
    log = (environment.WORK / "kills.log").open("ab")
    with log, subprocess.Popen(command, start_new_session=True, stdout=log, stderr=log) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def _let_a_minute_pass() -> None:
    """Let the leases of the dead run out, and have the house kept as beat does, where nobody else would."""
    from django.conf import settings
    from django.utils import timezone

    from onward.platform.jobs import scaled
    from onward.platform.jobs.models import Job

    past = timezone.now() - timedelta(minutes=1)
    Job.objects.filter(state="running").update(leased_until=past)
    if settings.WORKER == "celery":
        scaled.keep_house()
        Job.objects.filter(state="waiting").update(announced_at=past)
        scaled.keep_house()


def _of_run(run: Any, openings: int, number: int) -> list[str]:
    """Return what is wrong about a run that is over."""
    all_, new = BOARDS * openings, BOARDS * (MORE if number else FIRST)
    wanted = {"state": "completed", "found": all_, "saved": new, "duplicates": all_ - new, "rejected": 0}
    wanted |= {"leads": BOARDS * (openings // 4 - (openings - MORE) // 4 if number else openings // 4)}
    problems = [f"{name} is {getattr(run, name)}, not {value}" for name, value in wanted.items()]
    problems = [
        said for said, (name, value) in zip(problems, wanted.items(), strict=True) if getattr(run, name) != value
    ]
    for reading in run.readings.select_related("source"):
        if (reading.state, reading.found) != ("completed", openings):
            problems.append(f"{reading.source} is {reading.state} with {reading.found}: {reading.error}")
    return problems


def _of_record(openings: int) -> list[str]:
    """Return what is wrong in the record: what was lost, what is there twice, what runs for ever."""
    from onward.domain.board.models import Posting
    from onward.domain.ingestion.choices import OPEN_READINGS, OPEN_RUNS
    from onward.domain.ingestion.models import Reading, Run, Sighting
    from onward.domain.outreach.models import Lead, LeadActivity
    from onward.platform.events.models import EventRecord

    problems = []
    seen = Counter(Sighting.objects.values_list("source__name", "external_id"))
    wanted = {(f"board {board}", str(number)) for board in range(BOARDS) for number in range(1, openings + 1)}
    problems += (
        [f"{len(wanted - seen.keys())} lost, {len(seen.keys() - wanted)} too many"] if seen.keys() != wanted else []
    )
    told = Counter(
        pk
        for payload in EventRecord.objects.filter(name="ingestion.postings_read").values_list("payload", flat=True)
        for pk in payload["new_ids"]
    )
    leads, lines = Lead.objects.count(), LeadActivity.objects.filter(action="found").count()
    for name, value, right in (
        ("postings", Posting.objects.count(), BOARDS * openings),
        ("sightings", seen.total(), BOARDS * openings),
        ("announced", told.total(), BOARDS * openings),
        ("announced twice", sum(count > 1 for count in told.values()), 0),
        ("leads", leads, BOARDS * (openings // 4)),
        ("lines in their timelines", lines, leads),
        ("not live", Posting.objects.exclude(state="live").count(), 0),
        ("runs that are open", Run.objects.filter(state__in=OPEN_RUNS).count(), 0),
        ("readings that are open", Reading.objects.filter(state__in=OPEN_READINGS).count(), 0),
    ):
        if value != right:
            problems.append(f"{name}: {value}, not {right}")
    return problems


def _attempts() -> int:
    from onward.domain.ingestion.models import Reading

    return sum(Reading.objects.values_list("attempts", flat=True))


def _sums() -> dict[str, int]:
    from onward.domain.board.models import Posting
    from onward.domain.outreach.models import Lead

    return {"postings": Posting.objects.count(), "leads": Lead.objects.count()}


if __name__ == "__main__":
    main()
