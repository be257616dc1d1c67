"""`onward settings` for `onward help`; the command line itself goes to :mod:`onward.config.show` without Django."""

import subprocess
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Show every setting, its value and where it came from."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the settings."""
        shown = subprocess.run(
            [sys.executable, "-m", "onward", "settings"], capture_output=True, text=True, check=False
        )
        self.stdout.write(shown.stdout, ending="")
        if shown.returncode:
            raise CommandError(shown.stderr.strip(), returncode=shown.returncode)
