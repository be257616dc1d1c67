from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "onward.domain.messaging"
    label = "messaging"
