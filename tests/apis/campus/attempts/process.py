"""A worker in a process of its own that never comes to an end when it hands in an attempt for the first time.

By then it has marked the attempt and told of it, in a transaction that is open.
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[4]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from onward.domain.learning.services import attempts
    from onward.platform.jobs.models import Job
    from onward.platform.jobs.worker import Worker

    publish = attempts.publish

    def publish_and_wait(event):
        publish(event)
        if Job.objects.get(kind="learning.hand_in").attempts == 1:
            print("handing in", flush=True)
            time.sleep(60)

    attempts.publish = publish_and_wait
    worker = Worker(lease=timedelta(seconds=1), grace=1, periodic=[])
    worker.listen()
    print("ready", flush=True)
    worker.run()
