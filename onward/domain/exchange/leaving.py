"""Whoever leaves takes what they have brought along."""

from datetime import datetime, timedelta

from django.db import transaction

from onward.domain.exchange.models import Import
from onward.domain.exchange.services import folder
from onward.platform import storage


def leave(*, user_id: int, at: datetime) -> None:
    """Delete somebody's imports, and every file in their folder."""
    with transaction.atomic():
        Import.objects.filter(owner_id=user_id).delete()
    storage.sweep(folder=folder(user_id), keep=(), before=at + timedelta(days=1))
