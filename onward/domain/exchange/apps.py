from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "onward.domain.exchange"
    label = "exchange"
