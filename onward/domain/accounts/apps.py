from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "onward.domain.accounts"
    label = "accounts"
