"""Whoever leaves takes their résumés along."""

from datetime import datetime, timedelta

from django.db import transaction

from onward.domain.resumes.models import Resume
from onward.domain.resumes.services import folder
from onward.platform import storage


def leave(*, user_id: int, at: datetime) -> None:
    """Delete somebody's résumés, and every file in their folder."""
    with transaction.atomic():
        Resume.objects.filter(owner_id=user_id).delete()
    storage.sweep(folder=folder(user_id), keep=(), before=at + timedelta(days=1))
