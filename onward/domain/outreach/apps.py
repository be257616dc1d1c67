from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "onward.domain.outreach"
    label = "outreach"
