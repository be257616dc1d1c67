from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "onward.domain.help"
    label = "help"
