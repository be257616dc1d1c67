"""`onward serve` for those who look for it in `onward help`; the command line itself takes a shorter way."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Serve the APIs, the pages and the jobs until it is stopped."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", default="8000", help="the port to listen on")
        parser.add_argument("--workers", default="1", help="web processes")

    def handle(self, *args: Any, **options: Any) -> None:
        # A new process image: the supervisor carries no Django in memory.
        given = [f"--{name}={options[name]}" for name in ("host", "port", "workers")]
        os.execv(sys.executable, [sys.executable, "-m", "onward", "serve", *given])  # noqa: S606
