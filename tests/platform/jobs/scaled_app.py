"""The Celery application with the jobs of the tests, in a hurry: ``celery -A tests.platform.jobs.scaled_app worker``."""

import os
from datetime import timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import tests.settings as settings

settings.WORKER = "celery"
settings.REDIS_URL = os.environ["ONWARD_TEST_JOBS_REDIS_URL"]

import django  # noqa: E402

from onward.platform.jobs import broker  # noqa: E402

broker.SWEEP_EVERY = 0.5
django.setup()

from onward.platform.jobs import scaled  # noqa: E402

scaled.LEASE = timedelta(seconds=2)
scaled.AGAIN_AFTER = timedelta(seconds=1)
scaled.periodic_kinds = list

from onward.config.celery import app  # noqa: E402
from tests.platform.jobs import ledger  # noqa: E402

__all__ = ["app", "ledger"]
