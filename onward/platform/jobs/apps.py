from django.apps import AppConfig
from django.conf import settings


class JobsConfig(AppConfig):
    name = "onward.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        if settings.WORKER == "celery":
            from onward.platform.jobs import broker

            # Now, not while the first request that asks for a job waits.
            broker.app().connection_for_write().transport  # noqa: B018
