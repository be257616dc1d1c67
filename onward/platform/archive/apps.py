from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "onward.platform.archive"
    label = "archive"
