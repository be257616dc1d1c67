"""The story of one application: everything that has happened to it, each thing with its day."""

from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, NamedTuple

from django.db.models import QuerySet

from onward.domain.applications.models import (
    Application,
    Document,
    Note,
    Outcome,
    Reflection,
    StatusChange,
    Tag,
    TakenBackMove,
)
from onward.domain.applications.queries import applications
from onward.domain.contacts.models import Contact
from onward.domain.interviews.choices import InterviewStatus, InterviewType
from onward.domain.interviews.models import Interview
from onward.domain.reminders.models import Reminder
from onward.platform.refusals import Missing
from onward.platform.wire import KEY, Many, Reading, Wire

# So many others at the same company are named.
MOST_OTHERS = 5


class Move(Wire):
    """A change of status, or one that never happened."""

    id: int
    before: str
    after: str
    changed_at: datetime
    recorded_at: datetime


def interview_title(interview_type: str) -> str:
    """Return what an interview is called whose owner does not call it anything."""
    return InterviewType(interview_type).label if interview_type else "Interview"


class Meeting(Wire):
    """An interview."""

    id: int
    name: str
    interview_type: str
    scheduled_at: datetime
    has_time: bool
    status: str
    interviewer_names: str
    meeting_link: str
    meeting_location: str
    preparation_notes: str
    post_interview_notes: str

    @property
    def title(self) -> str:
        """Return what its owner calls it, else what it is."""
        return self.name or interview_title(self.interview_type)


class Remembered(Wire):
    """A note."""

    id: int
    content: str
    note_type: str
    created_at: datetime


class Sent(Wire):
    """A document."""

    id: int
    name: str
    file_url: str
    file_key: str
    notes: str
    created_at: datetime


class Label(Wire):
    """A tag."""

    id: int
    name: str


class Due(Wire):
    """A reminder that is not done."""

    id: int
    title: str
    remind_at: datetime


class Known(Wire):
    """Somebody whom one knows there."""

    id: int
    name: str
    job_title: str
    email: str


class Beside(Wire):
    """What hangs on an application."""

    moves: Annotated[list[Move], Many(lambda: StatusChange.objects.order_by("changed_at", "pk"), by="application_id")]
    slips: Annotated[list[Move], Many(lambda: TakenBackMove.objects.order_by("changed_at"), by="application_id")]
    interviews: Annotated[
        list[Meeting], Many(lambda: Interview.objects.order_by("scheduled_at", "pk"), by="application_id")
    ]
    notes: Annotated[list[Remembered], Many(lambda: Note.objects.order_by("created_at", "pk"), by="application_id")]
    documents: Annotated[list[Sent], Many(lambda: Document.objects.order_by("created_at", "pk"), by="application_id")]
    tags: Annotated[list[Label], Many(lambda: Tag.objects.order_by("name_key"), by="taggings__application_id")]
    reminders: Annotated[
        list[Due],
        Many(lambda: Reminder.objects.filter(completed_at=None).order_by("remind_at", "pk"), by="application_id"),
    ]
    contacts: Annotated[list[Known], Many(lambda: Contact.objects.order_by("name", "pk"), by="application_id")]


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
    interview: Meeting | None
    tags: list[Label]
    reminders: list[Due]
    contacts: list[Known]
    others: list[Application]
    outcome: Outcome | None
    reflection: Reflection | None
    entries: list[Entry]


@cache
def _beside() -> Reading:
    return Reading(Beside, lambda: applications().filter(pk=KEY))


def story(*, owner_id: int, pk: int, here: datetime) -> Story:
    """Return the story of one of somebody's applications.

    :param here: the time on the reader's clock
    :raises Missing: when there is none of that number, or it is another's
    """
    application = _application(owner_id, pk)
    told = Beside.model_validate_json(_beside().required(owner_id=owner_id, pk=pk))
    entries = [
        *(Entry("move", move.changed_at, move, _written_later(move, here)) for move in told.moves),
        *(Entry("slip", move.changed_at, move) for move in told.slips),
        *(Entry("interview", each.scheduled_at, each) for each in told.interviews),
        *(Entry("note", note.created_at, note) for note in told.notes),
        *(Entry("document", each.created_at, each) for each in told.documents),
    ]
    planned = (
        each for each in told.interviews if each.status == InterviewStatus.SCHEDULED and each.scheduled_at >= here
    )
    return Story(
        application,
        [(move.after, move.changed_at) for move in told.moves],
        next(planned, None),
        told.tags,
        told.reminders,
        told.contacts,
        list(_others(application)),
        getattr(application, "outcome", None),
        getattr(application, "reflection", None),
        sorted(entries, key=lambda entry: entry.at, reverse=True),
    )


def _application(owner_id: int, pk: int) -> Application:
    rows = Application.objects.select_related("company", "resume", "outcome", "reflection")
    found = rows.filter(owner_id=owner_id, pk=pk).first()
    if found is None:
        raise Missing()
    return found


def outcome_of(*, application_id: int) -> Outcome | None:
    """Return what came of an application, if anything has."""
    return Outcome.objects.filter(application_id=application_id).first()


def reflection_of(*, application_id: int) -> Reflection | None:
    """Return what its owner has learned from an application, if they have written it down."""
    return Reflection.objects.filter(application_id=application_id).first()


def _others(application: Application) -> QuerySet[Application]:
    """Return what else its owner has at this company, the latest first; five at most."""
    rows = Application.objects.filter(owner_id=application.owner_id, company_id=application.company_id)
    return rows.exclude(pk=application.pk).order_by("-updated_at", "-pk")[:MOST_OTHERS]


def _written_later(move: Move, here: datetime) -> date | None:
    happened, noted = (at.astimezone(here.tzinfo).date() for at in (move.changed_at, move.recorded_at))
    return noted if noted != happened else None
