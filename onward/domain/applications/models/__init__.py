from onward.domain.applications.models.application import Application, StatusChange, TakenBackMove
from onward.domain.applications.models.document import Document
from onward.domain.applications.models.note import Note
from onward.domain.applications.models.outcome import Outcome
from onward.domain.applications.models.reflection import Reflection
from onward.domain.applications.models.saved_job import SavedJob
from onward.domain.applications.models.tag import Tag, Tagging

__all__ = [
    "Application",
    "Document",
    "Note",
    "Outcome",
    "Reflection",
    "SavedJob",
    "StatusChange",
    "Tag",
    "Tagging",
    "TakenBackMove",
]
