"""A worker in a process of its own, with the jobs of the tests: ``python process.py <lease in seconds>``."""

import os
import sys
from datetime import timedelta
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[3]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from onward.platform.jobs.worker import Worker
    from tests.platform.jobs import ledger  # noqa: F401 (declares the jobs)

    worker = Worker(lease=timedelta(seconds=float(sys.argv[1])), grace=float(sys.argv[2]), periodic=[])
    worker.listen()
    print("ready", flush=True)
    worker.run()
