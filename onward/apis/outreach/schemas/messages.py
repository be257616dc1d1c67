"""Messages to companies as the outreach desk shows them."""

from datetime import datetime
from typing import Annotated, Any

from onward.apis.outreach.schemas.people import Person
from onward.domain.outreach.choices import MessageType, Tone
from onward.platform.wire import Choice, From, Wire


class MessageRow(Wire):
    """A saved message. ``sent_at`` is when somebody marked it as sent."""

    id: int
    message_type: Annotated[str, Choice(MessageType)]
    tone: Annotated[str, Choice(Tone)]
    subject: str
    message: Annotated[str, From("text")]
    version: int
    author: Person | None
    metadata: dict[str, Any]
    created_at: datetime
    sent_at: datetime | None
