"""Applications that come in and go out as files, in the copilot document's words."""

import json
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from pydantic import TypeAdapter

from onward.apis.copilot.lenses import STATUS
from onward.apis.copilot.schemas.applications import Attachments, Feedback
from onward.domain.applications.choices import Source, Status
from onward.domain.applications.models import Note
from onward.domain.applications.queries import OFFER_DATE
from onward.domain.exchange.chosen import DOCUMENTS
from onward.domain.exchange.importing import Terms
from onward.domain.exchange.tables import Column, instant, label
from onward.domain.interviews.queries import INTERVIEW_DATE

_MAIN_NOTE = Subquery(Note.objects.filter(application_id=OuterRef("pk"), is_main=True).values("content")[:1])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _attachments(documents: list[tuple[str, str]]) -> str:
    return _json([{"name": name, "url": url or None} for name, url in documents])


def _status(value: str) -> str:
    return str(STATUS.show(value))


def columns() -> tuple[Column, ...]:
    """Return the columns of an export, which an import reads again."""
    return (
        Column("company", "company__name"),
        Column("title", "job_title"),
        Column("status", "status", _status),
        Column("applied_date", "applied_date", date.isoformat),
        Column("response_date", "response_date", date.isoformat),
        Column("interview_date", _INTERVIEW_DATE, instant),
        Column("offer_date", _OFFER_DATE, date.isoformat),
        Column("follow_up_date", "next_action_date", date.isoformat),
        Column("location", "location"),
        Column("url", "job_url"),
        Column("source", "source", label(Source)),
        Column("notes", _MAIN_NOTE),
        Column("interview_feedback", "interview_feedback", _json),
        Column("attachments", DOCUMENTS, _attachments),
        Column("created_at", "created_at", instant),
    )


_INTERVIEW_DATE: Any = INTERVIEW_DATE.source(str)  # type: ignore[operator]
_OFFER_DATE: Any = OFFER_DATE.source(str)  # type: ignore[operator]
# On paper: the columns, each with its width in relation to the others.
_ON_PAPER = {
    "company": 3.0,
    "title": 3.0,
    "status": 1.2,
    "applied_date": 1.3,
    "response_date": 1.3,
    "interview_date": 1.3,
    "offer_date": 1.3,
    "follow_up_date": 1.3,
    "location": 2.0,
    "notes": 3.0,
}


def columns_on_paper() -> dict[Column, float]:
    """Return the columns of a report, each with its width in relation to the others."""
    known = {column.header: column for column in columns()}
    found = {}
    for name, width in _ON_PAPER.items():
        column = known[name]
        show = (lambda moment: moment.date().isoformat()) if name == "interview_date" else column.show
        found[Column(name.replace("_", " ").capitalize(), column.source, show)] = width
    return found


# The record's own words are known as well: they are those of the other APIs.
_STATUSES = {
    word.casefold(): str(status) for status in Status for word in (status.value, status.label, status.value.title())
} | {str(word): STATUS.read(word) for word in STATUS.words}
_FEEDBACK = TypeAdapter(Feedback)
_ATTACHMENTS = TypeAdapter(Attachments)


def _feedback(value: Any) -> dict[str, Any] | None:
    return None if value is None else _FEEDBACK.validate_python(value).model_dump()


def _documents(value: Any) -> list[tuple[str, str]]:
    return [(each.name, each.url or "") for each in _ATTACHMENTS.validate_python(value)]


TERMS = Terms(
    names={
        "company": "company",
        "job_title": "title",
        "job_id": "job_id",
        "next_action_date": "follow_up_date",
        "job_url": "url",
        "documents": "attachments",
    },
    aliases={
        "job_id": ("job id",),
        "interview_date": ("interview date", "interview", "interview on", "interview at", "date of interview"),
        "offer_date": ("offer date", "offer", "offer on", "offered on", "date of offer"),
        "interview_feedback": ("interview feedback",),
        "documents": ("attachments",),
    },
    headers=[column.header for column in columns()],
    passed_over=frozenset({"id", "user id", "updated at"}),
    status=lambda text: _STATUSES.get(text.strip().casefold()),
    parts={"interview_feedback": _feedback, "documents": _documents},
)
