from django.apps import AppConfig


class BinConfig(AppConfig):
    name = "onward.platform.bin"
    label = "bin"
    verbose_name = "bin"
