from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "onward.domain.reminders"
    label = "reminders"
