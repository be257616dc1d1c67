"""Whoever leaves takes the files of their documents along."""

from datetime import datetime, timedelta

from onward.domain.applications.services import documents
from onward.platform import storage


def leave(*, user_id: int, at: datetime) -> None:
    """Delete every file of somebody's documents; the rows go with their applications."""
    storage.sweep(folder=documents.folder(user_id), keep=(), before=at + timedelta(days=1))
