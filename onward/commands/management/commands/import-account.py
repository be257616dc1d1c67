"""`onward import-account FILE --user EMAIL`."""  # noqa: N999 - the name is the command's

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from onward.domain.exchange.account import TABLES, restore
from onward.platform.refusals import Invalid


class Command(BaseCommand):
    help = "Bring a whole account in again, from the ZIP that it was taken out with, into somebody's account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a ZIP as exports/full-report/ gives it")
        parser.add_argument("--user", required=True, metavar="EMAIL", help="whose account it goes into")

    def handle(self, *, file: Path, user: str, **options: Any) -> None:
        # The stream itself: Django's wrapper ends every write with a new line.
        out: Any = self.stdout._out
        console = Console(file=out, highlight=False, width=None if out.isatty() else 120)
        owner = get_user_model().objects.filter(email=user.strip().lower()).first()
        if owner is None:
            raise CommandError(f"There is no account with the address {user}.")
        try:
            with file.open("rb") as opened:
                restored = restore(opened, owner=owner, at=datetime.now(ZoneInfo(owner.timezone)))
        except OSError as problem:
            raise CommandError(f"{file}: {problem.strerror}") from None
        except Invalid as refusal:
            raise CommandError(f"{file.name}: {refusal.message}") from None
        table = Table("", "Made", "There already", "Not made")
        for name in [*(table.name for table in TABLES if table.comes_back), "files"]:
            counts = [restored.made[name], restored.there[name], restored.left[name]]
            if any(counts):
                table.add_row(name.replace("_", " "), *map(str, counts))
        console.print(table)
        for reason in restored.refused:
            console.print(reason, markup=False)
        if restored.refused:
            raise CommandError("Not all rows could be made; all others were.")
