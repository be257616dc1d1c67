"""What is asked of the writer of messages, and what it gives."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from onward.apis.outreach.schemas.messages import MessageRow
from onward.domain.outreach.choices import MessageType, Tone
from onward.domain.outreach.queries.messages import STATUSES
from onward.domain.outreach.services.writing import MOST_DRAFTS
from onward.platform.wire import Body, Choice, From, Id, OneOf, Text, Wire

TypeWord = Annotated[str, Choice(MessageType)]
ToneWord = Annotated[str, Choice(Tone)]
LONGEST_MESSAGE = 20_000


class About(Body):
    """What a message is about: an internship, a company, or an internship of that company."""

    internship_id: Id | None = None
    company_id: Id | None = None
    message_type: TypeWord = MessageType.EMAIL.value
    tone: ToneWord = Tone.PROFESSIONAL.value


class GenerateIn(About):
    """What to write."""


class Metadata(Wire):
    """How a message was written.

    ``sources`` are what its claims rest on, ``warnings`` what nothing that is known bears out and what is missing, and
    ``version`` is what it would be when it is saved now.
    """

    model: str
    tokens: int
    sources: list[dict[str, Any]]
    warnings: list[str]
    version: int


class GenerateOut(Wire):
    """A message. Nothing is kept as yet. ``subject`` is empty for LinkedIn."""

    message: str
    subject: str
    metadata: Metadata


class SaveIn(About):
    """A message to keep, as it was written or as somebody has changed it."""

    message: Annotated[str, Text(LONGEST_MESSAGE, shortest=1)]
    subject: Annotated[str, Text(255)] = ""
    metadata: Annotated[dict[str, Any], Field(description="As it was generated; kept beside the message.")] = {}
    sent: Annotated[bool, Field(description="Whether it has been sent already.")] = False


class Proposed(Wire):
    """A follow-up that is worth planning. Nothing is planned as yet."""

    due_date: date
    notes: str


class SavedMessage(MessageRow):
    """A message that is kept, and what it is about."""

    internship_id: Annotated[int | None, From("lead_id")]
    company_id: Annotated[int | None, From("employer_id")]


class SavedOut(SavedMessage):
    """A message that was kept or marked as sent. ``proposed_followup`` is null where there is nothing to propose."""

    proposed_followup: Proposed | None


class DraftsIn(Body):
    """Which internships to write a draft about."""

    internship_ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_DRAFTS)]
    message_type: TypeWord = MessageType.EMAIL.value
    tone: ToneWord = Tone.PROFESSIONAL.value


class DraftsOut(Wire):
    """How far the drafts are: so many of ``total`` are saved. ``progress`` is in percent."""

    task_id: int
    status: Annotated[str, OneOf(*STATUSES)]
    progress: int
    total: int
    saved: int


class DraftsAsked(DraftsOut):
    """Drafts that were asked for. ``unknown_ids`` are those that name no internship."""

    unknown_ids: list[int]
