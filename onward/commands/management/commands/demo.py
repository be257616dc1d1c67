"""``onward demo``: accounts with a believable search for a job in them, to look around in."""

from argparse import ArgumentParser
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from onward.demo import DOMAIN
from onward.demo.building import build
from onward.domain.accounts.models import User


class Command(BaseCommand):
    help = "Make demo accounts, with known passwords, on one's own machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="only when there is no account yet; say little")
        parser.add_argument("--force", action="store_true", help="go on although there are accounts")

    def handle(self, *, if_empty: bool, force: bool, **options: Any) -> None:
        reason = _reason_against(force=force)
        if reason and if_empty:
            return
        if reason:
            raise CommandError(reason)
        if if_empty:
            self.stdout.write("Making demo accounts …")
            self.stdout.flush()
            build(at=timezone.now())
            return
        accounts = build(at=timezone.now())
        table = Table(title="Demo accounts", title_justify="left", title_style="bold")
        for heading in ("Email", "Password", "What is in it"):
            table.add_column(heading, overflow="fold")
        for account in accounts:
            table.add_row(account.email, account.password, account.holds)
        console = Console(width=None if self.stdout.isatty() else 120)
        with console.capture() as printed:
            console.print(table)
        self.stdout.write(printed.get())


def _reason_against(*, force: bool) -> str:
    """Return why there must be no demo here; nothing when there may.

    The passwords are known to everybody, so no server that others can reach may have these accounts.
    """
    if not settings.DEBUG and not _is_own_machine(urlsplit(settings.PUBLIC_URL).hostname or ""):
        return f"Demo accounts have known passwords; {settings.PUBLIC_URL} is not this machine alone."
    if User.objects.filter(email__endswith=f"@{DOMAIN}").exists():
        return "The demo accounts are there already."
    if not force and User.objects.exists():
        return "There are accounts already. With --force the demo accounts are put beside them."
    return ""


def _is_own_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
