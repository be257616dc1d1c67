from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "onward.domain.feed"
