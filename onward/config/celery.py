"""The Celery application: ``celery -A onward.config.celery worker``, and ``… beat`` beside it."""

import os

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onward.config.settings")
django.setup()

from onward.platform.jobs import broker, scaled  # noqa: E402
from onward.platform.jobs.registry import discover  # noqa: E402

if settings.WORKER != "celery":
    raise ImproperlyConfigured("Set ONWARD_WORKER=celery here and for `onward serve`: else nobody sends messages.")

app = broker.app()
app.task(scaled.run, name=broker.RUN)
app.task(scaled.run_heavy, name=broker.RUN_HEAVY)
app.task(scaled.keep_house, name=broker.KEEP_HOUSE)
discover()
