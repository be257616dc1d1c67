"""Reading contacts."""

from django.db import models
from django.db.models import QuerySet

from onward.domain.contacts.models import Contact
from onward.platform.wire import Param

OWNER = Param("owner_id", models.BigIntegerField())
UID = Param("uid", models.UUIDField())


def contacts() -> QuerySet[Contact]:
    """Give one person's contacts; the statement takes ``owner_id``."""
    return Contact.objects.filter(owner_id=OWNER)
