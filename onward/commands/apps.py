from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "onward.commands"
    label = "commands"
