import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Undo(models.Model):
    """How something that somebody did is taken back.

    :cvar steps: what has to be done for that, in this order: ``{"do": "take_back", "application": 7, "move": 9}``
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    steps = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.uid)
