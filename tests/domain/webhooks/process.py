"""A worker in a process of its own, whose webhooks may go to this machine."""

import os
import sys
from datetime import timedelta
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[3]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.conf import settings

    django.setup()
    settings.WEBHOOK_ALLOW_PRIVATE = True
    from onward.platform.jobs.worker import Worker

    worker = Worker(lease=timedelta(seconds=2), grace=1, periodic=[])
    worker.listen()
    print("ready", flush=True)
    worker.run()
