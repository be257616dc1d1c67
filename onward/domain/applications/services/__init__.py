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
from onward.domain.applications.services.documents import add_document, delete_document, update_document
from onward.domain.applications.services.notes import add_note
from onward.domain.applications.services.outcomes import delete_outcome, record_outcome, update_outcome
from onward.domain.applications.services.reflections import delete_reflection, update_reflection, write_reflection

__all__ = [
    "FIELDS",
    "add_document",
    "add_note",
    "advance",
    "begin_interviewing",
    "change_status",
    "create",
    "create_at",
    "delete",
    "delete_document",
    "delete_outcome",
    "delete_reflection",
    "record_outcome",
    "update",
    "update_document",
    "update_outcome",
    "update_reflection",
    "write_reflection",
]
