from django.db import models
from django.db.models import Q

from onward.domain.applications.choices import DocumentType
from onward.platform.record import Record


class Document(Record):
    """Something that was sent with an application: its name, and its address or its file."""

    application = models.ForeignKey(
        "applications.Application", models.CASCADE, related_name="documents", db_index=False
    )
    doc_type = models.CharField(max_length=20, choices=DocumentType, default=DocumentType.OTHER)
    name = models.CharField(max_length=255)
    file_url = models.URLField(max_length=500, default="", blank=True)
    notes = models.TextField(default="", blank=True)
    # The key of the file in the private storage, where it is kept here; what a person sees is `file_name`.
    file_key = models.CharField(max_length=255, default="", db_default="", blank=True, editable=False)
    file_name = models.CharField(max_length=255, default="", db_default="", blank=True, editable=False)
    file_size = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    content_type = models.CharField(max_length=100, default="", db_default="", blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(doc_type__in=DocumentType.values), name="document_type_is_known"),
        ]
        indexes = [
            models.Index(fields=["application", "-created_at", "-id"], name="document_list"),
        ]

    def __str__(self) -> str:
        return self.name
