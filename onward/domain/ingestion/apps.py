from django.apps import AppConfig


class IngestionConfig(AppConfig):
    name = "onward.domain.ingestion"
    label = "ingestion"
