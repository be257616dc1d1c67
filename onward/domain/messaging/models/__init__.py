from onward.domain.messaging.models.chat import Chat, Participant, Update
from onward.domain.messaging.models.message import Message, MessageFlag, MessageVersion, Reaction

__all__ = ["Chat", "Message", "MessageFlag", "MessageVersion", "Participant", "Reaction", "Update"]
