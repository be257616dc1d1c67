"""Writing applications, and what hangs on them: each noun has a module of its own."""

from onward.domain.applications.services.applications import (
    FIELDS,
    advance,
    begin_interviewing,
    change_status,
    create,
    create_at,
    delete,
    update,
)
from onward.domain.applications.services.notes import add_note

__all__ = [
    "FIELDS",
    "add_note",
    "advance",
    "begin_interviewing",
    "change_status",
    "create",
    "create_at",
    "delete",
    "update",
]
