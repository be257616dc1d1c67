"""Writing applications, and what hangs on them: each noun has a module of its own."""

from onward.domain.applications.services.applications import (
    FIELDS,
    advance,
    change_status,
    create,
    create_at,
    delete,
    update,
)
from onward.domain.applications.services.arrivals import Arrival, take_in
from onward.domain.applications.services.documents import (
    add_document,
    delete_document,
    keep_document,
    tidy_documents,
    update_document,
)
from onward.domain.applications.services.history import date_anew, last_move, put_back, take_back
from onward.domain.applications.services.notes import add_note
from onward.domain.applications.services.outcomes import delete_outcome, record_outcome, update_outcome
from onward.domain.applications.services.postings import NotEligible, apply_to, withdraw
from onward.domain.applications.services.reflections import delete_reflection, update_reflection, write_reflection
from onward.domain.applications.services.saved_jobs import (
    apply_for,
    convert,
    delete_saved_job,
    save_job,
    save_posting,
    update_saved_job,
)
from onward.domain.applications.services.tags import assign_tag, create_tag, delete_tag, remove_tag, update_tag

__all__ = [
    "FIELDS",
    "Arrival",
    "NotEligible",
    "add_document",
    "add_note",
    "advance",
    "apply_for",
    "apply_to",
    "assign_tag",
    "change_status",
    "convert",
    "create",
    "create_at",
    "create_tag",
    "date_anew",
    "delete",
    "delete_document",
    "delete_outcome",
    "delete_reflection",
    "delete_saved_job",
    "delete_tag",
    "keep_document",
    "last_move",
    "put_back",
    "record_outcome",
    "remove_tag",
    "save_job",
    "save_posting",
    "take_back",
    "take_in",
    "tidy_documents",
    "update",
    "update_document",
    "update_outcome",
    "update_reflection",
    "update_saved_job",
    "update_tag",
    "withdraw",
    "write_reflection",
]
