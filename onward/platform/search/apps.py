from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "onward.platform.search"
    label = "search"
