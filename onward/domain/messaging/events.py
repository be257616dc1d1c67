"""What happens in chats. The owner is who did it; words stand in the messages alone."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class ChatUpdated(Event):
    """Something has changed in a chat. Its number is that of the row of updates.

    :ivar kind: an `UpdateKind`
    :ivar is_private: whether it concerns nobody else who takes part
    :ivar gone_ids: who has taken part until now
    """

    name: ClassVar[str] = "messaging.updated"
    chat_id: int
    kind: str
    message_id: int | None = None
    is_private: bool = False
    gone_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MessageFlagged(Event):
    """Somebody has flagged a message."""

    name: ClassVar[str] = "messaging.flagged"
    message_id: int
