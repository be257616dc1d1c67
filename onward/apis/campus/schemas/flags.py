"""Flags as moderators read them."""

from datetime import datetime
from typing import Annotated

from onward.apis.campus.schemas.messaging import MessageOut
from onward.apis.campus.schemas.people import PersonOut
from onward.apis.campus.schemas.writing import VERDICT, FlaggedOut, FlagOut
from onward.domain.messaging.queries import chats as queries
from onward.platform.wire import From, Many


class FlagRow(FlagOut):
    """A flag as moderators read it. `action` is what was decided, null while it is open.

    Of a message there are also, until then, the five before it, the latest first.
    """

    user_id: int
    user: Annotated[PersonOut, From("user")]
    entry: Annotated[FlaggedOut | None, From("entry")]
    message: Annotated[MessageOut | None, From("about__message")]
    before: Annotated[
        list[MessageOut],
        Many(queries.before_flagged, by="chat_id", to="about__message__chat_id", most=queries.MOST),
    ]
    action: Annotated[str | None, From("verdict", lens=VERDICT)]
    resolved_at: datetime | None
    resolved_by_id: int | None
