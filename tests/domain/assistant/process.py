"""A worker in a process of its own, whose writer never comes to an end when it is asked for the first time."""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[3]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from onward.domain.assistant import services
    from onward.domain.assistant.models import Task
    from onward.platform.jobs.worker import Worker
    from tests.domain.assistant.writers import FakeWriter

    def writer(owner_id):
        fake = FakeWriter()
        if Task.objects.get().attempts == 1:
            fake.before = lambda: time.sleep(60)
        return fake

    services._writer = writer
    worker = Worker(lease=timedelta(seconds=1), grace=1, periodic=[])
    worker.listen()
    print("ready", flush=True)
    worker.run()
