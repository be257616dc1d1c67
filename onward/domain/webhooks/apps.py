from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "onward.domain.webhooks"
    label = "webhooks"
