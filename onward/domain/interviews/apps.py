from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "onward.domain.interviews"
    label = "interviews"
