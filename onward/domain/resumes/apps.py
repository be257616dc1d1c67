from django.apps import AppConfig


class ResumesConfig(AppConfig):
    name = "onward.domain.resumes"
    label = "resumes"
