from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "onward.platform.tokens"
    label = "tokens"
