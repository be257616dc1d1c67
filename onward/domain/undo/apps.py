from django.apps import AppConfig


class UndoConfig(AppConfig):
    name = "onward.domain.undo"
    label = "undo"
