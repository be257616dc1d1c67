from django.db import models
from django.db.models import Q

from onward.domain.applications.choices import DocumentType
from onward.platform.record import Record


class Document(Record):
    """Something that was sent with an application, by name and address."""

    application = models.ForeignKey(
        "applications.Application", models.CASCADE, related_name="documents", db_index=False
    )
    doc_type = models.CharField(max_length=20, choices=DocumentType, default=DocumentType.OTHER)
    name = models.CharField(max_length=255)
    file_url = models.URLField(max_length=500, default="", blank=True)
    notes = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(doc_type__in=DocumentType.values), name="document_type_is_known"),
        ]
        indexes = [
            models.Index(fields=["application", "-created_at", "-id"], name="document_list"),
        ]

    def __str__(self) -> str:
        return self.name
