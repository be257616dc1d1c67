"""`onward backup FILE [--secret-key] [--keep N]`."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onward.commands.progress import bars, console_of, size
from onward.platform.archive import keys, making, rotation
from onward.platform.archive.problem import ArchiveProblem

TITLES = {"files": "Files", "rows": "Rows"}
# Names that are shown one by one.
FIRST = 10


class Command(BaseCommand):
    help = "Write the database and the files into one archive, while the server goes on. `onward restore` reads it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the archive to write; it must not exist yet")
        parser.add_argument(
            "--secret-key", action="store_true", help=f"take the secret key along: without it {keys.LOST} are void"
        )
        parser.add_argument(
            "--keep", type=_number, default=0, metavar="N", help="put the moment into the name, and keep the newest N"
        )

    def handle(self, *, file: Path, secret_key: bool, keep: int, **options: Any) -> None:
        console = console_of(self.stdout)
        at, began = timezone.now(), time.monotonic()
        path = rotation.dated(file, at=at) if keep else file
        try:
            with bars(console, TITLES) as progress:
                summary = making.back_up(
                    path, secret_key=settings.SECRET_KEY if secret_key else "", at=at, progress=progress
                )
        except ArchiveProblem as problem:
            raise CommandError(str(problem)) from problem
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing is left of the archive.", returncode=130) from None
        console.print(
            f"{path}: {summary.rows:,} rows of {summary.tables} tables and {summary.files:,} files "
            f"({size(summary.file_bytes)}) in {size(summary.size)}, {time.monotonic() - began:.1f} s."
        )
        if summary.lost:
            console.print(
                f"{len(summary.lost):,} files were missing on this server before: {', '.join(summary.lost[:FIRST])}"
                f"{' …' if len(summary.lost) > FIRST else ''}."
            )
        if secret_key:
            console.print("The secret key is in it: whoever has the archive can sign in as anybody.")
        else:
            console.print(f"The secret key is not in it. Keep it elsewhere: without it {keys.LOST} are void.")
        for older in rotation.remove_older(file, keep=keep) if keep else ():
            console.print(f"Removed {older}.")


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("must be a number of archives, 1 or more")
    return int(text)
