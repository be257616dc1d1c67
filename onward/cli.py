"""The command `onward`."""

import os
import sys


def main() -> None:
    """Run one of Django's commands or ours."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onward.config.settings")
    command = sys.argv[1:2]
    if command == ["serve"]:
        # Without Django: the supervisor stays in memory beside the processes that it starts.
        from onward.config.serving.supervisor import main as serve

        sys.exit(serve(sys.argv[2:]))
    if command == ["settings"]:
        # Also when they are bad, and then above all.
        from onward.config.show import main as show

        sys.exit(show(sys.argv[2:]))

    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"onward: {error}\n")
        sys.exit(78)
