from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "onward.domain.notifications"
    label = "notifications"
