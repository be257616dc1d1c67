from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "onward.domain.community"
    label = "community"
