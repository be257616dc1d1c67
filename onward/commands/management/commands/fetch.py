"""`onward fetch [--source NAME]…`."""

import signal
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.table import Table

from onward.commands.progress import console_of
from onward.domain.ingestion import queries
from onward.domain.ingestion.choices import OPEN_RUNS, ReadingState, RunState
from onward.domain.ingestion.models import Reading, Run
from onward.domain.ingestion.services import runs
from onward.platform.jobs.worker import Worker
from onward.platform.refusals import Conflict, Invalid

# Seconds between two looks at the run.
LOOK = 0.25
# Sources that this process reads at a time, beside the workers that there are.
READERS = 16
COUNTS = ("found", "saved", "duplicates", "rejected", "leads")


class Command(BaseCommand):
    help = "Read postings from the enabled sources, or from those that are named, and show how that goes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--source", action="append", default=[], metavar="NAME", help="read this source; may be repeated"
        )

    def handle(self, *, source: list[str], **options: Any) -> None:
        console = console_of(self.stdout)
        try:
            run = runs.start(at=timezone.now(), sources=source)
        except Invalid as refusal:
            raise CommandError(" ".join(refusal.fields["sources"])) from None
        if not run.readings.exists():
            raise CommandError("No source is enabled. Name some in ONWARD_SOURCES_FILE, or enable one in the admin.")
        with _working():
            is_stopped = _watch(console, run)
        run = queries.run(run.uid)
        _conclude(console, run, queries.readings(run))
        if is_stopped:
            raise CommandError("Cancelled. What was saved stays.", returncode=130)
        if run.state != RunState.COMPLETED:
            raise CommandError(f"The run has {run.state}.", returncode=1)


@contextmanager
def _working() -> Iterator[None]:
    """Read in this process too, as a worker does, so that a run needs no server."""
    worker = Worker(threads=0, outbound=READERS, heavy=0, periodic=())
    thread = Thread(target=worker.run, name="fetch-worker")
    thread.start()
    try:
        yield
    finally:
        worker.stop()
        thread.join()


def _watch(console: Console, run: Run) -> bool:
    """Show how far a run is until it is over; the first Ctrl+C cancels it. Returns whether it was cancelled so."""
    is_stopped = False

    def stop(*_: Any) -> None:
        nonlocal is_stopped
        is_stopped = True

    former = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with _bars(console) as show:
            while (run := queries.run(run.uid)).state in OPEN_RUNS:
                show(run, queries.readings(run))
                if is_stopped and run.state != RunState.CANCELLING:
                    _cancel(run)
                time.sleep(LOOK)
            show(run, queries.readings(run))
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
    return is_stopped and run.state == RunState.CANCELLED


def _cancel(run: Run) -> None:
    try:
        runs.cancel(run=run, at=timezone.now())
    except Conflict:
        # It was over at that moment.
        return


@contextmanager
def _bars(console: Console) -> Iterator[Any]:
    """Show a bar for the run and a line for each source that is being read, on a terminal only."""
    shown = Progress(
        TextColumn("{task.description:<24}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[told]}", markup=False),
        console=console,
        disable=not console.is_terminal,
    )
    lines: dict[int, TaskID] = {}
    whole = shown.add_task("All sources", total=100, told="")

    def show(run: Any, readings: list[Any]) -> None:
        shown.update(whole, completed=run.progress, told=f"{run.found:,} found, {run.saved:,} new")
        for each in readings:
            is_running = each.state == ReadingState.RUNNING
            if is_running and each.pk not in lines:
                lines[each.pk] = shown.add_task(each.source.name[:24], total=100, told="")
            if each.pk in lines:
                told = f"{each.found:,} found, {each.saved:,} new"
                shown.update(lines[each.pk], completed=each.progress, told=told, visible=is_running)

    with shown:
        yield show


def _conclude(console: Console, run: Run, readings: list[Reading]) -> None:
    table = Table("Source", "", box=None)
    for name in COUNTS:
        table.add_column(name.capitalize(), justify="right")
    for each in readings:
        table.add_row(each.source.name, each.state, *(f"{getattr(each, name):,}" for name in COUNTS))
    table.add_row("All", run.state, *(f"{getattr(run, name):,}" for name in COUNTS))
    console.print(table)
    for each in readings:
        if each.error:
            console.print(f"{each.source.name}: {each.error}")
        for reason, number in each.reasons.items():
            console.print(f"{each.source.name}: {number:,} rejected: {reason}")
