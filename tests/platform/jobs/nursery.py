"""Starts an embedded worker for each line that it reads, and writes its process id: forking costs no time to load."""

import os
import signal
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

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    while sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            Worker(threads=4, lease=timedelta(seconds=1), periodic=[]).run()
            os._exit(0)
        print(pid, flush=True)
