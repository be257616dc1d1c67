from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "onward.domain.activity"
    label = "activity"
