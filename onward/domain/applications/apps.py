from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "onward.domain.applications"
    label = "applications"
