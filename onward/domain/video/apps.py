from django.apps import AppConfig


class VideoConfig(AppConfig):
    name = "onward.domain.video"
    label = "video"
