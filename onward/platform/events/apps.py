from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "onward.platform.events"
    label = "events"
