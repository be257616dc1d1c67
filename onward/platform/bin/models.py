import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Binned(models.Model):
    """Something that somebody deleted, with all that hung on it.

    :cvar rows: ``{"model": "applications.note", "values": {column: text}}``, each after what it refers to
    :cvar links: rows that stayed and named one of these: ``{"model", "pk", "column", "value"}``
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    # The model, such as applications.application, and the id that the row had.
    kind = models.CharField(max_length=100)
    row_id = models.BigIntegerField()
    # What it is called to its owner.
    title = models.CharField(max_length=600)
    rows = models.JSONField()
    links = models.JSONField(default=list)
    deleted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "deleted thing"
        indexes = [models.Index(fields=["owner", "-deleted_at"], name="bin_list")]

    def __str__(self) -> str:
        return self.title


class BinnedFile(models.Model):
    """A private file that something in the bin names: it stays for as long as that does."""

    id = models.BigAutoField(primary_key=True)
    binned = models.ForeignKey(Binned, models.CASCADE, related_name="files")
    file_key = models.CharField(max_length=255)
    # Bytes.
    file_size = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "file of a deleted thing"
        verbose_name_plural = "files of deleted things"

    def __str__(self) -> str:
        return self.file_key
