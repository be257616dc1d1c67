"""The command `onward`."""

import os
import sys

# Exit codes of sysexits.h.
BAD_SETTINGS = 78
UNAVAILABLE = 69
# As shells say it of a process that Ctrl+C has ended.
INTERRUPTED = 130


def main() -> None:
    """Run one of our commands or Django's."""
    # Whatever this makes (the database, uploads, mails, keys) is for the account that runs it alone.
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onward.config.settings")
    arguments = sys.argv[1:]
    if arguments[:1] == ["serve"]:
        # Without Django: the supervisor stays in memory beside the processes that it starts.
        from onward.config.serving.supervisor import main as serve

        sys.exit(serve(arguments[1:]))
    if arguments[:1] == ["settings"]:
        # Also when they are bad, and then above all.
        from onward.config.show import main as show

        sys.exit(show(arguments[1:]))
    if arguments in (["--version"], ["version"]):
        from onward import __version__

        sys.stdout.write(f"Onward {__version__}\n")
        return

    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import OperationalError

    try:
        if arguments in ([], ["--help"], ["-h"], ["help"]):
            from onward.commands.overview import overview

            sys.stdout.write(overview())
            return
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"onward: {error}\n")
        sys.exit(BAD_SETTINGS)
    except OperationalError as error:
        if "--traceback" in arguments:
            raise
        from onward.config.database import sentence

        sys.stderr.write(f"onward: {sentence(error)}\n")
        sys.exit(UNAVAILABLE)
