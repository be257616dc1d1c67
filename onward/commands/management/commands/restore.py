"""`onward restore FILE`."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onward.commands.progress import bars, console_of, size
from onward.platform.archive import keys, reading, restoring
from onward.platform.archive.problem import ArchiveProblem

TITLES = {
    "bytes": "Checking the archive",
    "migrations": "Making the tables",
    "rows": "Rows",
    "checks": "Comparing",
    "files": "Files",
}


class Command(BaseCommand):
    help = "Bring an archive of `onward backup` back, into a server on which there is nothing yet."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the archive")

    def handle(self, *, file: Path, **options: Any) -> None:
        console = console_of(self.stdout)
        began = time.monotonic()
        try:
            with bars(console, TITLES) as progress:
                archive = reading.read(file, progress=progress)
                restored = restoring.restore(archive, progress=progress)
        except ArchiveProblem as problem:
            raise CommandError(str(problem)) from problem
        except KeyboardInterrupt:
            raise CommandError("Stopped. The server is as empty as before.", returncode=130) from None
        console.print(
            f"{file}: {restored.rows:,} rows of {restored.tables} tables and {restored.files:,} files "
            f"({size(restored.file_bytes)}) are back, {time.monotonic() - began:.1f} s. "
            "Every count and checksum is as in the archive."
        )
        console.print(
            f"It was made by release {archive.manifest['release']} at {archive.manifest['made_at']}"
            + (f"; {restored.migrated} migrations were applied to it." if restored.migrated else ".")
        )
        console.print("Everybody has to sign in again.")
        if not restored.is_key_ours:
            console.print(
                f"The secret key is not the one of the archive: {keys.LOST} are void. They hold again under "
                "the old key: give it as ONWARD_SECRET_KEY."
            )
