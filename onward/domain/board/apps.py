from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "onward.domain.board"
    label = "board"
