"""Who speaks on lines, and under which path."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from onward.apis.campus.live import Chats
from onward.apis.copilot.live import Copilot
from onward.platform.live.mouth import Mouth
from onward.platform.tokens import queries
from onward.web.frame.live import Web

_COPILOT, _CHATS = Copilot(), Chats()
_PATH = "/api/v1/ws/notifications"
MOUTHS: Mapping[str, Mouth] = {
    f"/copilot{_PATH}": _COPILOT,
    **({_PATH: _COPILOT} if settings.V1_API == "copilot" else {}),
    "/campus/api/chats/socket": _CHATS,
    "/api/chats/socket": _CHATS,
    "/app/live": Web(),
}


def sessions_over(session_ids: Sequence[UUID]) -> Sequence[UUID]:
    """Return which of these sessions are over."""
    return queries.over(session_ids, at=timezone.now())
