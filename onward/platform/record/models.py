"""The abstract model that every row of the record inherits."""

import uuid

from django.db import models
from django.utils import timezone


class Record(models.Model):
    """A row that every API can name: by integer (``id``) in four of them, by UUID (``uid``) in the offers API."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
