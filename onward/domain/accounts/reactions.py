"""What accounts do when something happens."""

from typing import Any

from onward.domain.accounts.choices import Notice
from onward.domain.accounts.events import MemberAdded
from onward.platform.events import Event


def newcomer(event: Event) -> dict[str, Any]:
    """Return who is to be welcomed."""
    return {"user_id": event.owner_id}


def invited(event: MemberAdded) -> dict[str, Any] | None:
    """Return who is to be invited; nobody where a password was chosen for them."""
    return {"user_id": event.owner_id} if event.invited else None


def added(event: MemberAdded) -> dict[str, Any] | None:
    """Return who is to verify an address that others gave, and can come in without a mail."""
    return None if event.invited else {"user_id": event.owner_id}


def notice(event: Event) -> dict[str, Any]:
    """Return of what the owner is to be told. A notice is called as the event that it tells of."""
    kind = Notice(event.name.rpartition(".")[2])
    return {"user_id": event.owner_id, "notice": kind.value, "at": event.at.isoformat()}
