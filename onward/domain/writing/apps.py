from django.apps import AppConfig


class WritingConfig(AppConfig):
    name = "onward.domain.writing"
    label = "writing"
