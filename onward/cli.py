"""The command `onward`."""

import os
import sys


def main() -> None:
    """Run one of Django's commands or ours."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onward.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
