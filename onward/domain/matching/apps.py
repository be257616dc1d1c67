from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "onward.domain.matching"
    label = "matching"
