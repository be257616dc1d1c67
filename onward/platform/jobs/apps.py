from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "onward.platform.jobs"
    label = "jobs"
