"""The story of one application: everything that has happened to it, each thing with its day."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from onward.domain.applications.models import (
    Application,
    Document,
    Note,
    Outcome,
    StatusChange,
    Tag,
    TakenBackMove,
)
from onward.domain.applications.queries import application as owned_application
from onward.domain.contacts.models import Contact
from onward.domain.interviews.choices import InterviewStatus
from onward.domain.interviews.models import Interview
from onward.domain.reminders.models import Reminder


class Entry(NamedTuple):
    """A line of the story.

    :ivar kind: move, slip (a move that never happened), interview, note or document
    :ivar row: what it tells of
    :ivar noted: when it was written down, where that was another day than it happened
    """

    kind: str
    at: datetime
    row: Any
    noted: date | None = None


class Story(NamedTuple):
    """One application with all that hangs on it, the latest entry first."""

    application: Application
    moves: list[tuple[str, datetime]]
    interview: Interview | None
    tags: list[Tag]
    reminders: list[Reminder]
    contacts: list[Contact]
    others: list[Application]
    outcome: Outcome | None
    entries: list[Entry]


def story(*, owner_id: int, pk: int, here: datetime) -> Story:
    """Return the story of one of somebody's applications.

    :param here: the time on the reader's clock
    :raises Missing: when there is none of that number, or it is another's
    """
    application = owned_application(owner_id=owner_id, pk=pk)
    moves = list(StatusChange.objects.filter(application=application).order_by("changed_at", "pk"))
    interviews = list(Interview.objects.filter(application=application).order_by("scheduled_at", "pk"))
    entries = [
        *(Entry("move", move.changed_at, move, _written_later(move, here)) for move in moves),
        *(Entry("slip", move.changed_at, move) for move in TakenBackMove.objects.filter(application=application)),
        *(Entry("interview", each.scheduled_at, each) for each in interviews),
        *(Entry("note", note.created_at, note) for note in Note.objects.filter(application=application)),
        *(Entry("document", each.created_at, each) for each in Document.objects.filter(application=application)),
    ]
    planned = (each for each in interviews if each.status == InterviewStatus.SCHEDULED and each.scheduled_at >= here)
    return Story(
        application,
        [(move.after, move.changed_at) for move in moves],
        next(planned, None),
        list(Tag.objects.filter(taggings__application=application).order_by("name_key")),
        list(Reminder.objects.filter(application=application, completed_at=None).order_by("remind_at")),
        list(Contact.objects.filter(application=application).order_by("name", "pk")),
        list(_others(application)),
        Outcome.objects.filter(application=application).first(),
        sorted(entries, key=lambda entry: entry.at, reverse=True),
    )


def outcome_of(*, application_id: int) -> Outcome | None:
    """Return what came of an application, if anything has."""
    return Outcome.objects.filter(application_id=application_id).first()


def _others(application: Application) -> QuerySet[Application]:
    """Return what else its owner has at this company, the latest first; five at most."""
    rows = Application.objects.filter(owner_id=application.owner_id, company_id=application.company_id)
    return rows.exclude(pk=application.pk).order_by("-updated_at", "-pk")[:5]


def _written_later(move: StatusChange, here: datetime) -> date | None:
    happened, noted = (at.astimezone(here.tzinfo).date() for at in (move.changed_at, move.recorded_at))
    return noted if noted != happened else None
