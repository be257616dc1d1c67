import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from onward.config.serving.supervisor import TRY_AGAIN
from onward.platform.jobs.worker import HEAVY_THREADS, OUTBOUND_THREADS, THREADS, Worker


class Command(BaseCommand):
    help = "Run the jobs that are due; `onward serve` starts a worker by itself."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--threads", type=int, default=THREADS, help=f"how many jobs run at the same time ({THREADS})"
        )
        parser.add_argument(
            "--outbound",
            type=int,
            default=OUTBOUND_THREADS,
            help=f"how many that wait for other people's servers run beside them ({OUTBOUND_THREADS})",
        )
        parser.add_argument(
            "--heavy",
            type=int,
            default=HEAVY_THREADS,
            help=f"how many that take long run beside them, two of an account at most ({HEAVY_THREADS})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(threads=options["threads"], outbound=options["outbound"], heavy=options["heavy"])
        worker.listen()
        if options["verbosity"]:
            self.stdout.write("The worker waits for jobs; Ctrl+C or SIGTERM stops it.")
            self.stdout.flush()
        if not worker.run():
            # With the process ends the job that does not stop; `onward serve` starts another worker.
            sys.exit(TRY_AGAIN)
