from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "onward.domain.assistant"
    label = "assistant"
