"""`onward import-applications FILE --user EMAIL [--map COLUMN=FIELD] [--dry-run]`."""  # noqa: N999 - the name is the command's

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from onward.domain.exchange.importing import MAX_BYTES, Fate, Outcome, Plan, Row, carry_out, plan
from onward.platform.refusals import Invalid, Refusal

# How many rows of each kind are shown one by one.
FIRST = 20
REASONS = 200
# How much of a text is shown.
SHOWN = 300


class Command(BaseCommand):
    help = "Import a spreadsheet of applications (CSV or Excel), or another tracker's export, into somebody's record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV or Excel file; a row at its top names the columns")
        parser.add_argument("--user", required=True, metavar="EMAIL", help="whose record it goes into")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help='say what a column is, such as "Kolonne=status"; may be repeated',
        )
        parser.add_argument("--dry-run", action="store_true", help="show what would happen, and write nothing")

    def handle(self, *, file: Path, user: str, dry_run: bool, **options: Any) -> None:
        # The stream itself: Django's wrapper ends every write with a new line.
        out: Any = self.stdout._out
        console = Console(file=out, highlight=False, width=None if out.isatty() else 120)
        owner = get_user_model().objects.filter(email=user.strip().lower()).first()
        if owner is None:
            raise CommandError(f"There is no account with the address {user}.")
        columns = dict(_said(text) for text in options["map"])
        try:
            intended = plan(
                _content(file), owner_id=owner.pk, at=datetime.now(ZoneInfo(owner.timezone)), columns=columns
            )
        except Invalid as refusal:
            raise CommandError(f"{file.name}: {refusal.message}") from None
        _introduce(console, intended, file.name, owner.email)
        if dry_run:
            _preview(console, intended)
            outcome = Outcome(intended.of(Fate.CREATE), intended.of(Fate.SKIP), intended.of(Fate.FAIL))
        else:
            outcome = _carried_out(console, intended)
        _conclude(console, outcome, "Would be created" if dry_run else "Created")
        if outcome.failed:
            raise CommandError(f"{len(outcome.failed)} of {len(intended.rows)} rows failed. Correct and import again.")


def _said(text: str) -> tuple[str, str]:
    column, mark, field = text.rpartition("=")
    if not mark or not column.strip() or not field.strip():
        raise CommandError(f'--map "{text}": write the column and the field, such as --map "Kolonne=status".')
    return column.strip(), field.strip()


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as problem:
        raise CommandError(f"{file}: {problem.strerror}") from None


def _introduce(console: Console, intended: Plan, name: str, email: str) -> None:
    kind = "an export of Onward" if intended.own else "columns as follows"
    console.print(
        _shown(
            f"{name}: {len(intended.rows)} rows for {email} ({intended.encoding}, {intended.delimiter}), {kind}.", 500
        )
    )
    if not intended.own:
        for taken in intended.tables:
            title = f'Sheet "{taken.sheet}", row {taken.header}' if taken.sheet else None
            table = Table("Column", "becomes", title=_shown(title) if title else None)
            for column in taken.columns:
                table.add_row(_shown(column.name), column.becomes)
            console.print(table)
        if intended.readings:
            _readings(console, intended)
    for note in intended.notes:
        console.print(_shown(f"Note: {note.removesuffix('.')}.", 500))


def _readings(console: Console, intended: Plan) -> None:
    table = Table("Column", "says", "is read as", "Cells")
    # What is not understood comes first.
    for reading in sorted(intended.readings, key=lambda each: (each.meaning != "unknown", each.column))[:REASONS]:
        table.add_row(_shown(reading.column), _shown(reading.text), reading.meaning, str(reading.cells))
    console.print(table)


def _preview(console: Console, intended: Plan) -> None:
    table = Table("Row", "What happens", "As it will be", title=f"The first {FIRST} rows")
    for row in intended.rows[:FIRST]:
        fields = row.entry.fields() if row.entry and row.fate is Fate.CREATE else ()
        lines = [_shown(f"{name.replace('_', ' ')}: {value}", SHOWN) for name, value in fields]
        lines += [_shown(f"! {remark}", SHOWN) for remark in row.remarks]
        table.add_row(
            _place(row),
            _shown(f"{row.fate.value}{': ' if row.reason else ''}{row.reason}", 200),
            Text("\n").join(lines),
            end_section=True,
        )
    console.print(table)


def _carried_out(console: Console, intended: Plan) -> Outcome:
    bar = Progress(
        TextColumn("Importing"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    try:
        with bar:
            task = bar.add_task("rows", total=len(intended.of(Fate.CREATE)))
            return carry_out(intended, progress=lambda rows: bar.advance(task, rows))
    except KeyboardInterrupt:
        raise CommandError("Stopped. Nothing was written.", returncode=130) from None
    except Refusal as refusal:
        raise CommandError(f"Nothing was written: {refusal.message}") from None


def _conclude(console: Console, outcome: Outcome, created: str) -> None:
    table = Table("", "Rows")
    table.add_row(created, str(len(outcome.created)))
    table.add_row("Skipped", str(len(outcome.skipped)))
    table.add_row("Failed", str(len(outcome.failed)))
    console.print(table)
    _reasons(console, "Skipped", outcome.skipped, REASONS)
    _reasons(console, "Failed", outcome.failed, REASONS)
    _reasons(console, "Kept as a note", [row for row in outcome.created if row.remarks], REASONS)


def _reasons(console: Console, title: str, rows: Sequence[Row], most: int) -> None:
    if rows:
        table = Table("Row", "Why", title=title)
        for row in rows[:most]:
            said = [_shown(text, SHOWN) for text in (row.reason, *row.remarks) if text]
            table.add_row(_place(row), Text("\n").join(said))
        console.print(table)
        if len(rows) > most:
            console.print(f"… and {len(rows) - most} more.")


def _place(row: Row) -> Text:
    return _shown(f"{row.sheet} {row.number}" if row.sheet else str(row.number))


def _shown(text: str, most: int = 50) -> Text:
    """Text for a terminal, without whatever a cell may hold that a terminal would obey."""
    line = " ".join(text[: most + 1].split())
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
    return Text(clean if len(text) <= most else f"{clean[:most]}…")
