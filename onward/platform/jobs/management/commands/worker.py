from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from onward.platform.jobs.worker import Worker


class Command(BaseCommand):
    help = "Run the jobs that are due (mails and whatever else need not be done while somebody waits)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--threads", type=int, default=1, help="how many jobs run at the same time (1)")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(threads=options["threads"])
        worker.listen()
        self.stdout.write("The worker waits for jobs; Ctrl+C or SIGTERM stops it.")
        self.stdout.flush()
        worker.run()
