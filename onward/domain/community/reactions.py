"""What counts as progress when something happens."""

from collections.abc import Sequence

from onward.domain.accounts.events import ProfileChanged
from onward.domain.applications.choices import OutcomeStatus
from onward.domain.applications.events import OutcomeChanged, OutcomeRecorded
from onward.domain.community.services import progress
from onward.domain.community.services.progress import Deed
from onward.platform.events import Event


def began(event: Event) -> None:
    """Count the day, and award the beginning."""
    progress.begin(user_id=_person(event), at=event.at)


def acted(event: Event) -> None:
    """Count the day."""
    progress.act(user_id=_person(event), at=event.at)


def applied(event: Event) -> None:
    """Count the day and an application."""
    progress.act(user_id=_person(event), at=event.at, deed=Deed.APPLICATION)


def applied_often(events: Sequence[Event]) -> None:
    """Count the day and as many applications."""
    progress.act(user_id=_person(events[0]), at=events[-1].at, deed=Deed.APPLICATION, times=len(events))


def reflected(event: Event) -> None:
    """Count the day and a reflection."""
    progress.act(user_id=_person(event), at=event.at, deed=Deed.REFLECTION)


def recorded(event: OutcomeRecorded) -> None:
    """Count the day, and an offer where it is one."""
    deed = Deed.OFFER if event.status == OutcomeStatus.OFFER else None
    progress.act(user_id=_person(event), at=event.at, deed=deed)


def became(event: OutcomeChanged) -> None:
    """Count the day and an offer, where an outcome has become one."""
    if event.after == OutcomeStatus.OFFER:
        progress.act(user_id=_person(event), at=event.at, deed=Deed.OFFER)


def followed(event: Event) -> None:
    """Count the day and a follow."""
    progress.act(user_id=_person(event), at=event.at, deed=Deed.FOLLOW)


def joined(event: Event) -> None:
    """Count the day and a group."""
    progress.act(user_id=_person(event), at=event.at, deed=Deed.GROUP)


def posted(event: Event) -> None:
    """Count the day and a post."""
    progress.act(user_id=_person(event), at=event.at, deed=Deed.POST)


def clock_changed(event: ProfileChanged) -> None:
    """Let the streak end by the new clock."""
    if "timezone" in event.fields:
        progress.follow_clock(user_id=_person(event))


def _person(event: Event) -> int:
    assert event.owner_id is not None, f"{event.name} is somebody's deed"
    return event.owner_id
