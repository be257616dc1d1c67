"""Starts embedded workers without loading everything for each: they are forked.

Reads ``start THREADS LEASE GRACE`` and writes the worker's process id; reads ``wait ID`` and writes how it ended.
"""

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

    print("ready", flush=True)
    for line in sys.stdin:
        what, *values = line.split()
        if what == "wait":
            print(os.waitstatus_to_exitcode(os.waitpid(int(values[0]), 0)[1]), flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            threads, lease, grace = map(float, values)
            worker = Worker(threads=int(threads), lease=timedelta(seconds=lease), grace=grace, periodic=[])
            worker.listen()
            worker.run()
            os._exit(0)
        print(pid, flush=True)
