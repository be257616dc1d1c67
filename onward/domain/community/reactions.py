"""What counts as progress when something happens."""

from collections.abc import Sequence

from onward.domain.accounts.events import ProfileChanged
from onward.domain.applications.choices import OutcomeStatus
from onward.domain.applications.events import OutcomeChanged, OutcomeRecorded
from onward.domain.community.services import progress
from onward.domain.community.services.progress import Action
from onward.platform.events import Event


def began(event: Event) -> None:
    """Count the day, and award the beginning."""
    progress.record_sign_in(user_id=_person(event), at=event.at)


def acted(event: Event) -> None:
    """Count the day."""
    progress.record_action(user_id=_person(event), at=event.at)


def applied(event: Event) -> None:
    """Count the day and an application."""
    progress.record_action(user_id=_person(event), at=event.at, action=Action.APPLICATION)


def applied_often(events: Sequence[Event]) -> None:
    """Count the day and as many applications."""
    progress.record_action(user_id=_person(events[0]), at=events[-1].at, action=Action.APPLICATION, times=len(events))


def reflected(event: Event) -> None:
    """Count the day and a reflection."""
    progress.record_action(user_id=_person(event), at=event.at, action=Action.REFLECTION)


def recorded(event: OutcomeRecorded) -> None:
    """Count the day, and an offer where it is one."""
    action = Action.OFFER if event.status == OutcomeStatus.OFFER else None
    progress.record_action(user_id=_person(event), at=event.at, action=action)


def became(event: OutcomeChanged) -> None:
    """Count the day and an offer, where an outcome has become one."""
    if event.after == OutcomeStatus.OFFER:
        progress.record_action(user_id=_person(event), at=event.at, action=Action.OFFER)


def followed(event: Event) -> None:
    """Count the day and a follow."""
    progress.record_action(user_id=_person(event), at=event.at, action=Action.FOLLOW)


def joined(event: Event) -> None:
    """Count the day and a group."""
    progress.record_action(user_id=_person(event), at=event.at, action=Action.GROUP)


def posted(event: Event) -> None:
    """Count the day and a post."""
    progress.record_action(user_id=_person(event), at=event.at, action=Action.POST)


def clock_changed(event: ProfileChanged) -> None:
    """Recompute when the streak ends, by the new clock."""
    if "timezone" in event.fields:
        progress.update_time_zone(user_id=_person(event))


def _person(event: Event) -> int:
    assert event.owner_id is not None, f"{event.name} is somebody's action"
    return event.owner_id
