from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "onward.domain.learning"
    label = "learning"
